"""One visit to a source: what is asked, and how it went."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from spiders.page import Page
from spiders.source import Source

Status = Literal["ok", "unchanged", "blocked", "failed"]
Told = Callable[[Page], Awaitable[None] | None]


@dataclass(frozen=True, slots=True)
class FetchState:
    """What a source's last complete visit left for the next: validators and small marks, all strings."""

    etag: str | None = None
    last_modified: str | None = None
    memory: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to make. `marks` are the validators (etag, last_modified) that addresses to look at again
    were last answered with, as their pages brought them home in `extra`."""

    source: Source
    state: FetchState = FetchState()
    known: Callable[[str], bool] = lambda url: False
    revisit: Sequence[str] = ()
    marks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    words: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a visit went. `found` counts the entries its index showed, known ones too; 0 on a page that had
    some before is a layout that changed. `faults` are single entries that failed; they did not stop it."""

    source_id: str
    started: datetime
    finished: datetime
    status: Status
    reason: str = ""
    http_status: int | None = None
    found: int = 0
    pages_new: int = 0
    requests: int = 0
    bytes: int = 0
    retry_after: float | None = None
    state: FetchState = FetchState()
    gone: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
