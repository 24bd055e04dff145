"""Beginning and ending a watch (专题监测) on an incident, by a lead or by a person's hand."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from monitor.domain.watching import Sought, sought
from monitor.errors import CaifengError
from monitor.stages.office import Office
from monitor.store import documents, incident_moves, watches
from monitor.store.moves import record

NOUN = "incident"


def begin(conn: Connection, incident_id: int, wanted: Sought, *, who: str, why: str, now: datetime) -> bool:
    """Start it, the first round at once; False when the incident is watched already."""
    if watches.start(conn, incident_id, wanted.as_json(), why, now, now) is None:
        return False
    facts = {"words": list(wanted.words.phrases)}
    record(conn, NOUN, incident_id, "watch-started", who=who, at=now, why=why, facts=facts)
    return True


def start(
    office: Office, incident_id: int, *, who: str, now: datetime, words: str = "", why: str = ""
) -> Sought:
    """A person starts a watch on an incident; `words` may add places and matters in plain text.

    What is sought. Raises CaifengError where nothing can be searched for or it is watched already.
    """
    with office.store.write() as conn:
        found = incident_moves.one(conn, incident_id)
        first = documents.words_of(conn, found.first_document_id)
        text = "\n".join((found.title, first, words))
        wanted = sought(office.station, text, place=f"{found.place} {words}")
        if not wanted.words.matters:
            raise CaifengError("没有可供检索的事项词，请补充写明地点和事项，如“东关农贸市场 燃气泄漏”")
        if not begin(conn, incident_id, wanted, who=who, why=why or "人工启动专题监测", now=now):
            raise CaifengError("该事件已在专题监测中")
    return wanted


def stop(office: Office, incident_id: int, *, who: str, now: datetime, why: str = "") -> None:
    """A person ends the watch. Raises CaifengError where none runs."""
    with office.store.write() as conn:
        running = watches.of_incident(conn, incident_id)
        if running is None:
            raise CaifengError("该事件没有正在进行的专题监测")
        watches.end(conn, [running.id], now)
        record(conn, NOUN, incident_id, "watch-ended", who=who, at=now, why=why)
