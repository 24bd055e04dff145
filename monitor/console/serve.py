"""The console of one station folder: the desk it needs, and the application the console role serves."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import FastAPI

from monitor.clock import Clock
from monitor.console.app import assemble
from monitor.console.desk import Desk, Limits
from monitor.settings import Station
from monitor.store.engine import Store
from monitor.wiring import master_key

# where the demo town's post office files its mail, below the station's `var`
MAILBOX = "mailbox"
DEMO_IDLE = timedelta(hours=8)


def create_app(
    store: Store,
    folder: Path,
    station: Callable[[], Station],
    clock: Clock,
    closing: Callable[[], bool] = lambda: False,
) -> FastAPI:
    """The application. `station` gives the one in force; `closing` says that open streams should end.

    Behind the office's HTTPS gateway (`outward: https://…`) cookies are for HTTPS only; there the gateway's
    address is one the console may be called by. A demo's session idles for hours: its reader reads a README.
    """
    outward = urlsplit(station().outward or "")
    desk = Desk(
        store,
        station,
        clock,
        key=master_key(folder),
        folder=folder,
        limits=_limits(folder),
        mailbox=folder / "var" / MAILBOX,
        secure=outward.scheme == "https",
        closing=closing,
    )
    return assemble(desk, [name for name in (outward.hostname, station().console.host) if name])


def _limits(folder: Path) -> Limits:
    idle = os.environ.get("CAIFENG_IDLE_MINUTES", "")
    if idle.isdecimal() and int(idle):
        return Limits(idle=timedelta(minutes=int(idle)))
    return Limits(idle=DEMO_IDLE) if (folder / "var" / MAILBOX).is_dir() else Limits()
