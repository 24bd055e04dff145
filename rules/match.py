"""Whether an expression holds for a text, and where: evaluated only where one of its terms was found."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

import re2

from rules.found import BODY, MOST_SPANS, TITLE, Found, Match, Span
from rules.language import Node

FEW_PAIRS = 50  # up to which comparing each with each is quickest


def holds(node: Node, found: Found) -> bool:
    """Whether an expression is true of a text."""
    return _HOLDS[node[0]](node, found)


def matches(node: Node, found: Found) -> list[Match]:
    """Where an expression is true: the stretches of its parts."""
    return _MATCHES[node[0]](node, found)


def words(node: Node, found: Found) -> tuple[int, list[Span]]:
    """How often an expression is true, and the words that make it so; less to do than `matches`."""
    kind = node[0]
    if kind in ("and", "or", "of"):
        parts = node[2:] if kind == "of" else node[1:]
        told = [words(part, found) for part in parts if _HOLDS[part[0]](part, found)]
        return sum([count for count, _ in told]), [span for _, spans in told for span in spans]
    if kind in ("any", "chars"):
        spans = _spans_of(node, found) if kind == "any" else _characters_of(node, found)
        return len(spans), spans
    if kind == "re":
        spans = _expression_spans(node, found)
        return len(spans), spans
    told_at = matches(node, found)
    return len(told_at), [span for match in told_at for span in match.pieces]


def _holds_any(node: Node, found: Found) -> bool:
    return not node[1].isdisjoint(found.terms)


def _holds_chars(node: Node, found: Found) -> bool:
    return next(found.characters(node[1]), None) is not None


def _holds_near(node: Node, found: Found) -> bool:
    _, reach, unit, ordered, left, right = node
    if unit == "c":  # the most usual, words on both sides: no need of matches
        lefts = _listed(left, found)
        if lefts is not None and not lefts:
            return False
        rights = _listed(right, found)
        if rights is not None and not rights:
            return False
        if lefts and rights and len(lefts) * len(rights) <= FEW_PAIRS:
            return _any_close(lefts, rights, reach, ordered)
    return bool(_near(node, found, first=True))


def _any_close(lefts: Sequence[Span], rights: Sequence[Span], reach: int, ordered: bool) -> bool:
    """Whether two of them stand within so many characters of each other."""
    for a in lefts:
        field, start, end = a
        for b in rights:
            if b[0] != field or a == b or b[1] - end > reach or start - b[2] > reach:
                continue
            if not ordered or b[1] >= end:
                return True
    return False


def _spans_of(node: Node, found: Found) -> list[Span]:
    return [span for term in node[1].intersection(found.terms) for span in found.spans(term)]


def _characters_of(node: Node, found: Found) -> list[Span]:
    return list(islice(found.characters(node[1]), MOST_SPANS))


def _listed(node: Node, found: Found) -> list[Span] | None:
    """Where the words of an expression stand that is a mere list of words; None when it is none."""
    kind = node[0]
    if kind == "any":
        return _spans_of(node, found)
    if kind == "chars":
        return _characters_of(node, found)
    if kind == "or" and all(part[0] in ("any", "chars") for part in node[1:]):
        return [span for part in node[1:] for span in _listed(part, found) or ()]
    return None


def _holds_field(node: Node, found: Found) -> bool:
    _, field, inner = node
    if inner[0] == "any":  # by far the most usual: no need of a view
        return not inner[1].isdisjoint(found.in_field(field))
    return holds(node[2], found.only(node[1]))


def _holds_re(node: Node, found: Found) -> bool:
    for wanted in node[2]:
        if wanted.isdisjoint(found.signs):
            return False
    pattern = _compiled(node[1])
    title, body, _ = found.fields
    return bool(
        (title.text and pattern.search(found.encoded(TITLE)))
        or (body.text and pattern.search(found.encoded(BODY)))
    )


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
    return [Match(span, (span,)) for span in _spans_of(node, found)]


def _matches_chars(node: Node, found: Found) -> list[Match]:
    return [Match(span, (span,)) for span in _characters_of(node, found)]


def _matches_re(node: Node, found: Found) -> list[Match]:
    return [Match(span, (span,)) for span in _expression_spans(node, found)]


def _expression_spans(node: Node, found: Found) -> list[Span]:
    pattern = _compiled(node[1])
    spans: list[Span] = []
    for field in (TITLE, BODY):
        text = found.fields[field].text
        for number, m in enumerate(pattern.finditer(text) if text else ()):
            if number >= MOST_SPANS:
                break
            if m.end() > m.start():
                spans.append(Span(field, m.start(), m.end()))
    return spans


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
    options.never_capture = True  # nobody asks for groups, and without them RE2 takes its quick way
    return re2.compile(pattern, options)
