"""What is always talked of here: pieces that keep coming back tell no happening from another."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from rules.pieces import Numbers, each_once, numbers, plain
from rules.rarity import PARTS, UNSEEN, table

Weights = NDArray[np.float32]

_STRETCH_DAYS = 4
_LEAST = 4  # stretches, with fewer it may be one long happening
_STEEP = 3.0
_ALONE = 0.5  # single characters say less
_MEMORY = 100  # stretches after which older ones count half
_ALWAYS = 255  # count of what was a habit from the start
_TURN = 32_000
_BYTE, _STRETCH = np.int32(255), np.int32(16)


class Habit:
    """Weighs pieces by rarity in the language and in this stream's own days.

    What is known of a piece is one number: its last stretch of days, in how many stretches it was said, and
    its rarity, 16, 8 and 8 bits. So that a look costs one visit to memory.
    """

    def __init__(self, usual: Iterable[str] = ()) -> None:
        """`usual`: names that everybody here says, such as the district's own."""
        self._known = table().astype(np.int32)
        self._known[_of_names(usual)] |= _ALWAYS << 8
        self._stretches: set[int] = set()
        self._past = 0
        self._rare, self._fresh = _rare(), np.ones(256, np.float32)

    def said(self, pieces: Numbers, at: float) -> Weights:
        """These (each once) were said at that time, in seconds, 0 if unknown; their weights from now on."""
        stretch = 1 + int(at // (_STRETCH_DAYS * 86_400)) % _TURN
        if stretch not in self._stretches:
            self._turn(stretch)
        known = self._known.take(pieces)
        new = known >> _STRETCH != stretch
        if new.any():
            known = np.where(new, known & 0xFFFF | stretch << 16, known)
            known[new & (known >> 8 & _BYTE < _ALWAYS)] += 256
            self._known[pieces] = known
        return self._weighed(pieces, known)

    def weights(self, pieces: Numbers) -> Weights:
        """Rarity to the power of 1.5, less for what comes back all the time."""
        return self._weighed(pieces, self._known.take(pieces))

    def _weighed(self, pieces: Numbers, known: NDArray[np.int32]) -> Weights:
        rare: Weights = self._rare.take(known & _BYTE | (pieces & np.uint32(1)).astype(np.int32) << 8)
        rare *= self._fresh.take(known >> 8 & _BYTE)
        return rare

    def _turn(self, stretch: int) -> None:
        """A new stretch has begun."""
        if len(self._stretches) >= _MEMORY:
            self._fade()
        self._stretches.add(stretch)
        counts = np.arange(256)
        usual = np.where(counts >= _LEAST, counts / (self._past + len(self._stretches)), 0.0)
        self._fresh = np.maximum(0.0, 1.0 - _STEEP * usual).astype(np.float32)

    def _fade(self) -> None:
        """All stretches so far count half."""
        counts = self._known >> 8 & _BYTE
        halved = np.where(counts < _ALWAYS, counts >> 1, counts)
        self._known += (halved - counts) << 8
        self._past = (self._past + len(self._stretches)) // 2
        self._stretches.clear()


def _of_names(names: Iterable[str]) -> Numbers:
    """The numbers of the pairs and triples within these names."""
    words = [plain(name) for name in names]
    found = [each_once(numbers(word)[len(word) :]) for word in words if word]
    return np.concatenate(found) if found else np.zeros(0, np.uint32)


def _rare() -> Weights:
    """The weight of each figure of the table: 256 for longer pieces, then 256 for single characters."""
    steps = np.arange(256) / PARTS
    steps[0] = UNSEEN
    return np.concatenate([steps**1.5, _ALONE * steps**1.5]).astype(np.float32)
