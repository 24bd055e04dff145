"""What the pages work with, built once per process: store, station in force, clock, limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import cast

from starlette.requests import Request

from monitor.clock import Clock
from monitor.console.pace import Pace
from monitor.settings import Station
from monitor.store.engine import Store
from rules.verdict import Text, Verdict


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session lives: `idle` without a request, `longest` at all."""

    idle: timedelta = timedelta(minutes=15)
    longest: timedelta = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Cabinet:
    """An office as people's acts need it (`stages.office.Office`): no judge, no gatherer, no channels."""

    store: Store
    station: Station
    key: bytes
    folder: Path


@dataclass(frozen=True)
class Desk:
    """Everything a page may use. `station` gives the one in force, which may change between requests.

    `mailbox`: where the demo town's mails lie, if this is the demo; `secure`: served over HTTPS;
    `closing`: the server is going down, open streams should end; `judge`: the rules in force;
    `pace`: how often machines have asked.
    """

    store: Store
    station: Callable[[], Station]
    clock: Clock
    key: bytes = b""
    folder: Path = Path(".")
    limits: Limits = field(default_factory=Limits)
    mailbox: Path | None = None
    secure: bool = False
    closing: Callable[[], bool] = lambda: False
    judge: Callable[[Text], Verdict] | None = None
    pace: Pace = field(default_factory=Pace)

    @property
    def demo(self) -> bool:
        """Whether this is the demo town: it has a mailbox."""
        return self.mailbox is not None and self.mailbox.is_dir()


def desk_of(request: Request) -> Desk:
    """The desk of the app that serves this request."""
    return cast(Desk, request.app.state.desk)
