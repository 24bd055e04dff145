"""What is always talked of here: pieces that keep coming back tell no happening from another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from rules.pieces import SLOTS, Numbers, each_once, numbers, plain
from rules.rarity import PARTS, UNSEEN, table

Weights = NDArray[np.float32]

_STRETCH_DAYS = 4
_LEAST = 3  # stretches in which a piece must have been before it can be a habit
_STEEP = 3.0
_ALONE = 0.5  # single characters say less
_MEMORY = 100  # stretches after which older ones count half
_ALWAYS = 255  # count of what was a habit from the start
_TURN = 32_000


class Habit:
    """Weighs pieces by rarity in the language and in this stream's own days."""

    def __init__(self, usual: Iterable[str] = ()) -> None:
        """`usual`: names that everybody here says, such as the district's own."""
        self._last = np.zeros(SLOTS, np.int16)
        self._count = np.zeros(SLOTS, np.uint8)
        self._stretches: set[int] = set()
        self._past = 0
        self._table, self._rare = table(), _rare()
        self._usual = _of_names(usual)
        self._fresh = np.ones(256, np.float32)
        self._turn(0)

    def note(self, pieces: Numbers, at: datetime | None) -> None:
        """These (each once) were said at that time."""
        stretch = 1 + (at.toordinal() // _STRETCH_DAYS % _TURN if at else 0)
        if stretch not in self._stretches:
            self._turn(stretch)
        new = pieces[self._last[pieces] != stretch]
        self._last[new] = stretch
        self._count[new] += self._count[new] < _ALWAYS

    def weights(self, pieces: Numbers) -> Weights:
        """Rarity to the power of 1.5, less for what comes back all the time."""
        found: Weights = self._rare[pieces & 1, self._table[pieces]]
        found *= self._fresh[self._count[pieces]]
        return found

    def _turn(self, stretch: int) -> None:
        """A new stretch has begun."""
        if len(self._stretches) >= _MEMORY:
            self._count >>= 1
            self._past = (self._past + len(self._stretches)) // 2
            self._stretches.clear()
        if stretch:
            self._stretches.add(stretch)
        self._count[self._usual] = _ALWAYS
        counts = np.arange(256)
        usual = np.where(counts >= _LEAST, counts / max(1, self._past + len(self._stretches)), 0.0)
        self._fresh = np.maximum(0.0, 1.0 - _STEEP * usual).astype(np.float32)


def _of_names(names: Iterable[str]) -> Numbers:
    """The numbers of the pairs and triples within these names."""
    words = [plain(name) for name in names]
    found = [each_once(numbers(word)[len(word) :]) for word in words if word]
    return np.concatenate(found) if found else np.zeros(0, np.uint32)


def _rare() -> Weights:
    """The weight of each figure of the table: first row longer pieces, second row single characters."""
    steps = np.arange(256) / PARTS
    steps[0] = UNSEEN
    return np.stack([steps**1.5, _ALONE * steps**1.5]).astype(np.float32)
