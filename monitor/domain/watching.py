"""What a watch (专题监测) seeks: place + matter + unit, in words the station knows; never a person. Pure.

The text is masked first. Of it only names of places and units from the station's own lists become words, and
the matters of spiders/watch.py; of the field that an officer filled in as the place also what ends like one
(…市场, …路). Telephone numbers, door numbers and personal names cannot pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from monitor.settings import Station
from rules.places_divisions import division, streets_of
from spiders.mask import mask
from spiders.watch import Words, words_of

_BACK = timedelta(days=1)
_KINDS = (
    "小区|花园|家园|公寓|新村|社区|街道|镇|乡|村|市场|商场|广场|公园|大厦|超市|酒店|学校|小学|中学|大学|幼儿园|医院|卫生院"
    "|工业园|园区|工地|工厂|厂|站|桥|隧道|地下通道|路口|大街|大道|路|街|巷|河|水库"
)
_PLACE = re.compile(rf"[\u4e00-\u9fff]{{2,8}}?(?:{_KINDS})")
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Sought:
    """A watch's words. `broad`: no place narrower than the whole district is known."""

    words: Words
    broad: bool = False

    def as_json(self) -> dict[str, Any]:
        """For the store."""
        words = self.words
        parts = {"places": words.places, "matters": words.matters, "units": words.units}
        return {**{name: list(part) for name, part in parts.items()}, "broad": self.broad}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Sought:
        """As stored."""
        parts = (tuple(raw.get(name, ())) for name in ("places", "matters", "units"))
        return cls(Words(*parts), bool(raw.get("broad")))

    def meets(self, text: str, told_at: datetime, started_at: datetime) -> str | None:
        """Why a page belongs to the watch: it names the place (or the unit) and the matter, and is not older
        than a day before; None when it does not. The whole district is no place to go by."""
        words = self.words
        if not words.matters or told_at < started_at - _BACK:
            return None
        where = [word for word in (*(() if self.broad else words.places), *words.units) if word in text]
        what = [word for word in words.matters if word in text]
        return f"专题监测：提到“{where[0]}”和“{what[0]}”" if where and what else None


def sought(
    station: Station, matter: str, *, place: str = "", unit: str = "", hits: Iterable[str] = ()
) -> Sought:
    """The words for a lead or an incident: its text, the fields for place and unit, the rules' hits."""
    text = "\n".join((place, unit, matter))
    found = words_of(text, _places(station, place), _units(station))
    clean = mask(text)
    more = (hit for hit in hits if len(hit) >= _LEAST and hit in clean)
    matters = tuple(dict.fromkeys((*found.matters, *more)))[:3]
    if found.places:
        return Sought(Words(found.places, matters, found.units))
    return Sought(Words((_own_name(station),), matters, found.units), broad=True)


def phrases(watches: Sequence[Sought], turn: int) -> tuple[str, ...]:
    """What a site's search is asked for several watches: one phrase of each by turns, others next time."""
    begin = turn % len(watches) if watches else 0
    rows = [one.words.phrases for one in (*watches[begin:], *watches[:begin])]
    longest = max(map(len, rows), default=0)
    return tuple(dict.fromkeys(row[i] for i in range(longest) for row in rows if i < len(row)))


def _places(station: Station, told: str) -> set[str]:
    ours = station.jurisdiction
    streets = (name for unit in station.units for name in unit.streets)
    added = (one.name for one in ours.added if one.code.startswith(ours.code) and one.code != ours.code)
    below = (one.name for one in streets_of(ours.code))
    named = {*ours.local_names, *streets, *added, *below}
    return {name for name in named if len(name) >= _LEAST} | set(_PLACE.findall(mask(told)))


def _units(station: Station) -> set[str]:
    names = ((unit.name, unit.short, *unit.aliases) for unit in station.units)
    return {name for row in names for name in row if name and len(name) > _LEAST}


def _own_name(station: Station) -> str:
    ours = station.jurisdiction
    added = next((one.name for one in ours.added if one.code == ours.code), None)
    return added or division(ours.code).name
