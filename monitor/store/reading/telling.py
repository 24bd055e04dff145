"""Who was told of an incident, how and when: what went through the outbox and what was said by telephone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, or_, select

from monitor.store import schema
from monitor.store.schema import alert


def told(conn: Connection, incident_id: int, limit: int = 30) -> list[dict[str, Any]]:
    """Who was told, how and when: through the outbox and by telephone, newest first."""
    sent, spoken = schema.delivery, schema.told
    written = select(
        sent.c.person, sent.c.recipient, sent.c.channel, sent.c.state, sent.c.created_at, sent.c.sent_at,
        sent.c.reason,
    ).where(sent.c.noun.in_(("incident", "alert")), _about(sent, incident_id))  # fmt: skip
    calls = select(spoken).where(spoken.c.incident_id == incident_id).order_by(spoken.c.id.desc())
    made = conn.execute(calls.limit(limit)).mappings().all()
    rows = [
        _written(row)
        for row in conn.execute(written.order_by(sent.c.id.desc()).limit(limit)).mappings()
        if not _called(row, made)
    ]
    rows += [
        {**{key: row[key] for key in ("person", "channel", "at", "result")}, "state": "sent"} for row in made
    ]
    return sorted(rows, key=lambda row: row["at"], reverse=True)[:limit]


def _written(row: RowMapping) -> dict[str, Any]:
    """A line of the outbox; a call that is on the list has not been made by being listed."""
    listed = row["channel"] == "call" and row["state"] in ("queued", "sent")
    return {
        "person": row["person"] or row["recipient"],
        "channel": row["channel"],
        "state": "to-call" if listed else row["state"],
        "at": row["sent_at"] or row["created_at"],
        "result": row["reason"] or "",
    }


def _called(row: RowMapping, made: Sequence[RowMapping]) -> bool:
    """Whether somebody has entered the result of this call."""
    return row["channel"] == "call" and any(
        one["channel"] == "call" and one["person"] == row["person"] and one["at"] >= row["created_at"]
        for one in made
    )


def _about(sent: Any, incident_id: int) -> ColumnElement[bool]:
    rounds = select(alert.c.id).where(alert.c.incident_id == incident_id)
    return or_(
        and_(sent.c.noun == "incident", sent.c.subject_id == incident_id),
        and_(sent.c.noun == "alert", sent.c.subject_id.in_(rounds)),
    )
