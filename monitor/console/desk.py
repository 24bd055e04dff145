"""What the pages work with, built once by `create_app`: store, the station's face, clock, limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import cast

from starlette.requests import Request

from monitor.clock import Clock
from monitor.settings import Station
from monitor.stages import House
from monitor.store.engine import Store


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session lives: `idle` without a request, `longest` at all."""

    idle: timedelta = timedelta(minutes=15)
    longest: timedelta = timedelta(hours=12)


@dataclass(frozen=True)
class Desk:
    """Everything a page may use. `house` gives the one in force, which may change between requests.

    `mailbox`: folder of the demo's mails; `secure`: served over HTTPS; `closing`: the server is going down.
    """

    house: Callable[[], House]
    clock: Clock
    limits: Limits = field(default_factory=Limits)
    mailbox: Path | None = None
    secure: bool = False
    demo: bool = False
    closing: Callable[[], bool] = lambda: False

    @property
    def store(self) -> Store:
        """The door to the database."""
        return self.house().store

    def station(self) -> Station:
        """The station in force."""
        return self.house().station


def desk_of(request: Request) -> Desk:
    """The desk of the app that serves this request (a FastAPI dependency)."""
    return cast(Desk, request.app.state.desk)
