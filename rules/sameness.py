"""Same happening or not: short texts are gathered on-line into happenings, which join when they prove alike.

An item goes to the happening to which it most likely belongs (rules.joining), or begins a new one; then
happenings that have become alike are joined. Cost and memory depend on what happened within the last days,
not on the archive. Copies are found by rules.twins.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

import numpy as np

from rules.habit import Habit
from rules.happening import GAP, Profile, apart, telling
from rules.joining import OTHER_SITE, Pace, against, features, odds, probability
from rules.pieces import SLOTS, Numbers, each_once, numbers, piece_at, plain
from rules.signposts import Signposts
from rules.twins import Copy, Twins, whole

WINDOW = timedelta(days=30)
MERGE = 0.5  # logarithm of the odds from which two happenings are held to be one
_SHOWN = 24  # the heaviest pieces of a profile, by which it is found again
_TRIED = 7  # candidates that are compared exactly
_RECENT = 4  # happenings told of last, which are tried even where no piece is shared
_QUIET = 200  # happenings at a time up to which that is worth it
_TELLING = 9  # pieces from which a text says something: four characters
_KEPT = 20_000  # happenings remembered at the most; the longest silent go first


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
    """The happenings of one stream. `window`: within what time a copy is recognised; `usual`: names
    that everybody here says (the district's own) and that join nothing."""

    def __init__(
        self, window: timedelta = WINDOW, usual: Iterable[str] = (), twins: Twins | None = None
    ) -> None:
        self._habit, self._signposts = Habit(usual), Signposts()
        self._twins = twins or Twins(window)
        self._profiles: OrderedDict[str, Profile] = OrderedDict()
        self._names: list[str | None] = [""]  # by slot; slot 0 is nobody's
        self._free: list[int] = []
        self._room, self._pace = np.zeros(SLOTS, np.float32), Pace()
        self._into: dict[str, str] = {}
        self._fixed: set[str] = set()
        self._alike: dict[tuple[str, str], float] = {}

    def add(self, item: Item) -> Placement:
        """Place one item; it is remembered for those that follow."""
        profile, twin = self._profile(item), self._twin(item)
        if twin is not None and twin.score < 1.0 and self._elsewhere(profile, twin):
            twin = None
        if twin is not None and (home := self.home(twin.incident)) in self._profiles:
            self._feed(home, profile)
            self._twins.place(item.id, home)
            return Placement(home, twin.id, twin.score, f"与信息{twin.id}内容相同或几乎相同")
        known, score = self._best(profile)
        why = "首次出现" if known is None else self._why(item, self._profiles[known], score)
        home = known or item.id
        if self._feed(home, profile):
            home = self._settle(home)
        self._twins.place(item.id, home)
        return Placement(home, twin.id if twin else None, score, why)

    def assign(self, item: Item, incident: str) -> None:
        """Remember an item in a happening that somebody else decided on (a restart, a person's hand)."""
        self._twin(item)
        self._twins.place(item.id, incident)
        self._fixed.add(incident)
        self._feed(incident, self._profile(item))

    def fix(self, incident: str) -> None:
        """This happening is in somebody's books from now on: it keeps its name when others join it."""
        self._fixed.add(self.home(incident))

    def join(self, gone: str, keep: str) -> None:
        """Somebody decided that one is the other."""
        gone, keep = self.home(gone), self.home(keep)
        if gone != keep:
            self._fixed.discard(gone)
            leaving = self._profiles.get(gone)
            self._into[gone] = keep
            if leaving is not None:
                self._hide(gone)
                self._feed(keep, leaving)

    def alike(self) -> dict[tuple[str, str], float]:
        """Pairs of happenings in the books that look like one, and how like; each time only the new ones."""
        found, self._alike = self._alike, {}
        return found

    def home(self, incident: str) -> str:
        """The happening that this one has been joined to by now."""
        while incident in self._into:
            incident = self._into[incident]
        return incident

    def _profile(self, item: Item) -> Profile:
        words, at = telling(item.title, item.text), _seconds(item.at)
        pieces = each_once(numbers(plain(words)))
        return Profile.of(words, pieces, self._habit.said(pieces, at), at)

    def _twin(self, item: Item) -> Copy | None:
        return self._twins.find(item.id, whole(item.title, item.text), _seconds(item.at))

    def _elsewhere(self, profile: Profile, twin: Copy) -> bool:
        """Whether what looks like an edited copy tells the like of another place."""
        home = self._profiles.get(self.home(twin.incident))
        return home is not None and against(profile, home) > OTHER_SITE

    def _best(self, profile: Profile, above: float = 0.0) -> tuple[str | None, float]:
        """The happening this profile most likely belongs to, itself excepted, if any, and how likely."""
        names = self._candidates(profile)
        if not names:
            return None, 0.0
        others = [self._profiles[name] for name in names]
        found = odds(features(profile, others, self._pace(profile.last), self._room)).tolist()
        best, name = above, None
        for logit, its_name, other in sorted(zip(found, names, others, strict=True), reverse=True):
            if logit <= best:
                break
            if (left := logit - against(profile, other)) > best:
                best, name = left, its_name
        return (name, probability(best)) if name is not None else (None, 0.0)

    def _candidates(self, profile: Profile) -> list[str]:
        """Happenings that share pieces with this one, and in a quiet stream those told of last."""
        slots = self._signposts.followed(_heaviest(profile, 2 * _SHOWN), _TRIED + 1)
        named = (self._names[slot] for slot in slots if slot != profile.slot)
        names = dict.fromkeys(name for name in named if name is not None)
        if len(self._profiles) <= _QUIET and len(profile.pieces) >= _TELLING:
            recent = islice(reversed(self._profiles.items()), _RECENT + 1)
            names |= dict.fromkeys(name for name, other in recent if other is not profile)
        return [name for name in names if apart(profile, self._profiles[name]) <= GAP]

    def _feed(self, name: str, profile: Profile) -> bool:
        """Let a profile join a happening, or begin it; it spoke last. Whether a known one has changed."""
        known = self._profiles.pop(name, None)
        self._profiles[name] = known or profile
        if known is None:
            profile.slot = self._slot(name)
            self._pace.begin(profile.last)
            changed = True
        else:
            changed = known.take(profile, self._habit.weights)
        if changed:
            shown = self._profiles[name]
            self._signposts.put(_heaviest(shown, _SHOWN), shown.slot)
        self._expire(profile.last)
        return changed and known is not None

    def _slot(self, name: str) -> int:
        if self._free:
            slot = self._free.pop()
            self._names[slot] = name
            return slot
        self._names.append(name)
        return len(self._names) - 1

    def _hide(self, name: str) -> None:
        gone = self._profiles.pop(name)
        self._names[gone.slot] = None
        self._free.append(gone.slot)

    def _settle(self, name: str) -> str:
        """Join what has become alike. Two happenings that somebody fixed are left to people (`alike`)."""
        while True:
            other, score = self._best(self._profiles[name], MERGE)
            if other is None:
                return name
            if {name, other} <= self._fixed:
                self._alike[min(name, other), max(name, other)] = score
                return name
            keep, gone = sorted((name, other), key=self._standing, reverse=True)
            self.join(gone, keep)
            name = keep

    def _standing(self, name: str) -> tuple[bool, int]:
        """Which name lasts when two happenings join: the one in somebody's books, else the larger."""
        return name in self._fixed, self._profiles[name].n

    def _expire(self, now: float) -> None:
        while self._profiles:
            name, oldest = next(iter(self._profiles.items()))
            silent = oldest.last and now - oldest.last > GAP
            if not silent and len(self._profiles) <= _KEPT:
                return
            self._hide(name)

    def _why(self, item: Item, known: Profile, score: float) -> str:
        """How likely, and the heaviest pieces that this text shares with a happening, in words."""
        words = plain(telling(item.title, item.text))
        self._room[known.pieces] = known.vector
        shared = self._room.take(numbers(words))
        self._room[known.pieces] = 0
        shared[: len(words)] = 0
        heaviest = [int(i) for i in np.argsort(-shared, kind="stable")[:8] if shared[i] > 0]
        told = [*dict.fromkeys(piece_at(words, i) for i in heaviest)][:4]
        reason = f"共有“{'”“'.join(told)}”" if told else "时间紧接，近期别无更像的事件"
        return f"与该事件属同一事的可能为{score:.0%}，{reason}"


def _seconds(at: datetime | None) -> float:
    return at.timestamp() if at else 0.0


def _heaviest(profile: Profile, count: int) -> Numbers:
    if len(profile.pieces) <= count:
        return profile.pieces
    return profile.pieces[np.argpartition(profile.vector, -count)[-count:]]


def settle(items: Iterable[Item], window: timedelta = WINDOW) -> dict[str, Placement]:
    """Group a finished collection: the settled happening of each item, by id."""
    gatherer = Gatherer(window)
    placed = {item.id: gatherer.add(item) for item in items}
    return {
        ident: Placement(gatherer.home(p.incident), p.duplicate_of, p.score, p.why)
        for ident, p in placed.items()
    }
