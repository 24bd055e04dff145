"""How a text becomes features: character n-grams over units, where an emoticon such as [泪] is one unit."""

from __future__ import annotations

import re
from collections import Counter

MAX_N = 4
MAX_UNITS = 1500
"""Of a long text only so many characters are read; mood is set early."""

_URL = re.compile(r"(?:https?://|t\.cn/)[\w./?=&%#:~+-]+")
_MENTION = re.compile(r"@[\w\-一-鿿]{1,30}")
_EMOTICON = re.compile(r"\[[^\[\]\s]{1,8}\]")
_DIGITS = re.compile(r"\d+")
_BLANK = re.compile(r"\s+")


def clean(text: str) -> str:
    """Lower case, numbers as 0, addresses and names of accounts left out, blanks made one."""
    text = _MENTION.sub("@", _URL.sub("", text.lower()))
    return _BLANK.sub(" ", _DIGITS.sub("0", text)).strip()


def units(text: str) -> list[str]:
    """The characters of a cleaned text, an emoticon being one."""
    if "[" not in text:
        return list(text[:MAX_UNITS])
    found: list[str] = []
    last = 0
    for match in _EMOTICON.finditer(text):
        found.extend(text[last : match.start()])
        found.append(match.group())
        last = match.end()
    found.extend(text[last:])
    return found[:MAX_UNITS]


def grams(text: str) -> Counter[str]:
    """The n-grams of a text (n from 1 to 4) with their counts."""
    parts = units(clean(text))
    counts = Counter(parts)
    for n in range(2, MAX_N + 1):
        counts.update(map("".join, zip(*(parts[i:] for i in range(n)), strict=False)))
    return counts
