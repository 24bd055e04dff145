"""Several crawl roles on one PostgreSQL: procrastinate hands each due source to whichever is free.

Every role hands out what is due and takes what it can. A job names a source, nothing more: the row in
`source_state` says whether the visit is still wanted, so a job that comes twice is a visit made once. Jobs of
one site share a lock. A role that dies leaves its jobs `doing`; the others give them out again when its
heart has not beaten for half a minute.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from procrastinate import App, PsycopgConnector
from procrastinate.jobs import DeleteJobCondition
from procrastinate.worker import Worker

from monitor import log
from monitor.store import jobs, sources
from monitor.store.engine import Store

BEAT_SECONDS = 5.0
STALLED_SECONDS = 30.0
STALLED_EVERY = timedelta(seconds=10)
AT_ONCE = 200
_log = log.logger(__name__)


class FleetBroken(RuntimeError):
    """The worker has ended by itself (the database went away): the role begins anew."""


class Fleet:
    """This role's part in the fleet, as an async context: `visit` is called for each job it takes."""

    def __init__(
        self, store: Store, owner: str, concurrency: int, visit: Callable[[str], Awaitable[None]]
    ) -> None:
        address = store.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        path = {"options": f"-c search_path={jobs.SCHEMA}"}
        self._app = App(connector=PsycopgConnector(conninfo=address, kwargs=path, min_size=1, max_size=4))

        @self._app.task(name=jobs.TASK, queue=jobs.QUEUE)
        async def run(source: str) -> None:
            await visit(source)

        self._store, self._owner, self._concurrency = store, owner, concurrency
        self._looked_at: datetime | None = None

    async def __aenter__(self) -> Fleet:
        await self._app.open_async()
        self._worker = Worker(
            self._app,
            queues=[jobs.QUEUE],
            name=self._owner,
            concurrency=self._concurrency,
            delete_jobs=DeleteJobCondition.ALWAYS,
            install_signal_handlers=False,
            update_heartbeat_interval=BEAT_SECONDS,
            stalled_worker_timeout=STALLED_SECONDS,
        )
        self._working = asyncio.create_task(self._worker.run())  # type: ignore[no-untyped-call]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._worker.shutdown_graceful_timeout = 0
        self.take_no_more()
        with contextlib.suppress(asyncio.CancelledError):
            await self._working
        await self._app.close_async()

    def take_no_more(self) -> None:
        """Finish what is under way and begin nothing."""
        self._worker.stop()  # type: ignore[no-untyped-call]

    async def spread(self, sites: Mapping[str, str], now: datetime) -> None:
        """Hand out what is due; give out again what a dead role had taken. Raises FleetBroken."""
        if self._working.done():
            raise FleetBroken(repr(self._working.exception()))
        await asyncio.to_thread(self._hand_out, sites, now)
        if self._looked_at is None or now - self._looked_at >= STALLED_EVERY:
            self._looked_at = now
            await self._retry_stalled()

    def _hand_out(self, sites: Mapping[str, str], now: datetime) -> None:
        with self._store.read() as conn:
            if not sources.any_due(conn, list(sites), now):
                return
        with self._store.write(durable=False) as conn:
            jobs.hand_out(conn, sites, now, AT_ONCE)

    async def _retry_stalled(self) -> None:
        manager = self._app.job_manager
        for job in await manager.get_stalled_jobs(queue=jobs.QUEUE, seconds_since_heartbeat=STALLED_SECONDS):
            _log.warning("visit.stalled", source=job.task_kwargs.get("source"), job=job.id)
            await manager.retry_job(job)
