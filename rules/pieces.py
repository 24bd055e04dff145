"""Pieces of text, one to three characters long, by number: a text becomes a short sorted array.

Numbers have 22 bits and are the upper bits of multiplied code points, so that a whole text is numbered in a
few array operations. The lowest bit tells single characters from longer pieces.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import numpy as np
from numpy.typing import NDArray

BITS: Final = 22
SLOTS: Final = 1 << BITS
_FACTORS: Final = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D)  # odd, without pattern
_COLUMN: Final = np.array(_FACTORS, np.uint32)[:, None]
_WORD: Final = 0xFFFFFFFF
_SPARE: Final = 32 - BITS
_SHIFT, _LONGER, _SINGLE = np.uint32(_SPARE), np.uint32(_WORD - 1), np.uint32(1)
_OTHER = re.compile(r"[\W_]+")

Numbers = NDArray[np.uint32]


def plain(text: str) -> str:
    """Letters, digits and characters only, width and case folded."""
    return _OTHER.sub("", unicodedata.normalize("NFKC", text).lower())


def code_points(text: str) -> Numbers:
    """The characters of a text as numbers."""
    return np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)


def number(piece: str) -> int:
    """The number of one piece of one to three characters."""
    total = sum(ord(c) * f for c, f in zip(piece, _FACTORS, strict=False)) & _WORD
    return (total >> _SPARE & ~1) | (len(piece) == 1)


def numbers(plain_text: str) -> Numbers:
    """The numbers of all pieces, in order of place, singles first; a piece said twice stands twice."""
    points = code_points(plain_text)
    parts = _COLUMN * points
    pairs = parts[0, :-1] + parts[1, 1:]
    all_of_them: Numbers = np.concatenate((parts[0], pairs, pairs[:-1] + parts[2, 2:]))
    all_of_them >>= _SHIFT
    all_of_them &= _LONGER
    all_of_them[: len(points)] |= _SINGLE
    return all_of_them


def piece_at(plain_text: str, place: int) -> str:
    """The piece at that place of `numbers`."""
    start, n = place, 1
    while start >= len(plain_text) - n + 1:
        start -= len(plain_text) - n + 1
        n += 1
    return plain_text[start : start + n]


def each_once(found: Numbers) -> Numbers:
    """Sorted, without repetition: `np.unique` for short arrays."""
    ordered = np.sort(found)
    kept = np.empty(len(ordered), bool)
    kept[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=kept[1:])
    once: Numbers = ordered[kept]
    return once
