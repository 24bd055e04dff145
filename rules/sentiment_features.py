"""How a text becomes features: n-grams of one to three characters, an emoticon such as [泪] being one, and
words. Each counts once however often it occurs."""

from __future__ import annotations

import re
from itertools import pairwise

import rjieba

LONGEST = 1500
"""Of a long text only so many characters are read; its mood is set early."""
WORD = "_"
"""Marks a feature that is a whole word rather than a piece of text."""

_URL = re.compile(r"(?:https?://|t\.cn/)[\w./?=&%#:~+-]+")
_MENTION = re.compile(r"@[\w\-一-鿿]{1,30}")
_EMOTICON = re.compile(r"\[[^\[\]\s]{1,8}\]")
_DIGITS = re.compile(r"\d+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BLANK = re.compile(r"\s+")


def clean(text: str) -> str:
    """Lower case, numbers as 0, addresses and names of accounts left out, blanks made one."""
    text = _SURROGATE.sub("\ufffd", text[: 2 * LONGEST].lower())
    text = _MENTION.sub("@", _URL.sub("", text))
    return _BLANK.sub(" ", _DIGITS.sub("0", text)).strip()[:LONGEST]


def features(text: str) -> set[str]:
    """The features of a text."""
    cleaned = clean(text)
    found: set[str] = set()
    if "[" in cleaned:
        units, plain = _units(cleaned)
        found.update(units)
        found.update(a + b for a, b in pairwise(units))
        found.update(map("".join, zip(units, units[1:], units[2:], strict=False)))
    else:
        plain = cleaned
        found.update(cleaned)
        pairs = list(map(str.__add__, cleaned, cleaned[1:]))
        found.update(pairs)
        found.update(map(str.__add__, pairs, cleaned[2:]))
    found.update(WORD + w for w in rjieba.cut(plain) if len(w) > 1)
    return found


def unit_count(feature: str) -> int:
    """How many characters a piece has, an emoticon being one."""
    return len(_EMOTICON.sub("e", feature))


def _units(cleaned: str) -> tuple[list[str], str]:
    """The characters, an emoticon being one; and the text without emoticons."""
    units: list[str] = []
    last = 0
    for match in _EMOTICON.finditer(cleaned):
        units.extend(cleaned[last : match.start()])
        units.append(match.group())
        last = match.end()
    units.extend(cleaned[last:])
    return units, _EMOTICON.sub(" ", cleaned)
