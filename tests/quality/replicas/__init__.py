"""Replicas of saved pages, written from knowledge of how Chinese sites are built, before the reader saw them.

`WORK` may be looked at while the extractor is improved; of `REPORT` only the figures are read.
"""

from __future__ import annotations

import hashlib

from tests.quality.replicas import lists, local, portals, social
from tests.quality.replicas.furniture import Replica

ALL: tuple[Replica, ...] = (*portals.ALL, *local.ALL, *social.ALL, *lists.ALL)


def _order(replica: Replica) -> str:
    return hashlib.sha256(replica.name.encode()).hexdigest()


def _half(pages: tuple[Replica, ...], which: int) -> tuple[Replica, ...]:
    return tuple(sorted(pages, key=_order)[which::2])


ARTICLES = tuple(r for r in ALL if r.kind != "list")
LISTS = tuple(r for r in ALL if r.kind == "list")
WORK = _half(ARTICLES, 0) + _half(LISTS, 0)
REPORT = _half(ARTICLES, 1) + _half(LISTS, 1)
