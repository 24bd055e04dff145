"""The one shape of every kind of source.

A kind is a module with two pure functions and no I/O:

    first(source, words) -> tuple[Fetch, ...]      where to begin a visit
    read(source, answer) -> Reading                what an answer holds: pages, and where to go on

The crawler moves the bytes (HTTP, a folder, IMAP, a push); so a kind is tested with plain bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal, Protocol

from spiders.errors import SpiderError
from spiders.page import Link, Page
from spiders.source import Source

if TYPE_CHECKING:
    from spiders.extract import Extracted

Role = Literal["index", "article"]


@dataclass(frozen=True, slots=True)
class Fetch:
    """One address to get.

    `role` article: an address already known is not fetched again. `extract` asks for the page to go
    through extraction (in the pool) before `read` sees it. `told` is what the index said of it already.
    """

    url: str
    role: Role = "index"
    extract: bool = False
    depth: int = 1
    told: Page | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: final address, type, body after decompression, and what extraction made of it."""

    fetch: Fetch
    url: str
    body: bytes
    fetched_at: datetime
    content_type: str | None = None
    extracted: Extracted | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer held: finished pages, addresses to go on with, faults of single entries."""

    pages: tuple[Page, ...] = ()
    follow: tuple[Fetch, ...] = ()
    faults: tuple[str, ...] = field(default=())

    @property
    def empty(self) -> bool:
        """Nothing at all was found: a layout that changed, or an empty board."""
        return not self.pages and not self.follow


class Unreadable(SpiderError):
    """An answer this kind cannot read; the message says in Chinese what was expected."""

    code = "unreadable"


class Kind(Protocol):
    """What each module in this package offers."""

    def first(self, source: Source, words: Sequence[str] = ()) -> tuple[Fetch, ...]:
        """Where a visit begins."""

    def read(self, source: Source, answer: Answer) -> Reading:
        """What an answer holds. Raises Unreadable."""


def follow_links(
    source: Source, links: Sequence[Link], answer: Answer, limit: int | None = None
) -> tuple[Fetch, ...]:
    """Article fetches for the links of an index, each told its headline."""
    seen: dict[str, Fetch] = {}
    for link in links[:limit]:
        told = Page(source.id, link.url, link.title, "", "article", answer.fetched_at, media=source.media)
        seen.setdefault(link.url, Fetch(link.url, "article", extract=True, told=told))
    return tuple(seen.values())
