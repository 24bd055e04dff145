"""One Aho–Corasick pass over all literals of all rules; expressions are evaluated only where a term hit."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, cast

import re2
from ahocorasick_rs import AhoCorasick, Implementation

from rules.language import Node
from rules.text import Normalised, Plain, fold
from rules.verdict import Field

FIELDS: tuple[Field, ...] = ("title", "text", "media")
TITLE, BODY, MEDIA = range(3)
LONGEST = 100_000  # characters of a text that are read; beyond it nothing changes a verdict but the time
MOST_SPANS = 200  # of one term in one text

_STOP = re.compile(r"[。！？!?；;…\n]+")


class Span(NamedTuple):
    """A stretch of one field, in code points of the original."""

    field: int
    start: int
    end: int


class Match(NamedTuple):
    """What an expression covered, and the words in it that were found."""

    span: Span
    pieces: tuple[Span, ...]


class Found:
    """The literals found in one text, and what expressions ask about them."""

    def __init__(
        self,
        fields: Sequence[Plain],
        terms: dict[int, list[Span]],
        places: Callable[[], Sequence[str]],
        rules: Callable[[Found, int], bool],
    ) -> None:
        self.fields, self.terms, self.places, self._rules = fields, terms, places, rules
        self._asked: dict[int, bool] = {}

    def rule(self, index: int) -> bool:
        """Whether another rule holds; a rule that asks for itself does not."""
        if index not in self._asked:
            self._asked[index] = False
            self._asked[index] = self._rules(self, index)
        return self._asked[index]

    def only(self, field: int) -> Found:
        """The same text seen through one field."""
        terms = {
            p: kept for p, spans in self.terms.items() if (kept := [s for s in spans if s.field == field])
        }
        fields = [plain if i == field else Plain("") for i, plain in enumerate(self.fields)]
        return Found(fields, terms, self.places, self._rules)

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


def _holds_near(node: Node, found: Found) -> bool:
    return bool(_near(node, found, first=True))


def _holds_field(node: Node, found: Found) -> bool:
    return holds(node[2], found.only(node[1]))


def _holds_re(node: Node, found: Found) -> bool:
    return any(f.text and _compiled(node[1]).search(f.text) for f in found.fields[:MEDIA])


def _holds_of(node: Node, found: Found) -> bool:
    least: int = node[1]
    for part in node[2:]:
        least -= holds(part, found)
        if least == 0:
            return True
    return False


_HOLDS: dict[str, Callable[[Node, Found], bool]] = {
    "any": _holds_any,
    "or": lambda node, found: any(holds(part, found) for part in node[1:]),
    "and": lambda node, found: all(holds(part, found) for part in node[1:]),
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
    return [
        Match(span, (span,))
        for p in node[1].intersection(found.terms)
        for span in found.terms[p][:MOST_SPANS]
    ]


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
    lefts = matches(left, found)
    if not lefts:
        return []
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


# --- compiling -----------------------------------------------------------------------------------------


class Compiler:
    """Turns trees with words into trees with numbers. `literals` are all words, folded."""

    def __init__(self, lists: dict[str, tuple[str, ...]], rule_numbers: dict[str, int]) -> None:
        self._lists, self._rules = lists, rule_numbers
        self._numbers: dict[str, int] = {}

    @property
    def literals(self) -> list[str]:
        return list(self._numbers)

    def compile(self, tree: Node) -> Node:
        """The tree in the form that `holds` reads."""
        kind = tree[0]
        if kind in ("term", "list"):
            words = (tree[1],) if kind == "term" else self._lists[tree[1]]
            return ("any", frozenset(map(self._number, words)))
        if kind == "field":
            return ("field", FIELDS.index(tree[1]), self.compile(tree[2]))
        if kind == "near":
            return (*tree[:4], self.compile(tree[4]), self.compile(tree[5]))
        if kind == "of":
            return ("of", tree[1], *map(self.compile, tree[2:]))
        if kind == "rule":
            return ("rule", self._rules.get(tree[1], -1))
        if kind == "or":
            return self._or(tree)
        return tree if kind in ("re", "place") else (kind, *map(self.compile, tree[1:]))

    def _or(self, tree: Node) -> Node:
        parts = [self.compile(part) for part in tree[1:]]
        words = [part for part in parts if part[0] == "any"]
        others = [part for part in parts if part[0] != "any"]
        if len(words) > 1:
            parts = [("any", frozenset().union(*(part[1] for part in words))), *others]
        return parts[0] if len(parts) == 1 else ("or", *parts)

    def _number(self, word: str) -> int:
        return self._numbers.setdefault(fold(word), len(self._numbers))


def triggers(tree: Node) -> frozenset[int] | None:
    """Literals one of which must be there for the tree to hold; None when it may hold without any."""
    kind = tree[0]
    if kind == "any":
        return cast(frozenset[int], tree[1])
    if kind == "field":
        return triggers(tree[2])
    if kind in ("and", "near"):
        choices = [
            t for part in (tree[1:] if kind == "and" else tree[4:]) if (t := triggers(part)) is not None
        ]
        return min(choices, key=len) if choices else None
    if kind in ("or", "of"):
        parts = [triggers(part) for part in tree[1 if kind == "or" else 2 :]]
        return None if None in parts else frozenset().union(*(p for p in parts if p is not None))
    return None


class Scanner:
    """The one pass."""

    def __init__(self, literals: Sequence[str]) -> None:
        self._lengths = [len(word) for word in literals]
        big = len(literals) > 20_000
        kind = Implementation.NoncontiguousNFA if big else None
        self._automaton = AhoCorasick(list(literals), implementation=kind, store_patterns=False)

    def scan(self, normalised: Normalised) -> dict[int, list[Span]]:
        """Every literal found, with where."""
        terms: dict[int, list[Span]] = {}
        for field, plain in enumerate((normalised.title, normalised.text, normalised.media)):
            if plain.text:
                self._scan(field, plain, terms)
        return terms

    def _scan(self, field: int, plain: Plain, terms: dict[int, list[Span]]) -> None:
        text = plain.text if len(plain.text) <= LONGEST else plain.text[:LONGEST]
        for pattern, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            spans = terms.get(pattern)
            if spans is None:
                terms[pattern] = [Span(field, start, end)]
            elif len(spans) < MOST_SPANS:
                spans.append(Span(field, start, end))
        if plain.squeezed is not None:
            self._scan_squeezed(field, plain, terms)

    def _scan_squeezed(self, field: int, plain: Plain, terms: dict[int, list[Span]]) -> None:
        """Only words that reach across something taken out; the others have been found already."""
        text = (plain.squeezed or "")[:LONGEST]
        for pattern, first, last in self._automaton.find_matches_as_indexes(text, overlapping=True):
            start, end = plain.span(first, last, squeezed=True)
            if end - start != last - first or text[first:last] != plain.text[start:end]:
                spans = terms.setdefault(pattern, [])
                if len(spans) < MOST_SPANS:
                    spans.append(Span(field, start, end))
