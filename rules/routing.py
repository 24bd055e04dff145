"""Who answers: one unit in the lead, others assisting, by topic, explicit mention and street.

A report of wrongdoing goes to 纪委监委 or 信访局 only (DOMAIN.md §9.3 topic 19): it is handed over, never
routed to the unit or person it accuses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rules import yamlnodes as yn
from rules.errors import Fault, PackError
from rules.pack import Units
from rules.verdict import UnitRef

DEFAULT = Path(__file__).with_name("units.yaml")
KINDS = ("party", "government", "vertical", "street", "enterprise", "other")
_KEYS = (
    "id", "name", "short", "aliases", "kind", "vertical", "leader", "contacts", "since", "until", "places",
    "phone", "email", "channels",
)  # fmt: skip
MOST_ASSISTING = 4
TRANSFER = ("jiwei", "xinfang")


@dataclass(frozen=True, slots=True)
class Unit:
    """A responsible unit as the rules see it. `places`: names that make it the street concerned."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str = "government"
    vertical: bool = False
    places: tuple[str, ...] = ()


UnitTable = Mapping[str, Unit]


def load_units(path: Path = DEFAULT) -> dict[str, Unit]:
    """The unit table of a file. Raises PackError with located faults."""
    try:
        root = yn.compose(path)
        units = [_unit(node) for node in yn.sequence(root.require("units"))]
    except yn.ShapeError as error:
        raise PackError([Fault(str(path), error.line, error.message)]) from error
    return {unit.id: unit for unit in units}


@lru_cache(maxsize=1)
def default_units() -> dict[str, Unit]:
    """The shipped table (DOMAIN.md §9.2)."""
    return load_units(DEFAULT)


def unit_names(units: UnitTable) -> list[str]:
    """Every name by which a text may call a unit."""
    return list(dict.fromkeys(name for unit in units.values() for name in (unit.name, *unit.aliases)))


def _unit(node: yn.Node) -> Unit:
    body = yn.mapping(node)
    body.check_keys(_KEYS)
    aliases, places, kind = body.get("aliases"), body.get("places"), body.get("kind")
    found_kind = yn.scalar(kind) if kind else "government"
    if found_kind not in KINDS:
        raise yn.ShapeError(node.line, f"单位类型“{found_kind}”不认识；可用的有：{'、'.join(KINDS)}")
    return Unit(
        yn.scalar(body.require("id")),
        yn.scalar(body.require("name")),
        tuple(yn.strings(aliases)) if aliases else (),
        found_kind,
        yn.boolean(body.get("vertical")),
        tuple(yn.strings(places)) if places else (),
    )


def route(
    units: UnitTable,
    wanted: Sequence[Units],
    *,
    mentioned: Iterable[str] = (),
    places: Sequence[str] = (),
    restricted: bool = False,
) -> tuple[tuple[UnitRef, ...], tuple[str, ...]]:
    """Units and the reasons. `wanted`: the units of the rules that matched, the weightiest topic's first.

    `mentioned`: ids of units that the text names; `places`: our places found in it.
    """
    if restricted:
        return _transfer(units)
    lead = next((u.lead for u in wanted if u.lead and u.lead in units), None)
    if lead is None:
        return (), ()
    assisting = [i for u in wanted for i in (*u.assist, *((u.lead,) if u.lead else ()))]
    named = [i for i in mentioned if i in units and units[i] is not units[lead]]
    # a station's unit may stand under its own id and under that of the shipped one it is
    chosen = {units[i].id: units[i] for i in (*named, *assisting) if i in units and i != "jiedao"}
    chosen.pop(units[lead].id, None)
    refs = [_ref(units[lead], "lead"), *(_ref(u, "assist") for u in list(chosen.values())[:MOST_ASSISTING])]
    street = _street(units, places)
    if street is not None and street.id != lead:
        refs.append(UnitRef(street.id, street.name, "street", street.vertical))
    why = [f"牵头单位：{units[lead].name}（按主题）"]
    why += [f"{units[i].name}：文中点名" for i in named[:MOST_ASSISTING]]
    return tuple(refs), tuple(why)


def _ref(unit: Unit, role: str) -> UnitRef:
    return UnitRef(unit.id, unit.name, "lead" if role == "lead" else "assist", unit.vertical)


def _transfer(units: UnitTable) -> tuple[tuple[UnitRef, ...], tuple[str, ...]]:
    refs = tuple(UnitRef(i, units[i].name, "transfer", units[i].vertical) for i in TRANSFER if i in units)
    return refs, ("反映干部作风或违纪违法问题：只作线索移交，不转被反映的单位和个人",)


def _street(units: UnitTable, places: Sequence[str]) -> Unit | None:
    """The street whose name, or a place of whose, the text mentions."""
    if not places:
        return None
    for unit in units.values():
        names = (unit.name, unit.name.removesuffix("办事处"), *unit.places)
        if unit.kind == "street" and unit.id != "jiedao" and any(p in names for p in places):
            return unit
    return None
