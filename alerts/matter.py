"""What an alert mail is about: the facts of one incident at one moment, before they are put into words."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Quote:
    """Words as somebody published them, with the page they come from."""

    text: str
    media: str
    url: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """One thing the reader can do; the address opens a page, and only that page's form acts."""

    name: Literal["acknowledge", "dismiss", "draft", "open"]
    url: str


@dataclass(frozen=True, slots=True)
class Note:
    """One line of a bundle that is no alarm: a reminder (催办), a report to a leader, a hand-over."""

    mark: str
    title: str
    facts: str
    level: int = 4
    url: str | None = None
    urgent: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Alarm:
    """One incident as the duty officer must hear of it.

    `confirmed`: a person has fixed the level. `why_now` says why this message was sent, `why_level` why
    this level, each a sentence. `first_at` with `first_how` (发生 | 发布 | 发现) says since when.
    """

    incident: int
    title: str
    level: int
    confirmed: bool
    documents: int
    as_of: datetime
    first_at: datetime
    first_how: Literal["发生", "发布", "发现"] = "发现"
    place: str = ""
    topic: str = ""
    source: str = ""
    media: int = 0
    spread: str = ""
    units: tuple[str, ...] = ()
    why_level: tuple[str, ...] = ()
    why_now: str = "首次告知"
    to_do: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    buttons: tuple[Button, ...] = field(default_factory=tuple)
    restricted: bool = False
