"""The `crawl` role: claims the sources that are due, visits them, archives what they bring.

A source is claimed with a lease, so that several machines share the work and a killed visit is made again.
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from monitor import log, lookout
from monitor.clock import Clock, system_clock
from monitor.collecting import ended, prepare, visit_of
from monitor.daemon import BEGIN_ANEW, Life
from monitor.memory import resident_mb
from monitor.premises import InForce, current_digest, in_force, master_key, store_of
from monitor.settings import Station
from monitor.stages import archive
from monitor.store import documents, sources
from monitor.store.engine import Store
from monitor.store.types import AnyRow
from spiders.cadence import Plan, Profile, plan
from spiders.crawler import CrawlEngine, Outcome
from spiders.page import Page
from spiders.pool import ExtractionPool
from spiders.settings import CrawlSettings
from spiders.source import PUSHED

LOOK_SECONDS = 0.5
PLAN_EVERY = timedelta(minutes=5)
LATE = timedelta(minutes=2)
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
    running: dict[str, asyncio.Task[Outcome | None]] = field(default_factory=dict)
    pages: int = 0
    plan: Plan = field(default_factory=lambda: Plan(1.0))
    planned_at: datetime | None = None
    looked_at: datetime | None = None
    full_at: datetime | None = None

    @property
    def station(self) -> Station:
        """The station in force."""
        return self.force.station

    def detail(self) -> Mapping[str, Any]:
        """For the role's row."""
        visiting, memory = sorted(self.running)[:20], round(resident_mb())
        return {"revision": self.force.digest, "visiting": visiting, "pages": self.pages, "mb": memory}


def run(folder: Path, clock: Clock = system_clock) -> int:
    """Serve until told to end."""
    return asyncio.run(_serve(folder, clock))


async def once(
    store: Store, folder: Path, force: InForce, clock: Clock, only: str | None = None
) -> list[dict[str, Any]]:
    """One visit to every enabled source (or to that one), due or not; how each went."""
    wanted = [s.id for s in force.station.sources if (s.id == only if only else s.enabled)]
    with store.write() as conn:
        prepare(conn, force.station, clock())
        rows = [row for row in sources.listing(conn) if row.source in wanted]
    with ExtractionPool() as pool:
        crawl = _crawl(store, folder, force, clock, pool)
        async with crawl.engine:
            outcomes = await asyncio.gather(*(_visit(crawl, row) for row in rows))
    return [
        {
            "source": o.source_id,
            "status": o.status,
            "new": o.pages_new,
            "requests": o.requests,
            "reason": o.reason,
        }
        for o in outcomes
        if o is not None
    ]


def _crawl(store: Store, folder: Path, force: InForce, clock: Clock, pool: ExtractionPool) -> Crawl:
    own = force.station.crawl
    settings = CrawlSettings(contact=own.contact, station=force.station.domain, visits=own.concurrency)
    engine = CrawlEngine(settings, pool, clock)
    return Crawl(store, master_key(folder), force, clock, engine, f"crawl@{socket.gethostname()}")


async def _serve(folder: Path, clock: Clock) -> int:
    store = store_of(folder)
    force = in_force(store)
    with ExtractionPool() as pool:
        crawl = _crawl(store, folder, force, clock, pool)
        with Life("crawl", store, clock, crawl.detail) as life:
            async with crawl.engine:
                return await _rounds(crawl, life)


async def _rounds(crawl: Crawl, life: Life) -> int:
    """Visit what is due until told to end, or until a fresh process is wanted; the exit code."""
    with crawl.store.write() as conn:
        sources.release(conn, crawl.owner)
        prepare(conn, crawl.station, crawl.clock())
    while not life.stop.is_set() and not _bloated(crawl):
        await asyncio.to_thread(_follow_revision, crawl)
        _replan(crawl)
        await _look_over(crawl)
        for row in [] if crawl.full_at else _due(crawl):
            task = asyncio.create_task(_visit(crawl, row))
            crawl.running[row.source] = task
            task.add_done_callback(partial(_forget, crawl, row.source))
        await _pause(life)
    again = not life.stop.is_set()
    await _drain(crawl)
    return BEGIN_ANEW if again else 0


def _bloated(crawl: Crawl) -> bool:
    """Above the limit no visit is begun; the process ends when those under way are over, or late."""
    now = crawl.clock()
    if crawl.full_at is None and resident_mb() > crawl.station.crawl.memory_mb:
        crawl.full_at = now
        _log.warning("crawl.memory", mb=round(resident_mb()), limit=crawl.station.crawl.memory_mb)
    return crawl.full_at is not None and (not crawl.running or now - crawl.full_at > LATE)


def _forget(crawl: Crawl, source: str, task: asyncio.Task[Outcome | None]) -> None:
    crawl.running.pop(source, None)
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.error("visit.broken", source=source, error=repr(error))


async def _pause(life: Life) -> None:
    until = time.monotonic() + LOOK_SECONDS
    while not life.stop.is_set() and time.monotonic() < until:
        await asyncio.sleep(0.1)


async def _drain(crawl: Crawl) -> None:
    """Visits in progress are dropped: what they archived stays, the rest is fetched again."""
    tasks = list(crawl.running.values())
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    with crawl.store.write() as conn:
        sources.release(conn, crawl.owner)


def _follow_revision(crawl: Crawl) -> None:
    if current_digest(crawl.store) == crawl.force.digest:
        return
    crawl.force = in_force(crawl.store)
    with crawl.store.write() as conn:
        prepare(conn, crawl.station, crawl.clock())
    _log.info("crawl.revision", digest=crawl.force.digest[:12])


def _replan(crawl: Crawl) -> None:
    """Share the budget of looks among the sources by what was learned of each."""
    now = crawl.clock()
    if crawl.planned_at is not None and now - crawl.planned_at < PLAN_EVERY:
        return
    with crawl.store.read() as conn:
        past = {row.source: (row.memory or {}).get("profile") for row in sources.listing(conn)}
    wanted = [source for source in crawl.station.sources if source.enabled and source.cadence.adaptive]
    if wanted:
        profiles = [Profile.from_json(past.get(source.id)) for source in wanted]
        crawl.plan = plan(
            profiles, crawl.station.crawl.looks_per_minute, [source.cadence for source in wanted]
        )
    crawl.planned_at = now


async def _look_over(crawl: Crawl) -> None:
    """Every so often: which sources are silent, changed, stuck or late."""
    now = crawl.clock()
    if crawl.looked_at is not None and now - crawl.looked_at < lookout.EVERY:
        return
    crawl.looked_at = now
    alive = crawl.engine.signs_of_life()
    await asyncio.to_thread(lookout.look_over, crawl.store, crawl.station, crawl.plan, alive, now)


def _due(crawl: Crawl) -> list[AnyRow]:
    free = crawl.station.crawl.concurrency - len(crawl.running)
    own = [s.id for s in crawl.station.sources if s.enabled and s.kind not in PUSHED]
    wanted = [ident for ident in own if ident not in crawl.running]
    if free <= 0 or not wanted:
        return []
    now = crawl.clock()
    with crawl.store.read() as conn:
        if not sources.any_due(conn, wanted, now):
            return []
    with crawl.store.write(durable=False) as conn:
        return list(sources.claim(conn, crawl.owner, wanted, now, free))


async def _visit(crawl: Crawl, row: AnyRow) -> Outcome | None:
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
