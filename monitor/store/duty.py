"""Hand-overs of duty: what was open, who handed over to whom, when the incoming officer acknowledged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from monitor.store.insert import insert
from monitor.store.schema import deadline, handover, incident


@dataclass(frozen=True, slots=True)
class Handover:
    """One hand-over; `open_items` as they stood at the change of shift."""

    id: int
    at: datetime
    outgoing: str
    incoming: str
    open_items: Sequence[Mapping[str, Any]]
    acknowledged_at: datetime | None
    note: str


_COLUMNS = [handover.c[name] for name in Handover.__dataclass_fields__]


def open_items(conn: Connection, states: Sequence[str], limit: int = 100) -> list[dict[str, Any]]:
    """What the outgoing officer leaves open, the gravest first: incidents with their next deadline."""
    level = func.coalesce(incident.c.level_confirmed, incident.c.level_suggested)
    due = (
        select(func.min(deadline.c.due_at))
        .where(
            deadline.c.noun == "incident",
            deadline.c.subject_id == incident.c.id,
            deadline.c.met_at.is_(None),
            deadline.c.cancelled_at.is_(None),
        )
        .scalar_subquery()
    )
    query = (
        select(incident.c.id, incident.c.title, incident.c.state, level, due, incident.c.restricted)
        .where(incident.c.state.in_(states))
        .order_by(level, incident.c.updated_at.desc())
        .limit(limit)
    )
    return [
        {
            "incident": number,
            "title": "限知事项" if restricted else title,
            "state": state,
            "level": grade,
            "due_at": end.isoformat() if end else None,
        }
        for number, title, state, grade, end, restricted in conn.execute(query)
    ]


def begin(
    conn: Connection,
    *,
    outgoing: str,
    incoming: str,
    items: Sequence[Mapping[str, Any]],
    at: datetime,
    note: str = "",
) -> int:
    """A change of shift. Its id."""
    values = {"at": at, "outgoing": outgoing, "incoming": incoming, "open_items": list(items), "note": note}
    return insert(conn, handover, values)


def acknowledge(conn: Connection, handover_id: int, note: str, now: datetime) -> bool:
    """The incoming officer has read what is open. True once."""
    wanted = (handover.c.id == handover_id, handover.c.acknowledged_at.is_(None))
    values: dict[str, Any] = {"acknowledged_at": now}
    if note.strip():
        values["note"] = note.strip()
    return conn.execute(update(handover).where(*wanted).values(**values)).rowcount == 1


def last(conn: Connection) -> Handover | None:
    """The newest hand-over."""
    row = conn.execute(select(*_COLUMNS).order_by(handover.c.id.desc()).limit(1)).first()
    return Handover(*row) if row else None
