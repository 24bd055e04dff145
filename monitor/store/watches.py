"""Watches (专题监测): what is searched for an incident, since when, when next, until it ends."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from monitor.store.insert import insert
from monitor.store.schema import incident, watch
from monitor.store.types import AnyRow


def start(
    conn: Connection, incident_id: int, words: Mapping[str, Any], why: str, next_at: datetime, now: datetime
) -> int | None:
    """Begin a watch; None when the incident is watched already."""
    if of_incident(conn, incident_id) is not None:
        return None
    values = {"incident_id": incident_id, "words": dict(words), "why": why}
    return insert(conn, watch, {**values, "started_at": now, "next_at": next_at})


def of_incident(conn: Connection, incident_id: int) -> AnyRow | None:
    """The watch that runs for an incident."""
    mine = select(watch).where(watch.c.incident_id == incident_id, watch.c.ended_at.is_(None))
    return conn.execute(mine.limit(1)).first()


def active(conn: Connection) -> Sequence[AnyRow]:
    """All running watches, the newest first, each with its incident's state and title."""
    query = select(watch, incident.c.state, incident.c.title, incident.c.restricted).join(
        incident, incident.c.id == watch.c.incident_id
    )
    return conn.execute(query.where(watch.c.ended_at.is_(None)).order_by(watch.c.id.desc())).all()


def looked(conn: Connection, watch_id: int, next_at: datetime) -> None:
    """This round is under way; when the next one is."""
    conn.execute(update(watch).where(watch.c.id == watch_id).values(next_at=next_at))


def end(conn: Connection, ids: Collection[int], now: datetime) -> int:
    """Stop these; how many ran."""
    running = update(watch).where(watch.c.id.in_(ids), watch.c.ended_at.is_(None))
    return conn.execute(running.values(ended_at=now)).rowcount
