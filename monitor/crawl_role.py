"""The `crawl` role: takes the sources that are due, visits them, archives what they bring.

On SQLite it claims them with a lease, so that a killed visit is made again; on PostgreSQL the roles of
several machines share them by `monitor.fleet`. Either way each request asks the gate of its site
(`monitor.politeness`).
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monitor import log, lookout
from monitor.clock import Clock, system_clock
from monitor.collecting import prepare
from monitor.daemon import BEGIN_ANEW, Life
from monitor.memory import resident_mb
from monitor.politeness import SiteGate
from monitor.premises import InForce, current_digest, in_force, master_key, store_of
from monitor.store import sites, sources
from monitor.store.engine import Store
from monitor.store.types import AnyRow
from monitor.visiting import Crawl, visit
from spiders.cadence import Profile, plan
from spiders.crawler import CrawlEngine, Outcome
from spiders.fetcher import site_of
from spiders.pool import ExtractionPool
from spiders.settings import CrawlSettings
from spiders.source import PUSHED

if TYPE_CHECKING:
    from monitor.fleet import Fleet

LOOK_SECONDS = 0.5
PLAN_EVERY = timedelta(minutes=5)
LATE = timedelta(minutes=2)
RENEW_EVERY = timedelta(minutes=1)
FORGET_SITES = timedelta(days=1)
_log = log.logger(__name__)


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
            outcomes = await asyncio.gather(*(visit(crawl, row) for row in rows))
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
    gate = SiteGate(store, clock)
    engine = CrawlEngine(settings, pool, clock, gate=gate)
    # on one machine the next process is the heir of this one's leases; in a fleet it is another role
    owner = f"crawl@{socket.gethostname() if store.is_sqlite else gate.owner}"
    return Crawl(store, master_key(folder), force, clock, engine, owner)


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
        sites.forget(conn, crawl.clock() - FORGET_SITES)
    async with _hands(crawl) as begin_due:
        while not life.stop.is_set() and not _bloated(crawl):
            await asyncio.to_thread(_follow_revision, crawl)
            _replan(crawl)
            await _look_over(crawl)
            await _renew(crawl)
            await begin_due()
            await _pause(life)
        again = not life.stop.is_set()
        await _drain(crawl)
    return BEGIN_ANEW if again else 0


@asynccontextmanager
async def _hands(crawl: Crawl) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """What begins the visits that are due: this process by itself, or the fleet it belongs to."""
    if crawl.store.is_sqlite:
        yield partial(_begin_own, crawl)
        return
    from monitor.fleet import Fleet  # only where it is needed: procrastinate takes its time to import

    concurrency = crawl.station.crawl.concurrency
    async with Fleet(crawl.store, crawl.owner, concurrency, partial(_handed, crawl)) as fleet:
        yield partial(_share, crawl, fleet)


async def _begin_own(crawl: Crawl) -> None:
    for row in [] if crawl.full_at else _due(crawl):
        task = asyncio.create_task(visit(crawl, row))
        crawl.running[row.source] = task
        task.add_done_callback(partial(_forget, crawl, row.source))


async def _share(crawl: Crawl, fleet: Fleet) -> None:
    if crawl.full_at:
        fleet.take_no_more()
        return
    locks = {
        s.id: site_of(s.url) or s.id for s in crawl.station.sources if s.enabled and s.kind not in PUSHED
    }
    await fleet.spread(locks, crawl.clock())


async def _handed(crawl: Crawl, source: str) -> None:
    """A job of the fleet: the visit, if its source's row still wants one."""
    if source in crawl.running:  # our heart was late, and the job was given out again
        return
    row = await asyncio.to_thread(_take, crawl, source)
    if row is None or (task := asyncio.current_task()) is None:
        return
    crawl.running[source] = task
    try:
        await visit(crawl, row)
    finally:
        crawl.running.pop(source, None)


def _take(crawl: Crawl, source: str) -> AnyRow | None:
    with crawl.store.write(durable=False) as conn:
        return sources.take(conn, source, crawl.owner, crawl.clock())


async def _renew(crawl: Crawl) -> None:
    """A visit may last longer than a lease."""
    now = crawl.clock()
    if not crawl.running or (crawl.renewed_at and now - crawl.renewed_at < RENEW_EVERY):
        return
    crawl.renewed_at = now
    await asyncio.to_thread(_renew_leases, crawl, tuple(crawl.running), now)


def _renew_leases(crawl: Crawl, running: Sequence[str], now: datetime) -> None:
    with crawl.store.write(durable=False) as conn:
        sources.renew(conn, crawl.owner, running, now)


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
