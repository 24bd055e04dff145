"""The literals found in one text, and what expressions ask about them: which, where, in what sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from rules.text import EMPTY, Plain
from rules.verdict import Field

FIELDS: tuple[Field, ...] = ("title", "text", "media")
TITLE, BODY, MEDIA = range(3)
MOST_SPANS = 200  # of one term in one text

_STOP = re.compile(r"[。！？!?；;…\n]+")


class Span(NamedTuple):
    """A stretch of one field, in code points of the original."""

    field: int
    start: int
    end: int


def touch(a: Span, b: Span) -> bool:
    """Whether two stretches share a character."""
    return a[0] == b[0] and a[1] < b[2] and b[1] < a[2]


class Match(NamedTuple):
    """What an expression covered, and the words in it that were found."""

    span: Span
    pieces: tuple[Span, ...]


Raw = list[tuple[int, int, int]]  # term, start, end: as the automaton tells them
Sign = int | str
"""What a rule may wait for: a term, or a character that stands for itself."""
Watch = Callable[[str], Collection[str]]
"""Which of the characters that rules wait for stand in a text."""


class Found:
    """The literals found in one text: `terms` by number; `signs`, with the characters that rules wait for.

    Most texts are asked only which terms they hold; where these stand is worked out when first needed.
    """

    __slots__ = (
        "_asked", "_by_term", "_encoded", "_hidden", "_in_field", "_places", "_raw", "_rules", "_spans",
        "_stops", "_views", "_watch", "fields", "signs", "terms",
    )  # fmt: skip

    def __init__(
        self,
        fields: Sequence[Plain],
        raw: Sequence[Raw],
        places: Callable[[], Sequence[str]],
        rules: Callable[[Found, int], bool],
        watch: Watch,
        hidden: Sequence[Span] = (),
    ) -> None:
        self.fields, self._raw, self._places, self._rules = fields, raw, places, rules
        self._watch, self._hidden = watch, hidden
        self.terms = {hit[0] for hits in raw for hit in hits}
        title, body = fields[TITLE].text, fields[BODY].text
        self.signs: set[Sign] = self.terms.union(watch(title), watch(body) if body else ())
        self._by_term: dict[int, list[tuple[int, int, int]]] | None = None
        self._spans: dict[int, list[Span]] = {}
        self._asked: dict[int, bool] = {}
        self._views: dict[int, Found] | None = None
        self._in_field: dict[int, set[int]] | None = None
        self._encoded: dict[int, bytes] | None = None
        self._stops: list[list[int]] | None = None

    def places(self) -> Sequence[str]:
        """The names of our place in the text."""
        return self._places()

    def spans(self, term: int) -> list[Span]:
        """Where a term stands; at most MOST_SPANS of them."""
        known = self._spans.get(term)
        if known is None:
            if self._by_term is None:
                self._by_term = _by_term(self._raw)
            where = self._by_term.get(term, [])[:MOST_SPANS]
            known = self._spans[term] = list(map(Span._make, where))
        return known

    def characters(self, wanted: Collection[str]) -> Iterator[Span]:
        """Where single characters stand in title and body."""
        for field in (TITLE, BODY):
            text = self.fields[field].text
            if not text:
                continue
            for char in wanted:
                at = text.find(char)
                while at >= 0:
                    span = Span(field, at, at + 1)
                    if not any(touch(span, cover) for cover in self._hidden):
                        yield span
                    at = text.find(char, at + 1)

    def rule(self, index: int) -> bool:
        """Whether another rule holds; a rule that asks for itself does not."""
        if index not in self._asked:
            self._asked[index] = False
            self._asked[index] = self._rules(self, index)
        return self._asked[index]

    def only(self, field: int) -> Found:
        """The same text seen through one field."""
        if self._views is None:
            self._views = {}
        if field not in self._views:
            raw = [hits if i == field else [] for i, hits in enumerate(self._raw)]
            fields = [plain if i == field else EMPTY for i, plain in enumerate(self.fields)]
            self._views[field] = Found(fields, raw, self._places, self._rules, self._watch)
        return self._views[field]

    def without(self, covers: Sequence[Span]) -> Found:
        """The same text without the words that these stretches touch."""
        raw = [
            [hit for hit in hits if not any(touch(Span(field, hit[1], hit[2]), c) for c in covers)]
            for field, hits in enumerate(self._raw)
        ]
        return Found(self.fields, raw, self._places, self._rules, self._watch, covers)

    def encoded(self, field: int) -> bytes:
        """One field as RE2 reads it, which would else encode it anew for every expression."""
        if self._encoded is None:
            self._encoded = {}
        if field not in self._encoded:
            self._encoded[field] = self.fields[field].text.encode("utf-8")
        return self._encoded[field]

    def in_field(self, field: int) -> set[int]:
        """The terms of one field."""
        if self._in_field is None:
            self._in_field = {}
        if field not in self._in_field:
            self._in_field[field] = {hit[0] for hit in self._raw[field]}
        return self._in_field[field]

    def _stops_of(self, field: int) -> list[int]:
        if self._stops is None:
            self._stops = [[m.end() for m in _STOP.finditer(plain.text)] for plain in self.fields]
        return self._stops[field]

    def sentence(self, span: Span) -> int:
        """The number of the sentence in which a span begins."""
        return bisect_right(self._stops_of(span[0]), span[1])

    def sentence_bounds(self, field: int, number: int) -> tuple[int, int]:
        """Where a sentence begins and ends."""
        stops = self._stops_of(field)
        start = stops[number - 1] if number else 0
        return start, stops[number] if number < len(stops) else len(self.fields[field].text)


def _by_term(raw: Sequence[Raw]) -> dict[int, list[tuple[int, int, int]]]:
    found: dict[int, list[tuple[int, int, int]]] = {}
    for field, hits in enumerate(raw):
        for term, start, end in hits:
            if term in found:
                found[term].append((field, start, end))
            else:
                found[term] = [(field, start, end)]
    return found
