"""Mood of a text: negative, neutral or positive, with the words that made it.

An explainable table: every n-gram has one weight towards positive or negative and one towards neutral
(rules/learn.py), corrected by hand for public affairs (lexicons/affairs.yaml).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rules.sentiment_affairs import Correction, corrections
from rules.sentiment_features import grams
from rules.verdict import Mood, Sentiment

SHIPPED = Path(__file__).parent / "lexicons" / "sentiment.npz"
_NAMED = 4


@dataclass(frozen=True, slots=True)
class _Table:
    """The table as stored: n-grams, idf × 20, weights quantised with one scale each, and two biases."""

    index: dict[str, int]
    idf: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]


class SentimentModel:
    """Scores texts by a table. Read-only; may be shared by threads."""

    def __init__(self, table: _Table) -> None:
        self._table = table

    @classmethod
    @cache
    def shipped(cls) -> SentimentModel:
        """The table that comes with the program (loaded once)."""
        return cls.load(SHIPPED)

    @classmethod
    def load(cls, path: Path) -> SentimentModel:
        """A table written by `caifeng lexicon learn`. Raises OSError or ValueError when unreadable."""
        with np.load(path, allow_pickle=False) as data:
            words = bytes(data["grams"]).decode("utf-8").split("\n")
            weights = data["weights"].astype(np.float32) * data["scale"]
            idf = data["idf"].astype(np.float32) / 20
            bias = data["bias"].astype(np.float32)
        return cls(_Table({w: i for i, w in enumerate(words)}, idf, weights, bias))

    def score(self, title: str, text: str = "") -> Sentiment:
        """Mood and score in [-1, 1] of a title and a body (either may be empty), with reasons."""
        whole = f"{title}\n{text}" if title and text else title or text
        learned, named = self._learned(whole)
        corrected = corrections(whole)
        polarity = float(learned[0]) + sum(c.polarity for c in corrected)
        neutral = float(learned[1]) + sum(c.neutral for c in corrected)
        return Sentiment(_mood(polarity, neutral), _score(polarity), _why(corrected, named))

    def _learned(self, whole: str) -> tuple[npt.NDArray[np.float32], tuple[tuple[str, float], ...]]:
        table = self._table
        index, counts, words = [], [], []
        get = table.index.get
        for gram, count in grams(whole).items():
            i = get(gram)
            if i is not None:
                index.append(i)
                counts.append(count)
                words.append(gram)
        if not index:
            return table.bias, ()
        value = (1 + np.log(np.array(counts, np.float32))) * table.idf[index]
        value /= np.sqrt((value**2).sum())
        parts = value[:, None] * table.weights[index]
        heaviest = np.argsort(-np.abs(parts[:, 0]))[:24]
        named = tuple((words[i], float(parts[i, 0])) for i in heaviest)
        return parts.sum(axis=0) + table.bias, named


def _mood(polarity: float, neutral: float) -> Mood:
    if neutral > abs(polarity) / 2:
        return "neutral"
    return "positive" if polarity >= 0 else "negative"


def _score(polarity: float) -> float:
    return round(float(np.tanh(polarity / 2)), 4)


def _why(corrected: tuple[Correction, ...], named: tuple[tuple[str, float], ...]) -> tuple[str, ...]:
    """The hand corrections that applied, then the longest of the heaviest n-grams, each once."""
    reasons = [c.reason for c in corrected]
    shown: list[str] = []
    for word, weight in sorted(named, key=lambda p: -abs(p[1]) * len(p[0].strip())):
        if len(word.strip()) > 1 and not any(word in s or s in word for s in shown):
            shown.append(word)
            reasons.append(f"“{word.strip()}”{'偏正面' if weight > 0 else '偏负面'} {weight:+.2f}")
        if len(shown) == _NAMED:
            break
    return tuple(reasons)
