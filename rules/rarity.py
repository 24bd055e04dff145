"""How rare a piece of text is in Chinese public talk: inverse document frequency of 1–3 characters.

The table was counted over some hundred thousand headlines, sentences and posts; it holds, for each slot of
a 20-bit CRC-32, sixteenths of ln(N / (df + ½)); 0 where nothing common falls. See lexicons/PROVENANCE.md.
"""

from __future__ import annotations

import lzma
from functools import cache
from pathlib import Path
from zlib import crc32

_SLOTS = 0xFFFFF
UNSEEN = 11.0  # of what was seen less than three times


@cache
def _table() -> bytes:
    return lzma.decompress((Path(__file__).parent / "lexicons" / "rarity.bin.xz").read_bytes())


def rarity(gram: str) -> float:
    """ln of how many texts one has to read to meet it, 0 to 11."""
    return _table()[crc32(gram.encode("utf-8", "replace")) & _SLOTS] / 16 or UNSEEN
