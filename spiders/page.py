"""What a spider brings home."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

PageKind = Literal["article", "forum", "list", "hot", "lead", "other"]


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of a list page: the words shown and the absolute address behind them."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Public counters shown beside a page; None where the page shows none.

    `rank` is the place on a hot list (1 = top), `heat` the board's own figure in its own unit.
    """

    views: int | None = None
    likes: int | None = None
    comments: int | None = None
    reposts: int | None = None
    rank: int | None = None
    heat: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page, post, hot-list row or lead as collected, before it enters the archive.

    Times are aware; `published_at` is None where the page shows none, and `has_minute` is False where
    it shows only a date. `text` joins paragraphs by a line feed. Personal data is masked already
    (guard.mask); `author` is a public nickname or a medium, pseudonymised later by the archive.
    """

    source: str
    url: str
    title: str
    text: str
    kind: PageKind
    fetched_at: datetime
    published_at: datetime | None = None
    has_minute: bool = True
    media: str | None = None
    author: str | None = None
    author_is_institution: bool = False
    counts: Counts = field(default_factory=Counts)
    links: tuple[Link, ...] = ()
    extra: dict[str, str] = field(default_factory=dict)
