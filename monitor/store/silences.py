"""Silences and maintenance windows, as people set them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select, update

from alerts.silence import Silence
from monitor.store.insert import insert
from monitor.store.moves import record
from monitor.store.schema import silence


def add(conn: Connection, wanted: Silence, now: datetime) -> int:
    """Keep a silence; history says who set it and why. Its new id."""
    match = {"incident": wanted.incident, "topic": wanted.topic, "place": wanted.place, "floor": wanted.floor}
    new = insert(
        conn,
        silence,
        {
            "match": match,
            "starts_at": wanted.starts_at,
            "ends_at": wanted.ends_at,
            "by": wanted.by,
            "why": wanted.why,
        },
    )
    record(conn, "silence", new, "set", who=wanted.by, at=now, why=wanted.why)
    if wanted.incident is not None:
        record(conn, "incident", wanted.incident, "silenced", who=wanted.by, at=now, why=wanted.why)
    return new


def lift(conn: Connection, silence_id: int, who: str, now: datetime) -> bool:
    """End a silence early. False when it has ended already."""
    done = conn.execute(
        update(silence).where(silence.c.id == silence_id, silence.c.ends_at > now).values(ends_at=now)
    )
    if done.rowcount == 1:
        record(conn, "silence", silence_id, "lifted", who=who, at=now)
    return done.rowcount == 1


def current(conn: Connection, now: datetime) -> Sequence[Silence]:
    """The silences that hold now."""
    query = select(silence).where(silence.c.starts_at <= now, silence.c.ends_at > now)
    return [
        Silence(
            starts_at=row["starts_at"],
            ends_at=row["ends_at"],
            by=row["by"],
            why=row["why"],
            incident=row["match"].get("incident"),
            topic=row["match"].get("topic"),
            place=row["match"].get("place"),
            floor=row["match"].get("floor", 3),
        )
        for row in conn.execute(query).mappings()
    ]
