"""What only shows when all files are read: names that must exist elsewhere, and ids that occur twice."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import timedelta

from monitor.errors import Located
from monitor.settings.nodes import Tree
from monitor.settings.roster import Shift
from monitor.settings.station import Station

ROLES = frozenset({"officer", "deputy", "leader", "in-charge", "administrator"})
_Path = tuple[str | int, ...]
_Use = tuple[str, _Path, str]


def check_references(station: Station, trees: Mapping[str, Tree]) -> Iterator[Located]:
    """Every reference that leads nowhere, every id given twice, every escalation out of order."""
    yield from _twice(trees["units.yaml"], "units", [unit.id for unit in station.units])
    yield from _twice(trees["sources.yaml"], "sources", [source.id for source in station.sources])
    yield from _twice(trees["roster.yaml"], "people", [person.id for person in station.roster.people])
    people = {person.id for person in station.roster.people}
    yield from _dangling(trees, _people_named(station), people, "roster.yaml 的 people 中没有人员")
    yield from _dangling(trees, _steps_named(station), people | ROLES, "没有此人员或角色")
    yield from _dangling(trees, _units_named(station), {u.id for u in station.units}, "units.yaml 中没有单位")
    yield from _dangling(
        trees, _channels_named(station), set(station.channels), "station.yaml 的 channels 中没有渠道"
    )
    yield from _disorder(station, trees["roster.yaml"])


def _twice(tree: Tree, key: str, idents: list[str]) -> Iterator[Located]:
    seen: dict[str, int] = {}
    for i, ident in enumerate(idents):
        if ident in seen:
            first = tree.line((key, seen[ident], "id"))
            yield tree.fault((key, i, "id"), f"编号“{ident}”已在第 {first} 行用过，编号不得重复")
        seen.setdefault(ident, i)


def _dangling(
    trees: Mapping[str, Tree], uses: Iterable[_Use], known: Collection[str], message: str
) -> Iterator[Located]:
    for file, path, name in uses:
        if name not in known:
            close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
            hint = f"，是否为“{close[0]}”" if close else ""
            yield trees[file].fault(path, f"{message}“{name}”{hint}")


def _people_named(station: Station) -> Iterator[_Use]:
    for i, leader in enumerate(station.leaders):
        yield "station.yaml", ("leaders", i, "person"), leader.person
    for key, names in (("signers", station.papers.signers),):
        yield from (("station.yaml", ("papers", key, i), name) for i, name in enumerate(names))
    yield from (
        ("station.yaml", ("bulletins", "readers", i), n) for i, n in enumerate(station.bulletins.readers)
    )
    yield from (("station.yaml", ("superior", i), name) for i, name in enumerate(station.superior))
    if station.administrator:
        yield "station.yaml", ("administrator",), station.administrator
    yield from _people_on_duty(station)


def _people_on_duty(station: Station) -> Iterator[_Use]:
    for i, shift in enumerate(station.roster.shifts):
        yield from _people_of_shift(i, shift)
    for i, leave in enumerate(station.roster.leave):
        for key in ("person", "instead"):
            if name := getattr(leave, key):
                yield "roster.yaml", ("leave", i, key), name
    for i, exchange in enumerate(station.roster.exchanges):
        for key in ("officer", "deputy", "leader"):
            if name := getattr(exchange, key):
                yield "roster.yaml", ("exchanges", i, key), name


def _people_of_shift(i: int, shift: Shift) -> Iterator[_Use]:
    for key in ("officers", "deputies", "leaders"):
        for j, name in enumerate(getattr(shift, key)):
            yield "roster.yaml", ("shifts", i, key, j), name


def _steps_named(station: Station) -> Iterator[_Use]:
    for level, steps in station.roster.escalation.items():
        for i, step in enumerate(steps):
            for j, name in enumerate(step.who):
                yield "roster.yaml", ("escalation", str(level), i, "who", j), name


def _units_named(station: Station) -> Iterator[_Use]:
    yield from (("station.yaml", ("papers", "members", i), n) for i, n in enumerate(station.papers.members))
    for i, leader in enumerate(station.leaders):
        for j, name in enumerate(leader.units):
            yield "station.yaml", ("leaders", i, "units", j), name


def _channels_named(station: Station) -> Iterator[_Use]:
    for level, steps in station.roster.escalation.items():
        for i, step in enumerate(steps):
            for j, name in enumerate(step.channels):
                yield "roster.yaml", ("escalation", str(level), i, "channels", j), name
    for i, person in enumerate(station.roster.people):
        for name in person.contacts:
            yield "roster.yaml", ("people", i, "contacts", name), name
    for i, unit in enumerate(station.units):
        for j, contact in enumerate(unit.contacts):
            for name in contact.contacts:
                yield "units.yaml", ("units", i, "contacts", j, "contacts", name), name


def _disorder(station: Station, tree: Tree) -> Iterator[Located]:
    for level, steps in station.roster.escalation.items():
        before = timedelta(0)
        for i, step in enumerate(steps):
            if step.after < before:
                yield tree.fault(("escalation", str(level), i, "after"), "时间早于上一步，各步应按先后排列")
            before = step.after
