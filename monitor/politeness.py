"""One politeness for the whole station: the gate of each site lies in the database.

Crawl roles on any machine, pasted links and trials at a terminal all ask it before each request, so that no
site gets two requests at once or sooner than its gap, whoever wants something of it.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import Connection

from monitor.clock import Clock
from monitor.store import sites
from monitor.store.engine import Store

YIELD_SECONDS = 0.2
_T = TypeVar("_T")


class SiteGate:
    """As `spiders.turns.Gate`: enter and leave one site at a time.

    `hurried` is for what a person waits for: the others come a moment later to a door that opens for both.
    """

    def __init__(self, store: Store, clock: Clock, *, hurried: bool = False) -> None:
        self._store, self._clock, self._hurried = store, clock, hurried
        self.owner = f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"

    async def enter(self, site: str, hold: float) -> None:
        """Wait for the site and hold it. A caller who goes away while asking gives it back."""
        asked = timedelta(seconds=hold)

        def ask(conn: Connection, now: datetime) -> timedelta:
            return sites.enter(conn, site[:255], self.owner, asked, now)

        while True:
            asking = asyncio.ensure_future(asyncio.to_thread(self._write, ask))
            try:
                wait = await asyncio.shield(asking)
            except asyncio.CancelledError:
                if not await asking:
                    await self.leave(site, 0.0)
                raise
            if not wait:
                return
            await asyncio.sleep(self._pause(wait.total_seconds()))

    async def leave(self, site: str, gap: float) -> None:
        """Give it back and keep everybody away for `gap` seconds."""

        def give(conn: Connection, now: datetime) -> None:
            sites.leave(conn, site[:255], self.owner, timedelta(seconds=gap), now)

        await asyncio.shield(asyncio.to_thread(self._write, give))

    def _pause(self, seconds: float) -> float:
        return seconds if self._hurried else seconds + min(YIELD_SECONDS, seconds / 10)

    def _write(self, work: Callable[[Connection, datetime], _T]) -> _T:
        with self._store.write(durable=False) as conn:
            return work(conn, self._clock())
