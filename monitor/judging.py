"""The judge of a station: the shipped rules and its own, its place, its units. Needs no database."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from monitor import settings
from monitor.errors import ConfigError, Located
from monitor.settings import Station
from rules.errors import PackError
from rules.judge import Judge
from rules.pack import pack_files
from rules.place import PlaceJudge
from rules.places_divisions import Division, UnknownRegion, extend
from rules.routing import Unit, default_units


def judge_of(station: Station, rules: Path | None = None, names: Sequence[str] = ()) -> Judge:
    """Build it; `rules` is the folder of the station's own packs, `names` more local names.

    Raises ConfigError with every fault located.
    """
    own = rules if rules is not None and rules.is_dir() else None
    try:
        return Judge.load(station_rules=own, place=place_of(station, names), units=units_of(station))
    except PackError as error:
        raise ConfigError([_located(fault) for fault in error.faults]) from error


def place_of(station: Station, names: Sequence[str] = ()) -> PlaceJudge:
    """The judge of our place. Raises ConfigError naming the nearest division."""
    ours = station.jurisdiction
    extend(Division(added.code, added.name) for added in ours.added)
    try:
        return PlaceJudge.for_region(
            ours.code,
            aliases=ours.aliases,
            local_names=(*ours.local_names, *names),
            local_media=ours.local_media,
            negative=ours.not_ours,
        )
    except UnknownRegion as error:
        raise ConfigError([Located("station.yaml", None, f"jurisdiction.code：{error}")]) from error


def units_of(station: Station) -> dict[str, Unit] | None:
    """The station's units as the rules look them up: by their own id and the id of the shipped one they are.

    A unit is the shipped one whose name or alias its own name ends with (区教育局 is 教育局). None: no table.
    """
    if not station.units:
        return None
    own = [_unit(unit) for unit in station.units]
    table = {unit.id: unit for unit in own}
    # 属地街道 is whichever street the place says, never one unit
    for shipped in (unit for unit in default_units().values() if unit.id != "jiedao"):
        match = next((unit for unit in own if _is(unit, shipped)), None)
        if match is not None:
            table.setdefault(shipped.id, match)
    return table


def _unit(unit: settings.Unit) -> Unit:
    aliases = (unit.short, *unit.aliases) if unit.short else unit.aliases
    return Unit(unit.id, unit.name, aliases, _kind(unit.kind), unit.vertical, unit.streets)


def _is(unit: Unit, shipped: Unit) -> bool:
    names = (shipped.name.split("（")[0], *shipped.aliases)
    return any(own.endswith(name) for own in (unit.name, *unit.aliases) for name in names)


def _kind(kind: str) -> str:
    return {"discipline": "party", "media": "other"}.get(kind, kind)


def _located(fault: object) -> Located:
    file, line = Path(str(getattr(fault, "file", ""))), getattr(fault, "line", None)
    shipped = file in pack_files()
    return Located(
        str(file) if shipped else f"rules/{file.name}", line, str(getattr(fault, "message", fault))
    )
