"""Joint meetings: agenda proposed, minutes kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from monitor.domain.machine import Move
from monitor.domain.meeting import MACHINE
from monitor.store.insert import insert
from monitor.store.moves import Missing, advance, record
from monitor.store.schema import meeting


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting; `agenda`: the paper's facts; `minutes`: its `facts` and the `orders` agreed."""

    id: int
    kind: str
    state: str
    at: datetime
    agenda: Mapping[str, Any]
    minutes: Mapping[str, Any] | None
    called_by: str
    version: int


_COLUMNS = [meeting.c[name] for name in Meeting.__dataclass_fields__]


def add(conn: Connection, values: Mapping[str, Any], now: datetime) -> int:
    """A planned meeting; its id."""
    new = insert(conn, meeting, {"state": "planned", "version": 1, **values})
    record(conn, "meeting", new, "plan", who=values["called_by"], at=now)
    return new


def get(conn: Connection, meeting_id: int) -> Meeting:
    """One meeting. Raises Missing."""
    row = conn.execute(select(*_COLUMNS).where(meeting.c.id == meeting_id)).first()
    if row is None:
        raise Missing(MACHINE.noun, meeting_id)
    return Meeting(*row)


def listing(conn: Connection, limit: int = 60) -> list[Meeting]:
    """Meetings, newest first."""
    rows = conn.execute(select(*_COLUMNS).order_by(meeting.c.at.desc(), meeting.c.id.desc()).limit(limit))
    return [Meeting(*row) for row in rows]


def last_before(conn: Connection, at: datetime) -> Meeting | None:
    """The last meeting held before that instant."""
    held = (meeting.c.state.in_(("held", "issued")), meeting.c.at < at)
    row = conn.execute(select(*_COLUMNS).where(*held).order_by(meeting.c.at.desc()).limit(1)).first()
    return Meeting(*row) if row else None


def step(
    conn: Connection, meeting_id: int, event: str, *, who: str, at: datetime, why: str = "", **changes: Any
) -> Move:
    """Make one move. Raises Missing, IllegalMove, Overtaken."""
    return advance(conn, meeting, MACHINE, meeting_id, event, who=who, at=at, why=why, changes=changes)


def keep(conn: Connection, meeting_id: int, **changes: Any) -> None:
    """Other values, not another state."""
    conn.execute(update(meeting).where(meeting.c.id == meeting_id).values(**changes))
