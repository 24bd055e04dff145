"""Text made fit for matching, with the way back to the original.

Most of what is done keeps the number of characters (width, case, Traditional → Simplified, look-alikes), so
offsets stay; only marks and blanks put inside words are taken out, and then a table of offsets leads back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rules.verdict import Text

LONGEST = 100_000  # characters of a text that are read; beyond it nothing changes a verdict but the time
LEXICONS = Path(__file__).parent / "lexicons"

# Stand-ins used to slip past word filters, one for one.
_LOOK_ALIKES = str.maketrans(
    "氺沝栤莪伱沵囻厶仩丅吥冇咑峎啲丄丅囗甴罓亼厷妑",
    "水水冰我你你国私上下不有打狼的上下口由网人公怕",
)
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff\ufe0e\ufe0f"
)
_MARKS = r"*.·•_~^|/+#&\-"
_RUN = re.compile(rf"[ \t\u00a0{_INVISIBLE}{_MARKS}]+")
_ONLY_INVISIBLE = re.compile(rf"[{_INVISIBLE}]+")
_MARKED = re.compile(rf"[ \t\u00a0{_INVISIBLE}{_MARKS}]")
_SPELT = re.compile(r"[政警拆停死自][a-z]")
_MIXED = re.compile(r"[a-z]{2,4}")
_LONGEST_RUN = 4
_PINYIN = {
    "政fu": "府",
    "警cha": "察",
    "拆qian": "迁",
    "停shui": "水",
    "停dian": "电",
    "死wang": "亡",
    "自sha": "杀",
}
# The usual ones first, each by a plain replacement: the table of the whole plane is slow to walk through.
_USUAL = tuple((mark, unicodedata.normalize("NFKC", mark)) for mark in "，：！？（）；")


Cut = tuple[int, int, str]
"""From where to where something was put inside a word, and what stands there instead."""


class Squeezed(NamedTuple):
    """A stretch with inserted marks taken out. `offsets[i]` is where `text[i]` stood in the original."""

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of `text` in code points of the original, end exclusive."""
        return self.offsets[start], self.offsets[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Plain:
    """One field, normalised. `cuts`, in order, are what may have been put inside words.

    The field is read without them besides `text`, never instead of it, because a blank also ends a clause.
    """

    text: str
    cuts: Sequence[Cut] = ()

    def squeezed(self, reach: int) -> Iterator[Squeezed]:
        """The stretches around what is taken out, each going so many characters beyond."""
        first = 0
        for last, cut in enumerate(self.cuts):
            following = self.cuts[last + 1][0] if last + 1 < len(self.cuts) else len(self.text)
            if following - cut[1] > reach or last + 1 == len(self.cuts):
                before = self.cuts[first - 1][1] if first else 0
                begin = max(before, self.cuts[first][0] - reach)
                yield _squeezed(self.text, begin, min(following, cut[1] + reach), self.cuts[first : last + 1])
                first = last + 1


@dataclass(frozen=True, slots=True)
class Normalised:
    """The fields of one Text, normalised."""

    title: Plain
    text: Plain
    media: Plain

    def field(self, number: int) -> Plain:
        """Title, text or media, by the numbers that matching uses."""
        return (self.title, self.text, self.media)[number]


EMPTY = Plain("")


def normalise(text: Text) -> Normalised:
    """All fields of a text, of each the first LONGEST characters."""
    return Normalised(
        plain(text.title[:LONGEST]) if text.title else EMPTY,
        plain(text.text[:LONGEST]) if text.text else EMPTY,
        plain(text.media[:LONGEST]) if text.media else EMPTY,
    )


def plain(original: str) -> Plain:
    """One field, normalised; see the module's docstring."""
    text = fold(original)
    return Plain(text, _cuts(text)) if _suspect(text) else Plain(text)


def _suspect(text: str) -> bool:
    """Whether something may have been put inside a word."""
    return bool(_MARKED.search(text) or _SPELT.search(text))


def fold(text: str) -> str:
    """The one-for-one changes alone: how literals, and the texts they are looked for in, are written."""
    search = _changing().search
    if search(text) is None:
        return text
    for mark, plainly in _USUAL:
        text = text.replace(mark, plainly)
    return text.translate(_table()) if search(text) else text


@cache
def _changing() -> re.Pattern[str]:
    """Any character that the table changes."""
    codes = (f"\\u{code:04x}" for code, char in enumerate(_table()) if char != chr(code))
    return re.compile(f"[{''.join(codes)}]")


def _squeezed(text: str, begin: int, end: int, cuts: Sequence[Cut]) -> Squeezed:
    pieces: list[str] = []
    offsets: list[int] = []
    for start, stop, instead in cuts:
        pieces += text[begin:start], instead
        offsets += range(begin, start)
        if instead:
            offsets.append(start)
        begin = stop
    pieces.append(text[begin:end])
    offsets += range(begin, end)
    return Squeezed("".join(pieces), offsets)


def _cuts(text: str) -> list[Cut]:
    """What to take out, and what to put instead."""
    cuts = [(m.start(), m.end(), "") for m in _RUN.finditer(text) if _inserted(text, m.start(), m.end())]
    for m in _MIXED.finditer(text):
        instead = _PINYIN.get(text[m.start() - 1 : m.end()])
        if instead:
            cuts.append((m.start(), m.end(), instead))
    return sorted(cuts)


def _inserted(text: str, start: int, end: int) -> bool:
    """Whether a run of marks stands inside a word: between two Chinese characters, or is invisible."""
    if start > 0 and end < len(text) and _chinese(text[start - 1]) and _chinese(text[end]):
        return end - start <= _LONGEST_RUN or _ONLY_INVISIBLE.fullmatch(text, start, end) is not None
    return _ONLY_INVISIBLE.fullmatch(text, start, end) is not None


def _chinese(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"


def changes(original: str, start: int, end: int) -> tuple[str, ...]:
    """What had to be normalised for this stretch of the original to match, in Chinese, for `why`."""
    piece = original[start:end]
    if fold(piece) == piece and not _suspect(piece):
        return ()
    found = []
    if any(unicodedata.east_asian_width(c) == "F" for c in piece):
        found.append("全角转半角")
    if any("A" <= c <= "Z" for c in piece):
        found.append("大写转小写")
    if any(ord(c) in _traditional() for c in piece):
        found.append("繁体转简体")
    if any(ord(c) in _LOOK_ALIKES for c in piece):
        found.append("形近字还原")
    cuts = _cuts(fold(piece))
    if any(not instead for *_, instead in cuts):
        found.append("去除夹入的空格或符号")
    if any(instead for *_, instead in cuts):
        found.append("拼音还原")
    return tuple(found)


@cache
def _traditional() -> dict[int, str]:
    body = (LEXICONS / "traditional.txt").read_text(encoding="utf-8")
    pairs = "".join(line for line in body.splitlines() if not line.startswith("#"))
    return {ord(pairs[i]): pairs[i + 1] for i in range(0, len(pairs), 2)}


@cache
def _table() -> list[str]:
    """Every one-for-one change: compatibility forms, lower case, simplified, look-alikes, stray controls.

    A full list of the plane, because str.translate asks a list without raising, and so twice as fast.
    """
    table = [chr(code) for code in range(0x10000)]
    for code in (*range(0x20, 0x250), *range(0x2000, 0x3300), *range(0xFE10, 0x10000)):
        folded = unicodedata.normalize("NFKC", chr(code)).lower()
        if len(folded) == 1:
            table[code] = folded
    for code, char in _traditional().items():
        table[code] = char
    for code, number in _LOOK_ALIKES.items():
        table[code] = chr(number)
    for code in (*range(0x20), *range(0x7F, 0xA0)):
        if code not in (0x09, 0x0A):
            table[code] = " "
    table[0xD800:0xE000] = ["\ufffd"] * 0x800
    return table
