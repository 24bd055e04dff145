"""Replicas of saved pages, written from knowledge of how Chinese sites are built.

`ALL` was written before the extractor was fitted to any of it, `MORE` afterwards. `WORK` may be looked at
while the extractor is improved; of `REPORT` only the figures are read.
"""

from __future__ import annotations

import hashlib

from tests.quality.replicas import lists, local, more, portals, social
from tests.quality.replicas.furniture import Replica

ALL: tuple[Replica, ...] = (*portals.ALL, *local.ALL, *social.ALL, *lists.ALL)
MORE: tuple[Replica, ...] = more.ALL


def _order(replica: Replica) -> str:
    return hashlib.sha256(replica.name.encode()).hexdigest()


def _half(pages: tuple[Replica, ...], which: int) -> tuple[Replica, ...]:
    return tuple(sorted(pages, key=_order)[which::2])


def _halves(which: int) -> tuple[Replica, ...]:
    kinds = (
        (r for r in pages if (r.kind == "list") is listed)
        for pages in (ALL, MORE)
        for listed in (False, True)
    )
    return tuple(r for group in kinds for r in _half(tuple(group), which))


WORK, REPORT = _halves(0), _halves(1)
ARTICLES = tuple(r for r in (*ALL, *MORE) if r.kind != "list")
LISTS = tuple(r for r in (*ALL, *MORE) if r.kind == "list")
