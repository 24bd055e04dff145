"""Which table a judge takes moods from: the one a station learned from its own labels, or the shipped one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rules.errors import Fault, PackError
from rules.verdict import Sentiment

if TYPE_CHECKING:
    from rules.sentiment import SentimentModel

OWN = "sentiment.npz"
"""The name of a station's own table, beside its rules (`caifeng lexicon learn --station`)."""


class Moods:
    """The mood of texts by one table. Read-only; may be shared by threads and forked processes.

    The shipped table is read when a text first needs it, a station's own at once: it may be damaged.
    """

    def __init__(self, own: Path | None = None) -> None:
        self._own = own
        self.digest = hashlib.sha256(own.read_bytes()).hexdigest() if own else ""
        """Of the station's own table; "" where it has none."""
        if own:
            self._model.score("")

    @classmethod
    def of(cls, rules: Iterable[Path]) -> Moods:
        """By the table in the last of these folders that has one. Raises PackError naming a damaged file."""
        tables = [table for place in rules for table in sorted(place.glob("*.npz"))]
        faults = [Fault(str(t), None, f"本站情感词表的文件名应为 {OWN}") for t in tables if t.name != OWN]
        if faults:
            raise PackError(faults)
        try:
            return cls(tables[-1] if tables else None)
        except (OSError, ValueError) as error:
            raise PackError([Fault(str(tables[-1]), None, f"不是可用的情感词表：{error}")]) from error

    def score(self, title: str, body: str) -> Sentiment:
        """Mood, score and reasons."""
        return self._model.score(title, body)

    @cached_property
    def _model(self) -> SentimentModel:
        from rules.sentiment import SentimentModel  # late: numpy and the table take a tenth of a second

        return SentimentModel.load(self._own) if self._own else SentimentModel.shipped()
