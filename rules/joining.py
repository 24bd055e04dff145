"""The odds that a text belongs to a happening: what is shared, how lately it was told of, how much goes on.

A logistic score. Likeness alone does not do: a big happening is told in headlines that share hardly a word.
In a quiet district, what comes an hour after a fire mostly is of the fire; in a national stream it is not.
The weights were learned by tests/quality/learn_gather.py; see lexicons/PROVENANCE.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from rules.habit import Weights
from rules.happening import Profile, apart, conflicts, faded

FEATURES = ("told", "busy", "pause", "like", "cosine", "rare", "large", "theme", "other theme")
WEIGHTS = np.array([1.26, -0.89, -0.48, 4.3, 2.54, 2.37, -0.6, 2.65, -1.84], np.float32)
INTERCEPT = -3.25
OTHER_PLACE, OTHER_HOUSE, OTHER_SITE = 8.0, 2.5, 1.0  # taken off for conflicts of names; set by hand

_MOST_TOLD = 12.0  # texts; a storm of reposts must not draw everything to itself
_HOUR, _DAY = 3600.0, 86_400.0
_FORTNIGHT = 14.0  # days over which the pace of new happenings is reckoned
_FIRST = 3.0  # happenings and days taken for granted at the start
_CALM = 5.0  # happenings that begin within an hour and are no rush yet
_FASTEST = 30.0  # a day; nothing was learned of a faster pace, and in any rush what is alike is one
_RAREST = 30.0
_LITTLE = 1e-4
_TINY = np.float32(1e-9)


class Pace:
    """New happenings a day, of late; in a rush, of this very hour."""

    def __init__(self) -> None:
        self._begun, self._rush, self._last, self._since = 0.0, 0.0, 0.0, 0.0

    def begin(self, at: float) -> None:
        """A happening has begun, at that time in seconds (0: unknown)."""
        self._since = self._since or at
        self._begun, self._rush = self._faded(at)
        self._begun, self._rush, self._last = self._begun + 1, self._rush + 1, max(self._last, at)

    def __call__(self, at: float) -> float:
        """How many a day at that time."""
        days = min(max(at - self._since, 0.0) / _DAY + _FIRST, _FORTNIGHT) if self._since else _FIRST
        begun, rush = self._faded(at)
        if not at:
            return (begun + _FIRST) / _FORTNIGHT
        return min(max((begun + _FIRST) / days, (rush - _CALM) * _DAY / _HOUR), _FASTEST)

    def _faded(self, at: float) -> tuple[float, float]:
        days = max(at - self._last, 0.0) / _DAY
        return self._begun * exp(-days / _FORTNIGHT), self._rush * exp(-days * _DAY / _HOUR)


def features(one: Profile, others: Sequence[Profile], pace: float, room: Weights) -> NDArray[np.float32]:
    """For each of the others a row of `FEATURES`; `room` is room to work in, zero all over."""
    cosines, rarest = _shared(one, others, room)
    busy, about = log(pace), one.about()
    found = np.array([_told(one, about, other, busy) for other in others], np.float32)
    found[:, 3], found[:, 4], found[:, 5] = np.sqrt(cosines), cosines, rarest / _RAREST
    return found


def _told(one: Profile, about: frozenset[str], other: Profile, busy: float) -> tuple[float, ...]:
    """The features that are no likeness of pieces; those stand at 0."""
    gap, theirs = apart(one, other), other.about()
    told = log(faded(min(other.told, _MOST_TOLD), gap) + _LITTLE)
    both = len(about & theirs)
    theme = both / len(about | theirs) if both else 0.0
    return (
        told,
        busy,
        log(gap / _HOUR + 0.5),
        0,
        0,
        0,
        log(other.n),
        theme,
        bool(about and theirs and not both),
    )


def _shared(one: Profile, others: Sequence[Profile], room: Weights) -> tuple[Weights, Weights]:
    """The cosine with each of the others, and the weight of the rarest piece shared."""
    room[one.pieces] = one.vector
    shared = room.take(np.concatenate([p.pieces for p in others]))
    room[one.pieces] = 0
    starts = np.cumsum([0, *(len(p.pieces) for p in others[:-1])])
    rarest = np.maximum.reduceat(shared, starts)
    shared *= np.concatenate([p.vector for p in others])
    norms = np.array([p.norm for p in others], np.float32) * np.float32(one.norm)
    return np.add.reduceat(shared, starts) / np.maximum(norms, _TINY), rarest


def odds(found: NDArray[np.float32]) -> NDArray[np.float32]:
    """The logarithm of the odds for each row of `features`."""
    logits: NDArray[np.float32] = found @ WEIGHTS + np.float32(INTERCEPT)
    return logits


def against(a: Profile, b: Profile) -> float:
    """What conflicts of names take off the logarithm of the odds."""
    elsewhere, houses, others = conflicts(a, b)
    return OTHER_PLACE * elsewhere + OTHER_HOUSE * houses + OTHER_SITE * others


def probability(logit: float) -> float:
    """Between 0 and 1."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))
