"""Same happening or not: short texts are gathered on-line into happenings, which join when they prove alike.

An item goes to the happening whose profile (rules.happening) is most like it, or begins a new one; then
happenings that have become alike are joined. Cost and memory depend on what happened within the last days,
not on the archive. Copies are found by rules.twins.
"""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nlargest
from math import log2

from rules.habit import Habit
from rules.happening import GAP, Profile, likeness, telling
from rules.twins import Twins

JOIN = 0.09  # likeness from which an item belongs to a happening, or two happenings are one
_FEW = 20  # happenings at a time, up to which that holds; the more goes on, the more it takes
_STEP = 0.025  # for each doubling
_SHOWN = 24  # the heaviest pieces of a profile, by which it is found again
_TRIED = 12  # candidates that are compared exactly
_KEPT = 20_000  # happenings remembered at the most; the longest silent go first
_CROWD = 400  # a piece in more happenings than this leads to none


@dataclass(frozen=True, slots=True)
class Item:
    """One text to be placed. `places` are names of places found in it, most particular first."""

    id: str
    title: str
    text: str = ""
    at: datetime | None = None
    media: str | None = None
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an item belongs: the happening (named after its first item), what it copies, how sure, why."""

    incident: str
    duplicate_of: str | None
    score: float
    why: str


class Gatherer:
    """The happenings of one stream. `window`: within what time a copy is recognised."""

    def __init__(self, window: timedelta = timedelta(days=30)) -> None:
        self._habit, self._twins = Habit(), Twins(window)
        self._profiles: OrderedDict[str, Profile] = OrderedDict()
        self._shown: dict[str, tuple[str, ...]] = {}
        self._leads: dict[str, list[str]] = defaultdict(list)
        self._into: dict[str, str] = {}
        self._fixed: set[str] = set()

    def add(self, item: Item) -> Placement:
        """Place one item; it is remembered for those that follow."""
        profile = self._profile(item)
        twin = self._twins.find(item.id, item.title, item.text, item.at)
        if twin is not None and (home := self.home(twin.incident)) in self._profiles:
            self._feed(home, profile)
            self._twins.place(item.id, home)
            return Placement(home, twin.id, twin.score, f"与信息{twin.id}内容相同或几乎相同")
        best, score = self._best(profile)
        home = best if best is not None and score >= self._needed() else item.id
        before = self._profiles.get(home)
        why = _why(profile, before, score) if before else "首次出现"
        self._feed(home, profile)
        home = self._settle(home)
        self._twins.place(item.id, home)
        return Placement(home, twin.id if twin else None, score if before else 0.0, why)

    def assign(self, item: Item, incident: str) -> None:
        """Remember an item in a happening that somebody else decided on (a restart, a person's hand)."""
        profile = self._profile(item)
        self._twins.find(item.id, item.title, item.text, item.at)
        self._twins.place(item.id, incident)
        self._fixed.add(incident)
        self._feed(incident, profile)

    def home(self, incident: str) -> str:
        """The happening that this one has been joined to by now."""
        while incident in self._into:
            incident = self._into[incident]
        return incident

    def _profile(self, item: Item) -> Profile:
        profile = Profile.of(telling(item.title, item.text), item.at)
        self._habit.note(profile.pieces, item.at)
        profile.weigh(self._habit.weight)
        return profile

    def _best(self, profile: Profile, but: str | None = None) -> tuple[str | None, float]:
        votes: Counter[str] = Counter()
        for piece in _heaviest(profile, 2 * _SHOWN):
            led = self._leads.get(piece, ())
            if len(led) <= _CROWD:
                for other in led:
                    votes[other] += 1
        votes.pop(but or "", None)
        scored = ((likeness(profile, self._profiles[name]), name) for name, _ in votes.most_common(_TRIED))
        score, name = max(scored, default=(0.0, None), key=lambda pair: pair[0])
        return name, score

    def _feed(self, name: str, profile: Profile) -> None:
        """Let a profile join a happening, or begin it; it is then the one that spoke last."""
        known = self._profiles.pop(name, None)
        if known is None:
            self._profiles[name] = profile
            self._lead(name, profile)
        else:
            self._profiles[name] = known
            before = known.vector
            known.take(profile, self._habit.weight)
            if known.vector is not before:
                self._lead(name, known)
        self._expire(profile.last)

    def _lead(self, name: str, profile: Profile) -> None:
        """Make a happening be found by its heaviest pieces."""
        self._unlead(name)
        self._shown[name] = shown = tuple(_heaviest(profile, _SHOWN))
        for piece in shown:
            self._leads[piece].append(name)

    def _hide(self, name: str) -> None:
        self._profiles.pop(name, None)
        self._unlead(name)

    def _unlead(self, name: str) -> None:
        for piece in self._shown.pop(name, ()):
            led = self._leads[piece]
            led.remove(name)
            if not led:
                del self._leads[piece]

    def _settle(self, name: str) -> str:
        """Join what has become alike. Two happenings that somebody fixed are left to people."""
        while True:
            other, score = self._best(self._profiles[name], but=name)
            if other is None or score < self._needed() or {name, other} <= self._fixed:
                return name
            keep, gone = sorted((name, other), key=self._standing, reverse=True)
            leaving = self._profiles[gone]
            self._hide(gone)
            self._into[gone] = keep
            self._feed(keep, leaving)
            name = keep

    def _needed(self) -> float:
        return JOIN + _STEP * max(0.0, log2(len(self._profiles) / _FEW)) if self._profiles else JOIN

    def _standing(self, name: str) -> tuple[bool, int]:
        """Which name lasts when two happenings join: the one in somebody's books, else the larger."""
        return name in self._fixed, self._profiles[name].n

    def _expire(self, now: datetime | None) -> None:
        while self._profiles:
            name, oldest = next(iter(self._profiles.items()))
            silent = now is not None and oldest.last is not None and now - oldest.last > GAP
            if not silent and len(self._profiles) <= _KEPT:
                return
            self._hide(name)


def _heaviest(profile: Profile, count: int) -> list[str]:
    return nlargest(count, profile.vector, key=profile.vector.__getitem__)


def _why(new: Profile, old: Profile, score: float) -> str:
    shared = [g for g in new.vector if g in old.vector and len(g) > 1]
    shared.sort(key=lambda g: new.vector[g] * old.vector[g], reverse=True)
    return f"与该事件已有信息相似度{score:.2f}，共有“{'”“'.join(shared[:4])}”"


def settle(items: Iterable[Item], window: timedelta = timedelta(days=30)) -> dict[str, Placement]:
    """Group a finished collection: the settled happening of each item, by id."""
    gatherer = Gatherer(window)
    placed = {item.id: gatherer.add(item) for item in items}
    return {
        ident: Placement(gatherer.home(p.incident), p.duplicate_of, p.score, p.why)
        for ident, p in placed.items()
    }
