"""The `console` role: the web pages, on uvicorn."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn

from monitor.clock import Clock, system_clock
from monitor.console.app import create_app
from monitor.daemon import Life
from monitor.wiring import Keeper, store_of


class _Server(uvicorn.Server):
    """Signals are the role's: it decides when to end."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take none: `Life` has installed its own, and tells the open streams to end."""
        yield


def run(folder: Path, clock: Clock = system_clock) -> int:
    """Serve the console until told to end."""
    store = store_of(folder)
    keeper = Keeper(store, folder)
    with Life("console", store, clock, lambda: {"revision": keeper.house().revision}) as life:
        mailbox = folder / "var" / "mailbox"  # the demo town's; its presence makes this a demo
        own, outward = keeper.house().station.console, keeper.house().station.outward
        app = create_app(
            keeper.house,
            clock,
            mailbox=mailbox,
            hosts=_names(outward),
            secure=bool(outward and outward.startswith("https://")),
            closing=life.stop.is_set,
        )
        server = _Server(
            uvicorn.Config(app, host=own.host, port=own.port, log_level="warning", access_log=False)
        )
        threading.Thread(target=_end_with, args=(life, server), daemon=True).start()
        server.run()
    return 0


def _names(outward: str | None) -> list[str]:
    """The host by which people outside call the console."""
    return [name] if (name := urlsplit(outward or "").hostname) else []


def _end_with(life: Life, server: uvicorn.Server) -> None:
    life.stop.wait()
    server.should_exit = True
