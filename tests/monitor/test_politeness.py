"""The gate of a site in the database: one at a time, the gap after each, whoever asks and whoever dies."""

from __future__ import annotations

import asyncio
import time
from itertools import pairwise

from sqlalchemy import select

from monitor.clock import system_clock
from monitor.politeness import SiteGate
from monitor.store.engine import Store
from monitor.store.schema import site

HOST = "news.example"


def held(store: Store) -> str | None:
    with store.read() as conn:
        return conn.scalar(select(site.c.held_by).where(site.c.host == HOST))


def test_two_processes_take_turns_and_keep_the_gap(store: Store) -> None:
    spans: list[tuple[float, float]] = []

    async def asks(gate: SiteGate) -> None:
        for _ in range(3):
            await gate.enter(HOST, 30)
            began = time.monotonic()
            await asyncio.sleep(0.01)
            spans.append((began, time.monotonic()))
            await gate.leave(HOST, 0.1)

    async def both() -> None:
        await asyncio.gather(asks(SiteGate(store, system_clock)), asks(SiteGate(store, system_clock)))

    asyncio.run(both())
    assert len(spans) == 6
    assert all(later[0] - sooner[1] >= 0.1 for sooner, later in pairwise(sorted(spans)))


def test_what_a_dead_process_held_is_free_after_its_time(store: Store) -> None:
    dead, heir = SiteGate(store, system_clock), SiteGate(store, system_clock)

    async def scenario() -> float:
        await dead.enter(HOST, 0.5)
        began = time.monotonic()
        await heir.enter(HOST, 30)
        waited = time.monotonic() - began
        await dead.leave(HOST, 0)  # it was only slow: what it says now counts no more
        return waited

    assert asyncio.run(scenario()) >= 0.3
    assert held(store) == heir.owner


def test_who_goes_away_while_waiting_holds_nothing(store: Store) -> None:
    first, second = SiteGate(store, system_clock), SiteGate(store, system_clock)

    async def scenario() -> None:
        await first.enter(HOST, 30)
        waiting = asyncio.create_task(second.enter(HOST, 30))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await first.leave(HOST, 0)
        hurried = asyncio.create_task(second.enter(HOST, 30))
        await asyncio.sleep(0)
        hurried.cancel()
        await asyncio.gather(hurried, return_exceptions=True)

    asyncio.run(scenario())
    assert held(store) is None
