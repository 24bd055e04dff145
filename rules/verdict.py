"""What the rules say of one text, with reasons. Offsets are code points of the original, end exclusive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

Field = Literal["title", "text", "media"]
InPlace = Literal["yes", "no", "unsure"]
Mood = Literal["negative", "neutral", "positive"]
UnitRole = Literal["lead", "assist", "street", "copy", "transfer"]


@dataclass(frozen=True, slots=True)
class Text:
    """One text to be judged: a document, a lead, a line of a filter's input."""

    id: str
    title: str
    text: str = ""
    url: str | None = None
    media: str | None = None
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One stretch of the original that a rule matched."""

    field: Field
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic found: its number of DOMAIN.md §9.3 (`"1"` … `"21"`, or a station's own id), name and hits.

    `rules` are the ids of the rules that matched.
    """

    id: str
    name: str
    hits: tuple[Hit, ...]
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentiment:
    """Mood with score in [-1, 1] (≥ 0 leans positive) and the weighted words that made it."""

    label: Mood
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitRef:
    """A responsible unit. `lead` occurs at most once; `transfer` marks a report of wrongdoing handed over."""

    id: str
    name: str
    role: UnitRole
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The suggestion for one text; a person decides.

    `flag`: the daemon would open or feed an incident (in place, or unsure from a local source, and an
    incident). `incident` is independent of place. `level` 1 (Ⅰ, gravest) to 4, None when no incident.
    `restricted`: a report of wrongdoing, for restricted readers only (topic 19).
    `why`: sentences in Chinese, each naming a rule, a place, a condition and the words behind it.
    """

    id: str
    flag: bool
    in_place: InPlace
    incident: bool
    topics: tuple[Topic, ...]
    sentiment: Sentiment | None
    units: tuple[UnitRef, ...]
    level: int | None
    official_response: bool
    why: tuple[str, ...]
    restricted: bool = False
    places: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The line `caifeng judge` writes. Spelt out: `asdict` copies deeply and costs more than judging."""
        mood = self.sentiment
        return {
            "id": self.id,
            "flag": self.flag,
            "in_place": self.in_place,
            "incident": self.incident,
            "topics": [_topic(topic) for topic in self.topics],
            "sentiment": mood and {"label": mood.label, "score": mood.score, "why": mood.why},
            "units": [
                {"id": u.id, "name": u.name, "role": u.role, "vertical": u.vertical} for u in self.units
            ],
            "level": self.level,
            "official_response": self.official_response,
            "why": self.why,
            "restricted": self.restricted,
            "places": self.places,
        }


def _topic(topic: Topic) -> dict[str, Any]:
    hits = [{"field": h.field, "start": h.start, "end": h.end, "text": h.text} for h in topic.hits]
    return {"id": topic.id, "name": topic.name, "hits": hits, "rules": topic.rules}
