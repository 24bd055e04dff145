"""One visit of the crawl role: the source's row in, pages in the archive, the row as it stands after.

What the visit archived stays when it is cut short; the rest is fetched again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from monitor import log
from monitor.clock import Clock
from monitor.collecting import ended, visit_of
from monitor.memory import resident_mb
from monitor.premises import InForce
from monitor.settings import Station
from monitor.stages import archive
from monitor.store import documents
from monitor.store.engine import Store
from monitor.store.types import AnyRow
from spiders.cadence import Plan
from spiders.crawler import CrawlEngine, Outcome
from spiders.page import Page

_log = log.logger(__name__)


@dataclass
class Crawl:
    """What the role knows while it runs."""

    store: Store
    key: bytes
    force: InForce
    clock: Clock
    engine: CrawlEngine
    owner: str
    running: dict[str, asyncio.Task[Any]] = field(default_factory=dict)
    pages: int = 0
    plan: Plan = field(default_factory=lambda: Plan(1.0))
    planned_at: datetime | None = None
    looked_at: datetime | None = None
    full_at: datetime | None = None
    renewed_at: datetime | None = None

    @property
    def station(self) -> Station:
        """The station in force."""
        return self.force.station

    def detail(self) -> Mapping[str, Any]:
        """For the role's row."""
        visiting, memory = sorted(self.running)[:20], round(resident_mb())
        return {"revision": self.force.digest, "visiting": visiting, "pages": self.pages, "mb": memory}


async def visit(crawl: Crawl, row: AnyRow) -> Outcome | None:
    """Make one visit and keep what it brings; None when the source is no longer in force."""
    source = crawl.station.source(row.source)
    if source is None:
        return None
    waiting: list[Page] = []

    async def take(page: Page) -> None:
        waiting.append(page)
        if len(waiting) >= archive.BATCH:
            await _archive(crawl, waiting)

    outcome = await crawl.engine.visit(visit_of(crawl.store, source, row, crawl.clock()), take)
    await _archive(crawl, waiting)
    await asyncio.to_thread(_finish, crawl, row, outcome)
    return outcome


async def _archive(crawl: Crawl, waiting: list[Page]) -> None:
    pages, waiting[:] = list(waiting), []
    if pages:
        kept = await asyncio.to_thread(archive.keep, crawl.store, crawl.key, pages, crawl.clock())
        crawl.pages += kept.new
        _log.info("archive.kept", source=pages[0].source, new=kept.new, changed=kept.changed, seen=kept.seen)


def _finish(crawl: Crawl, row: AnyRow, outcome: Outcome) -> None:
    now = crawl.clock()
    source = crawl.station.source(row.source)
    if source is None:
        return
    with crawl.store.write(durable=False) as conn:
        ended(conn, source, row, outcome, crawl.plan, now)
        documents.mark_gone(conn, documents.keys_of(outcome.gone), now)
    _log.info(
        "visit.done", source=source.id, status=outcome.status, new=outcome.pages_new, reason=outcome.reason
    )
