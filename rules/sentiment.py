"""Mood of a text: negative, neutral or positive, with the words that made it.

An explainable table: every word and n-gram has a weight for each column (rules/lexicon_file.py, learned by
rules/learn.py), corrected by hand for public affairs (lexicons/affairs.yaml).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from rules.lexicon_file import Floats, Table, load
from rules.sentiment_affairs import Correction, corrections
from rules.sentiment_features import WORD, features
from rules.verdict import Mood, Sentiment

SHIPPED = Path(__file__).parent / "lexicons" / "sentiment.npz"
_NAMED = 4
_STYLE_LEAN, _STYLE_SHARPNESS = 3.0, 0.6
"""From which style on a text is taken for an everyday post, and how gradually; tuned on the learning part."""


class SentimentModel:
    """Scores texts by a table. Read-only; may be shared by threads."""

    def __init__(self, table: Table) -> None:
        self._vocabulary = table.vocabulary
        self._index = {w: i for i, w in enumerate(table.vocabulary)}
        self._weights, self._bias = table.weights, table.bias

    @classmethod
    @cache
    def shipped(cls) -> SentimentModel:
        """The table that comes with the program (loaded once)."""
        return cls.load(SHIPPED)

    @classmethod
    def load(cls, path: Path) -> SentimentModel:
        """A table written by `caifeng lexicon learn`. Raises OSError, or ValueError saying what is wrong."""
        return cls(load(path))

    def score(self, title: str, text: str = "") -> Sentiment:
        """Mood and score in [-1, 1] of a title and a body (either may be empty), with reasons."""
        whole = f"{title}\n{text}" if title and text else title or text
        index, parts = self._parts(whole)
        sums = parts.sum(axis=0) + self._bias
        everyday = 0.5 + 0.5 * np.tanh(_STYLE_SHARPNESS * (float(sums[1]) + _STYLE_LEAN) / 2)
        blend = np.array([everyday, 0, everyday - 1, 0, 1 - everyday], np.float32)
        corrected = corrections(whole)
        polarity = float((sums * blend).sum()) + sum(c.polarity for c in corrected)
        neutral = float(sums[3] - max(sums[2], sums[4])) + sum(c.neutral for c in corrected)
        return Sentiment(
            _mood(polarity, neutral), _score(polarity), self._why(corrected, index, _pull(parts, blend))
        )

    def _parts(self, whole: str) -> tuple[list[int], Floats]:
        """The numbers of the features that the table knows, and what each says in each column."""
        known = [i for i in map(self._index.get, features(whole)) if i is not None]
        index = np.array(known, np.int32)
        return known, self._weights[index] * np.float32(1 / np.sqrt(max(len(known), 1)))

    def _why(self, corrected: tuple[Correction, ...], known: list[int], weights: Floats) -> tuple[str, ...]:
        """The hand corrections that applied, then the words of most weight, none inside another."""
        reasons = [c.reason for c in corrected]
        shown: list[str] = []
        for i in np.argsort(-np.abs(weights))[:40]:
            word = self._vocabulary[known[i]].removeprefix(WORD).strip()
            if _is_word(word) and not any(word in s or s in word for s in shown):
                shown.append(word)
                reasons.append(f"“{word}”{'偏正面' if weights[i] > 0 else '偏负面'} {weights[i]:+.2f}")
            if len(shown) == _NAMED:
                break
        return tuple(reasons)


def _pull(parts: Floats, blend: Floats) -> Floats:
    """What each feature adds to the polarity. No matrix product: on some machines the library behind it reads
    beyond the last column and warns of invalid values that are none of ours."""
    return np.asarray((parts * blend).sum(axis=1), np.float32)


def _mood(polarity: float, neutral: float) -> Mood:
    if neutral > 0:
        return "neutral"
    return "positive" if polarity >= 0 else "negative"


def _score(polarity: float) -> float:
    return round(float(np.tanh(polarity / 2)), 4)


def _is_word(feature: str) -> bool:
    """Fit to be shown as a reason: a word or an emoticon, not a piece with a comma."""
    return len(feature) > 1 and (feature.isalnum() or feature[0] == "[")
