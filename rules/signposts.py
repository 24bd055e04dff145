"""Which happenings show a piece of text: a fixed table of the latest few for each, old ones overwritten.

A wrong lead costs one comparison; so nothing is ever taken out.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rules.pieces import BITS, Numbers

_WIDE = 8  # happenings remembered at a signpost
_MERGED = 3  # bits: eight numbers share a signpost
MOST_HAPPENINGS = 65_535


class Signposts:
    """Leads from pieces to happenings, which are known by small numbers above 0."""

    def __init__(self) -> None:
        size = 1 << (BITS - _MERGED)
        self._posts = np.zeros((size, _WIDE), np.uint16)
        self._turn = np.zeros(size, np.uint8)

    def put(self, pieces: Numbers, happening: int) -> None:
        """Lead from these pieces to a happening."""
        posts = pieces >> np.uint32(_MERGED)
        new = posts[~(self._posts[posts] == happening).any(axis=1)]
        self._posts[new, self._turn[new] % _WIDE] = happening
        self._turn[new] += 1

    def followed(self, pieces: Numbers, most: int) -> list[int]:
        """The happenings that most of these pieces lead to, at most so many."""
        leads: NDArray[np.uint16] = self._posts.take(pieces >> np.uint32(_MERGED), axis=0).ravel()
        ordered = np.sort(leads[leads > 0])
        if not len(ordered):
            return []
        begins = np.concatenate(([0], np.flatnonzero(ordered[1:] != ordered[:-1]) + 1))
        if len(begins) > most:
            votes = np.diff(begins, append=len(ordered))
            begins = begins[np.argpartition(votes, -most)[-most:]]
        return [int(happening) for happening in ordered[begins]]
