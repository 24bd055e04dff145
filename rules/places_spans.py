"""Finding names of places in a text and settling which of several overlapping names is meant."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

import rjieba
from ahocorasick_rs import AhoCorasick

from rules.places_context import context
from rules.places_names import Claim, Table
from rules.verdict import Field

_AROUND = 10


@dataclass(frozen=True, slots=True)
class Mention:
    """One name of a place in a text: what it may mean, and what its neighbours make of it."""

    field: Field
    start: int
    end: int
    word: str
    claims: tuple[Claim, ...]
    role: str = ""
    before: str = ""
    after: str = ""

    def settled(self, *claims: Claim) -> Mention:
        """The same mention, known to mean just these."""
        return replace(self, claims=claims)


class Reader:
    """Finds the names of one table."""

    def __init__(self, table: Table) -> None:
        self._words = list(table)
        self._claims = [table[w] for w in self._words]
        self._automaton = AhoCorasick(self._words)

    def mentions(self, field: Field, text: str, region: str) -> list[Mention]:
        """The names in `text`, the longest reading first, namesakes left out, in order."""
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        spans = [(start, end, self._claims[index]) for index, start, end in found]
        chosen = [s for s in _best_reading(spans) if s[2]]
        boundaries = _Boundaries(text)
        return [
            _mention(field, text, span) for span in chosen if not _straddles(span, text, region, boundaries)
        ]


_Span = tuple[int, int, tuple[Claim, ...]]


def _best_reading(spans: list[_Span]) -> list[_Span]:
    """The names that do not overlap and cover most of the text (海南+海口, not 南海); the earlier wins a tie."""
    if len(spans) < 2:
        return spans
    ordered = sorted(spans, key=lambda s: (s[1], -s[0]))
    ends = [s[1] for s in ordered]
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    for i, span in enumerate(ordered):
        before = bisect_right(ends, span[0], 0, i)
        taken = best[before][0] + _weight(span)
        skipped = best[i]
        best.append((taken, (*best[before][1], i)) if taken > skipped[0] else skipped)
    return [ordered[i] for i in best[-1][1]]


def _weight(span: _Span) -> float:
    start, end, claims = span
    ordinary = claims and all(c.kind == "word" for c in claims)
    return (end - start) - (0.5 if ordinary else 0.01)


class _Boundaries:
    """Where the words of a text begin and end; segmented only when asked."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens: list[tuple[int, int]] | None = None

    def cut_by(self, start: int, end: int) -> bool:
        """Whether a word begins before `start` and ends inside, or begins inside and ends after `end`."""
        if self._tokens is None:
            self._tokens = [(s, e) for _, s, e in rjieba.tokenize(self._text)]
        return any((s < start < e) or (start < s < end < e) for s, e in self._tokens)


def _straddles(span: _Span, text: str, region: str, boundaries: _Boundaries) -> bool:
    """Whether a two-character name is only the chance meeting of two words (征信都扫 is not 信都)."""
    start, end, claims = span
    if end - start > 2 or not any(c.code.startswith(region) for c in claims):
        return False
    if all(len(c.code) <= 4 for c in claims):
        return False
    return boundaries.cut_by(start, end)


def _mention(field: Field, text: str, span: _Span) -> Mention:
    start, end, claims = span
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return Mention(field, start, end, text[start:end], claims, context(before, after), before, after)


__all__ = ["Mention", "Reader", "parent_claim"]


def parent_claim(parent: Mention, child: Claim) -> bool:
    """Whether `parent` may mean a superior of `child`."""
    return any(child.code.startswith(c.code) and c.code != child.code for c in parent.claims)
