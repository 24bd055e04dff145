"""How rare a piece of text is in Chinese public talk: inverse document frequency of 1–3 characters.

The table was counted over some hundred thousand headlines, sentences and posts; it holds, for each number of
a piece (rules.pieces), eighths of ln(N / (df + ½)); 0 where nothing common falls. See lexicons/PROVENANCE.md.
"""

from __future__ import annotations

import lzma
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rules.pieces import number

PARTS = 8
UNSEEN = 11.0  # of what was seen less than three times


@cache
def table() -> NDArray[np.uint8]:
    """By number: eighths of rarity, 0 for the unseen."""
    packed = (Path(__file__).parent / "lexicons" / "rarity.bin.xz").read_bytes()
    return np.frombuffer(lzma.decompress(packed), np.uint8)


@lru_cache(65536)
def rarity(gram: str) -> float:
    """ln of how many texts one has to read to meet it, 0 to 11."""
    return int(table()[number(gram)]) / PARTS or UNSEEN if gram else 0.0
