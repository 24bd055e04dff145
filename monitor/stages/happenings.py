"""The gatherer's memory, made from the archive: a restart loses nothing, people's hands count.

The gatherer groups texts in memory and names each group after its first text. Groups that are an incident
already are named `#<incident>`; a group that becomes one later is remembered here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Connection

from monitor.settings import Station
from monitor.store import documents, incidents
from monitor.store.types import AnyRow
from rules.places_divisions import Division, canonical, division, extend, parents
from rules.sameness import Gatherer, Item, Placement


class Gathering(Protocol):
    """What is needed of `rules.sameness.Gatherer`."""

    def add(self, item: Item) -> Placement: ...
    def assign(self, item: Item, incident: str) -> None: ...
    def home(self, incident: str) -> str: ...
    def fix(self, incident: str) -> None: ...
    def join(self, gone: str, keep: str) -> None: ...
    def alike(self) -> dict[tuple[str, str], float]: ...


class Happenings:
    """Places texts; holds no truth of its own: `forget` it and it is made again from the archive."""

    def __init__(self, make: Callable[[], Gathering], window: timedelta) -> None:
        self._make, self._window = make, window
        self._gatherer: Gathering | None = None
        self._incident_of: dict[str, int] = {}
        self._hands = (0, 0)
        self.uncounted: set[int] = set()  # incidents whose figures wait for a calmer moment

    @classmethod
    def of(cls, station: Station) -> Happenings:
        """Of a station: what everybody there says is the names of its district and what holds it."""
        window, place = station.gathering.window, station.jurisdiction
        extend(Division(added.code, added.name) for added in place.added)
        names = usual_names(place.code, place.aliases)
        return cls(lambda: Gatherer(window, names), window)

    def prepare(self, conn: Connection, now: datetime) -> None:
        """Remember the archive's window, if this is the start or a person has separated or merged since."""
        hands = incidents.hands(conn)
        if self._gatherer is not None and hands == self._hands:
            return
        self._gatherer, self._incident_of, self._hands = self._make(), {}, hands
        for row in documents.within(conn, now - self._window):
            self._remember(row)

    def place(self, row: AnyRow) -> Placement:
        """Where this document belongs, among all remembered ones; it is remembered from now on."""
        assert self._gatherer is not None, "prepare first"
        return self._gatherer.add(item(row, row.v_body))

    def belongs(self, row: AnyRow, incident_id: int) -> None:
        """This document was put into that incident by another hand: a watch, a lead."""
        assert self._gatherer is not None, "prepare first"
        self._gatherer.assign(item(row, row.v_body), self._gatherer.home(self._name(incident_id)))

    def incident(self, placement: Placement) -> int | None:
        """The incident that group is, if it is one."""
        assert self._gatherer is not None, "prepare first"
        return self._number(self._gatherer.home(placement.incident))

    def is_now(self, placement: Placement, incident_id: int) -> None:
        """That group has become an incident."""
        assert self._gatherer is not None, "prepare first"
        name = self._gatherer.home(placement.incident)
        self._gatherer.fix(name)
        if not name.startswith("#"):
            self._incident_of[name] = incident_id

    def alike(self) -> list[tuple[int, int, float]]:
        """Pairs of incidents that have come to look like one: the elder, the younger, how like."""
        assert self._gatherer is not None, "prepare first"
        numbered = (
            (self._number(one), self._number(other), score)
            for (one, other), score in self._gatherer.alike().items()
        )
        return [(min(a, b), max(a, b), score) for a, b, score in numbered if a and b and a != b]

    def joined(self, conn: Connection, gone: int, keep: int) -> None:
        """Rules have merged two incidents; the memory follows and need not be made again."""
        assert self._gatherer is not None, "prepare first"
        one, other = self._name(gone), self._name(keep)
        self._gatherer.join(one, other)
        self._incident_of[one] = keep
        self._hands = incidents.hands(conn)

    def _number(self, name: str) -> int | None:
        return int(name[1:]) if name.startswith("#") else self._incident_of.get(name)

    def _name(self, incident_id: int) -> str:
        """The group of an incident."""
        named = (name for name, number in self._incident_of.items() if number == incident_id)
        return next(named, f"#{incident_id}")

    def forget(self) -> None:
        """The transaction failed: what was placed in it is not in the archive."""
        self._gatherer = None

    def _remember(self, row: AnyRow) -> None:
        assert self._gatherer is not None
        if row.incident_id is not None:
            self._gatherer.assign(item(row, row.body), f"#{row.incident_id}")
        elif row.in_place != "no":
            self._gatherer.add(item(row, row.body))


def item(row: AnyRow, verdict: dict[str, Any]) -> Item:
    """A document as the gatherer sees it."""
    when = row.published_at or row.fetched_at
    return Item(str(row.id), row.title, row.text, when, row.media, tuple(verdict.get("places", ())))


def usual_names(code: str, aliases: Sequence[str] = ()) -> tuple[str, ...]:
    """Names that tell no happening of a division from another: its own and those of what holds it."""
    code = canonical(code)
    held = (division(code), *parents(code))
    return (*(name for place in held for name in (place.name, place.short)), *aliases)
