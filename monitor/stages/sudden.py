"""突发重大: a lead marked so is an incident at once, with a watch; it does not wait for the rules.

DOMAIN.md §6.2: by the telephone, the duty desk or a platform that pushes. Told as any other incident.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from monitor.domain.watching import sought
from monitor.settings import Station
from monitor.stages.watching import begin
from monitor.store import incidents, leads
from monitor.store.moves import record

# suggested as Ⅱ unless the rules see Ⅰ
LEVEL = 2


@dataclass(frozen=True, slots=True)
class Sudden:
    """The lead as it was taken down, masked; `document` is its place in the archive."""

    document: int
    title: str
    matter: str
    media: str
    place: str = ""
    unit: str = ""


def open_at_once(
    conn: Connection, station: Station, lead: Sudden, verdict: Mapping[str, Any], *, who: str, now: datetime
) -> int:
    """The incident of a sudden, grave lead and its watch. `verdict` is what the rules say, {} for nothing."""
    why = f"{lead.media}线索，{who}标记为突发重大"
    incident = incidents.create(conn, _values(lead, verdict, why, now))
    incidents.attach(conn, incident, lead.document, {"at": now, "by": who, "score": 1.0, "why": why})
    leads.join(conn, lead.document, incident)
    facts = {"document": lead.document}
    record(conn, "incident", incident, "found", who=who, at=now, why=why, facts=facts)
    hits = [hit["text"] for topic in verdict.get("topics", ()) for hit in topic.get("hits", ())]
    words = sought(station, lead.matter, place=lead.place, unit=lead.unit, hits=hits)
    begin(conn, incident, words, who=who, why=why, now=now)
    return incident


def _values(lead: Sudden, verdict: Mapping[str, Any], why: str, now: datetime) -> dict[str, Any]:
    topic = next(iter(verdict.get("topics", ())), None)
    return {
        "title": lead.title,
        "state": "found",
        "level_suggested": min(LEVEL, verdict.get("level") or LEVEL),
        "level_why": [why, *verdict.get("why", ())],
        "topic": topic["id"] if topic else None,
        "topic_name": topic["name"] if topic else None,
        "place": lead.place,
        "units": verdict.get("units", []),
        "restricted": bool(verdict.get("restricted")),
        "posted_at": now,
        "detected_at": now,
        "updated_at": now,
        "documents": 1,
        "media": 1,
        "first_document_id": lead.document,
    }
