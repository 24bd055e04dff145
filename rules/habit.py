"""What is always talked of here: pieces that keep coming back tell no happening from another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from rules.rarity import rarity

_STRETCH_DAYS = 4
_LEAST = 3  # stretches in which a piece must have been before it can be a habit
_STEEP = 3.0
_ALONE = 0.5  # single characters say less
_MOST = 300_000


class Habit:
    """Weighs pieces by rarity in the language and in this stream's own days."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[int, int]] = {}
        self._stretches: set[int] = set()

    def note(self, pieces: Iterable[str], at: datetime | None) -> None:
        """These were said at that time."""
        stretch = at.toordinal() // _STRETCH_DAYS if at else 0
        self._stretches.add(stretch)
        for piece in pieces:
            last, count = self._seen.get(piece, (-1, 0))
            if last != stretch:
                self._seen[piece] = (stretch, count + 1)
        if len(self._seen) > _MOST:
            self._forget(stretch)

    def _forget(self, now: int) -> None:
        """What was said in one stretch only, long ago."""
        self._seen = {p: s for p, s in self._seen.items() if s[1] > 1 or s[0] >= now - 1}

    def weight(self, piece: str) -> float:
        """Rarity to the power of 1.5, less for what comes back all the time."""
        count = self._seen.get(piece, (0, 0))[1]
        usual = count / len(self._stretches) if count >= _LEAST else 0.0
        fresh = max(0.0, 1.0 - _STEEP * usual)
        return rarity(piece) ** 1.5 * fresh * (_ALONE if len(piece) == 1 else 1.0) if fresh else 0.0
