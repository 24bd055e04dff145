"""The words of a watch (专题监测): place, matter and unit of a lead or an incident, never a person. Pure.

Out of a text come the names of places and units the caller knows (the station's own names and units) and the
matters that a duty desk searches for. Personal names, telephone numbers and door numbers never become a
search: the text is masked first, and only words from the caller's lists or the matters below are taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import resources

import yaml

from spiders.mask import mask

MOST_PHRASES = 4
_STEPS = (
    (timedelta(hours=1), timedelta(minutes=5)),
    (timedelta(hours=6), timedelta(minutes=15)),
    (timedelta(days=1), timedelta(minutes=30)),
    (timedelta(days=3), timedelta(hours=2)),
)
_LATER = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Words:
    """What a watch looks for; `phrases` are what a site's search is asked, the likeliest first."""

    places: tuple[str, ...]
    matters: tuple[str, ...]
    units: tuple[str, ...]

    @property
    def phrases(self) -> tuple[str, ...]:
        """Place and matter, then unit and matter, then place and unit; nothing wider."""
        pairs = [(place, matter) for place in self.places for matter in self.matters]
        pairs += [(unit, matter) for unit in self.units for matter in self.matters]
        pairs += [(place, unit) for place in self.places for unit in self.units]
        return tuple(dict.fromkeys(" ".join(pair) for pair in pairs))[:MOST_PHRASES]

    def found_in(self, text: str) -> bool:
        """Does a page speak of it: a place or unit, and a matter?"""
        where = any(word in text for word in (*self.places, *self.units))
        return where and (not self.matters or any(word in text for word in self.matters))


@cache
def matters() -> tuple[str, ...]:
    """The shipped matters, longest first."""
    raw = yaml.safe_load(resources.files("spiders").joinpath("matters.yaml").read_text("utf-8"))
    return tuple(sorted((word for group in raw.values() for word in group), key=len, reverse=True))


def words_of(text: str, places: Iterable[str], units: Iterable[str]) -> Words:
    """The words of a watch for this text, from the names the station knows."""
    clean = mask(text)
    return Words(
        places=_present(clean, places, 3),
        matters=_present(clean, matters(), 3),
        units=_present(clean, units, 2),
    )


def _present(text: str, names: Iterable[str], most: int) -> tuple[str, ...]:
    """The longest names that occur, none inside another, in the order of the text."""
    taken: list[tuple[int, str]] = []
    for name in sorted(filter(None, set(names)), key=lambda one: (-len(one), one)):
        at = text.find(name)
        if at >= 0 and not any(name in other for _, other in taken):
            taken.append((at, name))
    return tuple(name for _, name in sorted(taken)[:most])


def next_round(started: datetime, now: datetime, ended: bool) -> datetime | None:
    """When a watch looks again: every five minutes in its first hour, then ever slower; None when the
    incident has ended."""
    if ended:
        return None
    age = now - started
    return now + next((pace for until, pace in _STEPS if age < until), _LATER)


def search_ids(sources: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Of (id, kind) pairs, the sources a watch can ask: site searches first, then whole lists to sift."""
    order = {"search": 0, "hotlist": 1, "feed": 2, "listing": 2, "forum": 2, "api": 2}
    able = [(order[kind], name) for name, kind in sources if kind in order]
    return tuple(name for _, name in sorted(able))
