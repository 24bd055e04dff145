"""One Aho–Corasick pass over all literals of all rules; expressions are evaluated only where a term hit."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any, NamedTuple

import re2
from ahocorasick_rs import AhoCorasick

from rules.language import Node
from rules.text import EMPTY, Normalised, Plain
from rules.verdict import Field

FIELDS: tuple[Field, ...] = ("title", "text", "media")
TITLE, BODY, MEDIA = range(3)
FEW_PAIRS = 50  # up to which comparing each with each is quickest
MOST_SPANS = 200  # of one term in one text

_STOP = re.compile(r"[。！？!?；;…\n]+")


class Span(NamedTuple):
    """A stretch of one field, in code points of the original."""

    field: int
    start: int
    end: int


def touch(a: Span, b: Span) -> bool:
    """Whether two stretches share a character."""
    return a.field == b.field and a.start < b.end and b.start < a.end


class Match(NamedTuple):
    """What an expression covered, and the words in it that were found."""

    span: Span
    pieces: tuple[Span, ...]


Raw = list[tuple[int, int, int]]  # term, start, end: as the automaton tells them


class Found:
    """The literals found in one text, and what expressions ask about them.

    Most texts are asked only which terms they hold; where these stand is worked out when first needed.
    """

    def __init__(
        self,
        fields: Sequence[Plain],
        raw: Sequence[Raw],
        places: Callable[[], Sequence[str]],
        rules: Callable[[Found, int], bool],
        hidden: Sequence[Span] = (),
    ) -> None:
        self.fields, self.places, self._raw, self._rules = fields, places, raw, rules
        self._hidden = hidden
        self.terms = {hit[0] for hits in raw for hit in hits}
        self._places: dict[int, list[Span]] = {}
        self._asked: dict[int, bool] = {}
        self._views: dict[int, Found] = {}
        self._in_field: dict[int, set[int]] = {}
        self._encoded: dict[int, bytes] = {}

    def spans(self, term: int) -> list[Span]:
        """Where a term stands; at most MOST_SPANS of them."""
        if not self._places:
            places = self._places
            for field, hits in enumerate(self._raw):
                for number, start, end in hits:
                    span = Span(field, start, end)
                    if number in places:
                        places[number].append(span)
                    else:
                        places[number] = [span]
        return self._places.get(term, [])[:MOST_SPANS]

    def characters(self, wanted: Collection[str]) -> Iterator[Span]:
        """Where single characters stand in title and body."""
        for field in (TITLE, BODY):
            text = self.fields[field].text
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
        if field not in self._views:
            raw = [hits if i == field else [] for i, hits in enumerate(self._raw)]
            fields = [plain if i == field else EMPTY for i, plain in enumerate(self.fields)]
            self._views[field] = Found(fields, raw, self.places, self._rules)
        return self._views[field]

    def without(self, covers: Sequence[Span]) -> Found:
        """The same text without the words that these stretches touch."""
        raw = [
            [hit for hit in hits if not any(touch(Span(field, hit[1], hit[2]), c) for c in covers)]
            for field, hits in enumerate(self._raw)
        ]
        return Found(self.fields, raw, self.places, self._rules, covers)

    def encoded(self, field: int) -> bytes:
        """One field as RE2 reads it, which would else encode it anew for every expression."""
        if field not in self._encoded:
            self._encoded[field] = self.fields[field].text.encode("utf-8")
        return self._encoded[field]

    def in_field(self, field: int) -> set[int]:
        """The terms of one field."""
        if field not in self._in_field:
            self._in_field[field] = {hit[0] for hit in self._raw[field]}
        return self._in_field[field]

    @cached_property
    def _stops(self) -> list[list[int]]:
        return [[m.end() for m in _STOP.finditer(plain.text)] for plain in self.fields]

    def sentence(self, span: Span) -> int:
        """The number of the sentence in which a span begins."""
        return bisect_right(self._stops[span.field], span.start)

    def sentence_bounds(self, field: int, number: int) -> tuple[int, int]:
        """Where a sentence begins and ends."""
        stops = self._stops[field]
        start = stops[number - 1] if number else 0
        return start, stops[number] if number < len(stops) else len(self.fields[field].text)


# --- questions -----------------------------------------------------------------------------------------


def holds(node: Node, found: Found) -> bool:
    """Whether an expression is true of a text."""
    return _HOLDS[node[0]](node, found)


def matches(node: Node, found: Found) -> list[Match]:
    """Where an expression is true: the stretches of its parts."""
    return _MATCHES[node[0]](node, found)


def _holds_any(node: Node, found: Found) -> bool:
    return not node[1].isdisjoint(found.terms)


def _holds_chars(node: Node, found: Found) -> bool:
    return next(found.characters(node[1]), None) is not None


def _holds_near(node: Node, found: Found) -> bool:
    _, reach, unit, ordered, left, right = node
    if unit == "c" and left[0] == right[0] == "any":  # by far the most usual: no need of matches
        lefts, rights = _spans_of(left, found), _spans_of(right, found)
        if len(lefts) * len(rights) <= FEW_PAIRS:
            return any(_close(a, b, found, reach, unit, ordered) for a in lefts for b in rights)
    return bool(_near(node, found, first=True))


def _spans_of(node: Node, found: Found) -> list[Span]:
    return [span for term in node[1].intersection(found.terms) for span in found.spans(term)]


def _holds_field(node: Node, found: Found) -> bool:
    _, field, inner = node
    if inner[0] == "any":  # by far the most usual: no need of a view
        return not inner[1].isdisjoint(found.in_field(field))
    return holds(node[2], found.only(node[1]))


def _holds_re(node: Node, found: Found) -> bool:
    if node[2] is not None and node[2].isdisjoint(found.terms):
        return False
    pattern = _compiled(node[1])
    return any(f.text and pattern.search(found.encoded(i)) for i, f in enumerate(found.fields[:MEDIA]))


def _holds_of(node: Node, found: Found) -> bool:
    least: int = node[1]
    for part in node[2:]:
        least -= holds(part, found)
        if least == 0:
            return True
    return False


def _holds_or(node: Node, found: Found) -> bool:
    for part in node[1:]:  # noqa: SIM110 - spelt out: this is where the time goes
        if _HOLDS[part[0]](part, found):
            return True
    return False


def _holds_and(node: Node, found: Found) -> bool:
    for part in node[1:]:  # noqa: SIM110 - as above
        if not _HOLDS[part[0]](part, found):
            return False
    return True


_HOLDS: dict[str, Callable[[Node, Found], bool]] = {
    "any": _holds_any,
    "chars": _holds_chars,
    "or": _holds_or,
    "and": _holds_and,
    "not": lambda node, found: not holds(node[1], found),
    "of": _holds_of,
    "near": _holds_near,
    "field": _holds_field,
    "re": _holds_re,
    "place": lambda node, found: node[1] in found.places(),
    "rule": lambda node, found: found.rule(node[1]),
}


def _parts(parts: Iterable[Node], found: Found) -> list[Match]:
    return [match for part in parts if holds(part, found) for match in matches(part, found)]


def _matches_any(node: Node, found: Found) -> list[Match]:
    return [Match(span, (span,)) for p in node[1].intersection(found.terms) for span in found.spans(p)]


def _matches_chars(node: Node, found: Found) -> list[Match]:
    return [Match(span, (span,)) for span in islice(found.characters(node[1]), MOST_SPANS)]


def _matches_re(node: Node, found: Found) -> list[Match]:
    pattern = _compiled(node[1])
    spans: list[Span] = []
    for field in (TITLE, BODY):
        text = found.fields[field].text
        for number, m in enumerate(pattern.finditer(text) if text else ()):
            if number >= MOST_SPANS:
                break
            if m.end() > m.start():
                spans.append(Span(field, m.start(), m.end()))
    return [Match(span, (span,)) for span in spans]


_MATCHES: dict[str, Callable[[Node, Found], list[Match]]] = {
    "any": _matches_any,
    "chars": _matches_chars,
    "or": lambda node, found: _parts(node[1:], found),
    "and": lambda node, found: _parts(node[1:], found),
    "not": lambda node, found: [],
    "of": lambda node, found: _parts(node[2:], found),
    "near": lambda node, found: _near(node, found),
    "field": lambda node, found: matches(node[2], found.only(node[1])),
    "re": _matches_re,
    "place": lambda node, found: [],
    "rule": lambda node, found: [],
}


def _near(node: Node, found: Found, *, first: bool = False) -> list[Match]:
    """Pairs of the two sides within reach. In sentences: 1 is the same one, 2 the next too."""
    _, reach, unit, ordered, left, right = node
    if not (holds(left, found) and holds(right, found)):
        return []
    lefts = matches(left, found)
    rights = sorted(matches(right, found), key=lambda m: m.span)
    starts = [m.span[:2] for m in rights]
    pairs: list[Match] = []
    for a in lefts:
        for b in _neighbours(a, rights, starts, reach if unit == "c" else None):
            if _close(a.span, b.span, found, reach, unit, ordered):
                pairs.append(_joined(a, b))
                if first or len(pairs) >= MOST_SPANS:
                    return pairs
    return pairs


def _neighbours(
    a: Match, rights: list[Match], starts: list[tuple[int, int]], reach: int | None
) -> Sequence[Match]:
    """Those of the same field that can be within reach (with 200 characters of slack for their length)."""
    field, start, end = a.span
    if reach is None:
        return rights[bisect_left(starts, (field, 0)) : bisect_left(starts, (field + 1, 0))]
    low = bisect_left(starts, (field, max(0, start - reach - 200)))
    return rights[low : bisect_right(starts, (field, end + reach))]


def _close(a: Span, b: Span, found: Found, reach: int, unit: str, ordered: bool) -> bool:
    if a.field != b.field or a == b or (ordered and b.start < a.end):
        return False
    if unit == "s":
        return abs(found.sentence(a) - found.sentence(b)) < reach
    return max(b.start - a.end, a.start - b.end) <= reach


def _joined(a: Match, b: Match) -> Match:
    span = Span(a.span.field, min(a.span.start, b.span.start), max(a.span.end, b.span.end))
    return Match(span, a.pieces + b.pieces)


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.max_mem = 1 << 20
    options.log_errors = False
    return re2.compile(pattern, options)


class Scanner:
    """The one pass."""

    def __init__(self, literals: Sequence[str]) -> None:
        self._lengths = [len(word) for word in literals]
        self._automaton = AhoCorasick(list(literals), store_patterns=False)

    def scan(self, normalised: Normalised) -> list[Raw]:
        """Every literal found, with where, field by field."""
        body, media = normalised.text, normalised.media
        return [
            self._scan(normalised.title),
            self._scan(body) if body.text else [],
            self._scan(media) if media.text else [],
        ]

    def _scan(self, plain: Plain) -> Raw:
        hits: Raw = self._automaton.find_matches_as_indexes(plain.text, overlapping=True)
        return hits if plain.squeezed is None else hits + self._squeezed(plain)

    def _squeezed(self, plain: Plain) -> Raw:
        """Only words that reach across something taken out; the others have been found already."""
        text = plain.squeezed or ""
        hits: Raw = []
        for term, first, last in self._automaton.find_matches_as_indexes(text, overlapping=True):
            start, end = plain.span(first, last, squeezed=True)
            if end - start != last - first or text[first:last] != plain.text[start:end]:
                hits.append((term, start, end))
        return hits
