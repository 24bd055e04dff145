"""Whose turn it is at a site: one request at a time, the gap after each, for all that goes there.

A process keeps its own line for each site. Several processes (crawl roles, a pasted link, `source try`)
share one politeness through a `Gate` that all of them ask; without one a process keeps to its own.
The gap runs from the end of one answer to the beginning of the next request.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Protocol

_FORGET_ABOVE = 1000


class Gate(Protocol):
    """The door of each site, the same for all who pass it."""

    async def enter(self, site: str, hold: float) -> None:
        """Wait until the site may be asked, then hold it: `hold` seconds at most, lest a crash keep it."""

    async def leave(self, site: str, gap: float) -> None:
        """Give it back; nobody may enter for `gap` seconds."""


class OwnGate:
    """The door as one process alone keeps it."""

    def __init__(self) -> None:
        self._free_at: dict[str, float] = {}

    async def enter(self, site: str, hold: float) -> None:
        """As the protocol says; the line before the gate already keeps others out."""
        wait = self._free_at.get(site, 0.0) - asyncio.get_running_loop().time()
        if wait > 0:
            await asyncio.sleep(wait)

    async def leave(self, site: str, gap: float) -> None:
        """As the protocol says."""
        now = asyncio.get_running_loop().time()
        if len(self._free_at) > _FORGET_ABOVE:
            self._free_at = {name: at for name, at in self._free_at.items() if at > now}
        self._free_at[site] = now + gap


class Turns:
    """This process's line for each site, before the gate."""

    def __init__(self, gate: Gate | None = None) -> None:
        self._gate: Gate = gate or OwnGate()
        self._lines: dict[str, asyncio.Lock] = {}
        self._coming: Counter[str] = Counter()
        self._waiting: Counter[str] = Counter()

    def waits(self, who: str) -> bool:
        """Whether this one stands in a line: its silence is patience, not a hang."""
        return self._waiting[who] > 0

    @asynccontextmanager
    async def turn(self, who: str, site: str, gap: float, hold: float) -> AsyncIterator[None]:
        """The time of one request to a site, once it has come."""
        with self._line(site) as line:
            with _counted(self._waiting, who):
                await line.acquire()
                try:
                    await self._gate.enter(site, hold)
                except BaseException:
                    line.release()
                    raise
            try:
                yield
            finally:
                try:
                    await self._gate.leave(site, gap)
                finally:
                    line.release()

    @contextmanager
    def _line(self, site: str) -> Iterator[asyncio.Lock]:
        """The site's line; forgotten when the last has gone."""
        line = self._lines.setdefault(site, asyncio.Lock())
        try:
            with _counted(self._coming, site):
                yield line
        finally:
            if not self._coming[site]:
                self._lines.pop(site, None)


@contextmanager
def _counted(counter: Counter[str], name: str) -> Iterator[None]:
    counter[name] += 1
    try:
        yield
    finally:
        counter[name] -= 1
        if not counter[name]:
            del counter[name]
