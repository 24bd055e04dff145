"""Finding names of places in a text and settling which of several overlapping names is meant."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise

from ahocorasick_rs import AhoCorasick

from rules.places_context import Role, context
from rules.places_names import Claim, Table
from rules.verdict import Field

_AROUND = 10
_NOT_A_DISTRICT = re.compile(r"区(?=[域间块位别县划级内号])")
_NOT_A_CITY = re.compile(r"市(?=[场值况盈])")
_FIRM = ("short", "landmark", "alias", "full", "word")
_DIGIT_BEFORE = re.compile(r"[0-9]$")
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范"
    "方石姚谭廖邹熊金陆郝孔白崔康毛邱秦史顾侯邵孟龙万段雷钱汤尹黎常武乔贺赖龚文"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One name of a place in a text: what it may mean, and what its neighbours make of it."""

    field: Field
    start: int
    end: int
    word: str
    claims: tuple[Claim, ...]
    role: Role = ""
    before: str = ""
    after: str = ""

    def settled(self, *claims: Claim) -> Mention:
        """The same mention, known to mean just these."""
        return replace(self, claims=claims)

    def acting(self, role: Role) -> Mention:
        """The same mention in another role."""
        return replace(self, role=role)


class Reader:
    """Finds the names of one table."""

    def __init__(self, table: Table) -> None:
        words = [w for w in table if len(w) > 1]
        self._claims = [table[w] for w in words]
        self._automaton = AhoCorasick(words)

    def mentions(self, field: Field, text: str) -> list[Mention]:
        """The names in a folded text, the longest reading first, namesakes left out, in order."""
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        spans = [(start, end, self._claims[index]) for index, start, end in found]
        boundaries = _Boundaries(text)
        sound = [s for s in spans if not _unsound(s, text)]
        chosen = [s for s in _best_reading(sound, boundaries) if s[2]]
        sure = [
            s
            for i, s in enumerate(chosen)
            if _follows_superior(chosen[i - 1] if i else None, s) or not _chance(s, text, boundaries)
        ]
        return [_mention(field, text, s) for s in sure]


_Span = tuple[int, int, tuple[Claim, ...]]


def _unsound(span: _Span, text: str) -> bool:
    """X区域 is not X区; an area code inside a longer number is none."""
    start, end, claims = span
    if not claims:
        return False
    if claims[0].kind == "mark" and text[start] == "0":
        return bool(_DIGIT_BEFORE.search(text[:start][-1:])) or text[end : end + 1] not in (
            "-",
            "－",
            "—",
            "",
            " ",
            "）",
            ")",
        )
    return bool(_NOT_A_DISTRICT.match(text, end - 1) or _NOT_A_CITY.match(text, end - 1))


def _best_reading(spans: list[_Span], boundaries: _Boundaries) -> list[_Span]:
    """The names that do not overlap and cover most (海南+海口, not 南海), and cut no word (爬上+海口)."""
    if len(spans) < 2:
        return spans
    ordered = sorted(spans, key=lambda s: (s[1], -s[0]))
    ends = [s[1] for s in ordered]
    tangled = any(a[0] < b[0] < a[1] < b[1] for a, b in pairwise(sorted(spans)))
    best = [0.0]
    taken: list[bool] = []
    for i, span in enumerate(ordered):
        weight = _weight(span) - (0.3 if tangled and boundaries.cut(span[0], span[1]) else 0.0)
        total = best[bisect_right(ends, span[0], 0, i)] + weight
        taken.append(total > best[i] + 1e-9)
        best.append(max(total, best[i]))
    return _walk_back(ordered, ends, taken)


def _walk_back(ordered: list[_Span], ends: list[int], taken: list[bool]) -> list[_Span]:
    chosen: list[_Span] = []
    i = len(ordered)
    while i > 0:
        if taken[i - 1]:
            chosen.append(ordered[i - 1])
            i = bisect_right(ends, ordered[i - 1][0], 0, i - 1)
        else:
            i -= 1
    return chosen[::-1]


def _weight(span: _Span) -> float:
    start, end, claims = span
    ordinary = bool(claims) and all(c.kind in ("word", "shared") for c in claims)
    return (end - start) - (0.5 if ordinary else 0.1)


class _Boundaries:
    """Where the words of a text begin and end; segmented only when asked."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends: dict[int, int] | None = None

    def cut(self, start: int, end: int) -> bool:
        """Whether a word reaches from before into this stretch, or begins in it and ends after it."""
        if self._ends is None:
            import rjieba  # late: its dictionary takes a tenth of a second, and most texts never ask

            self._ends = {s: e for _, s, e in rjieba.tokenize(self._text)}
        at = start
        while at < end:
            if at not in self._ends:
                return True
            at = self._ends[at]
            if start < at < end < self._ends.get(at, end):
                return True
        return False


def _follows_superior(last: _Span | None, span: _Span) -> bool:
    """沈阳于洪: the city stands just before, whatever words the segmentation sees."""
    if last is None or last[1] != span[0]:
        return False
    return any(c.code.startswith(p.code) and c.code != p.code for p in last[2] for c in span[2])


def _chance(span: _Span, text: str, boundaries: _Boundaries) -> bool:
    """Whether two characters only meet by chance (征信都扫 is not 信都) or are a person's name (陈怀安)."""
    start, end, claims = span
    if end - start > 2 or any(len(c.code) <= 4 and c.kind in _FIRM for c in claims):
        return False
    district = all(len(c.code) > 4 for c in claims)
    return (district and _given_name(text, start)) or boundaries.cut(start, end)


def _given_name(text: str, start: int) -> bool:
    """A surname just before, with which the clause begins."""
    return text[start - 1 : start] in _SURNAMES and not text[max(0, start - 2) : start - 1].isalpha()


def _mention(field: Field, text: str, span: _Span) -> Mention:
    start, end, claims = span
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    role: Role = "" if claims[0].kind == "mark" else context(before, after)
    if role == "road" and text[end - 1] in "区县市省":  # 城区南大街 is in 城区
        role = ""
    return Mention(field, start, end, text[start:end], claims, role, before, after)
