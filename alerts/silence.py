"""Silences and maintenance windows: a stretch of time, what it covers, who set it and why. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Silence:
    """Holds messages from `starts_at` to `ends_at` (exclusive) about what matches every named field.

    `floor` is the gravest level it may hold: a graver one breaks through. A general silence never holds
    Ⅰ or Ⅱ; one for a single incident holds it as long as it is no graver than when it was silenced.
    """

    starts_at: datetime
    ends_at: datetime
    by: str
    why: str
    incident: int | None = None
    topic: str | None = None
    place: str | None = None
    floor: int = 3

    def holds(self, matter: Matter, now: datetime) -> bool:
        """Whether it keeps this matter quiet now."""
        floor = self.floor if self.incident is not None else max(self.floor, 3)
        return self.starts_at <= now < self.ends_at and matter.level >= floor and self._covers(matter)

    def _covers(self, matter: Matter) -> bool:
        return (
            self.incident in (None, matter.incident)
            and self.topic in (None, matter.topic)
            and (self.place is None or any(self.place in place for place in matter.places))
        )


@dataclass(frozen=True, slots=True)
class Matter:
    """What a silence looks at."""

    incident: int
    level: int
    topic: str | None = None
    places: tuple[str, ...] = field(default_factory=tuple)


def silenced_until(silences: Iterable[Silence], matter: Matter, now: datetime) -> tuple[datetime, str] | None:
    """Until when, and why, this matter is quiet; None where it is not. Of several, the one that ends last."""
    held = [s for s in silences if s.holds(matter, now)]
    if not held:
        return None
    last = max(held, key=lambda s: s.ends_at)
    return last.ends_at, f"{last.by}设置静默：{last.why}"
