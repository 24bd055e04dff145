"""The duty as it was kept: hand-overs, silences, calls with their results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, or_, select

from monitor.store import schema

incident, told = schema.incident, schema.told


def handovers(conn: Connection, limit: int = 20) -> Sequence[RowMapping]:
    """The last hand-overs, newest first."""
    table = schema.handover
    return conn.execute(select(table).order_by(table.c.id.desc()).limit(limit)).mappings().all()


def silences(
    conn: Connection, now: datetime, *, restricted: bool, over: bool = False, limit: int = 30
) -> Sequence[RowMapping]:
    """Silences that hold or will, the next to end first; or those that are over, newest first."""
    table = schema.silence
    about = table.c.match["incident"].as_integer()
    query = select(table, incident.c.title).select_from(table.outerjoin(incident, incident.c.id == about))
    if not restricted:
        query = query.where(or_(incident.c.id.is_(None), incident.c.restricted.is_(False)))
    if over:
        query = query.where(table.c.ends_at <= now).order_by(table.c.ends_at.desc())
    else:
        query = query.where(table.c.ends_at > now).order_by(table.c.ends_at)
    return conn.execute(query.limit(limit)).mappings().all()


def calls(conn: Connection, *, restricted: bool, limit: int = 30) -> Sequence[RowMapping]:
    """Calls and other spoken words with their results, newest first."""
    query = select(told, incident.c.title).join_from(told, incident, incident.c.id == told.c.incident_id)
    if not restricted:
        query = query.where(incident.c.restricted.is_(False))
    return conn.execute(query.order_by(told.c.id.desc()).limit(limit)).mappings().all()
