"""Serve the town: five web sites and the post office, in one process, until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from monitor.demo import ports
from monitor.demo.post import open_post_office
from monitor.demo.sites import sites
from monitor.demo.state import Day
from monitor.demo.town import Town, load

NOTE_EVERY = 2.0  # seconds between two notes of how far the day has come


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def]
        """Leave signals to the town: one handler for five servers."""
        yield


def _server(app: Starlette, port: int) -> _Server:
    return _Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", access_log=False))


async def serve(
    var: Path, stop: asyncio.Event, opened: Callable[[Town, Day], None] = lambda town, day: None
) -> None:
    """Open the town in `var` (its day, its mailbox) and keep it open until `stop` is set."""
    town, day = load(), Day.open(var / "day.json")
    post = open_post_office(var / "mailbox", ports.base() + ports.SMTP)
    servers = [_server(app, ports.sites()[name]) for name, app in sites(town, day).items()]
    tasks = [asyncio.create_task(server.serve()) for server in servers]
    opened(town, day)
    try:
        await _until(stop, day, tasks)
    finally:
        day.save()
        for server in servers:
            server.should_exit = True
        await asyncio.gather(*tasks, return_exceptions=True)
        post.stop()


async def _until(stop: asyncio.Event, day: Day, tasks: list[asyncio.Task[None]]) -> None:
    while not stop.is_set() and not any(task.done() for task in tasks):
        day.save()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), NOTE_EVERY)
