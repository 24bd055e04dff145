"""Who was told, how, when, by whom: by the minute, the calls of the duty officer included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from monitor.store.insert import insert
from monitor.store.schema import delivery, told


@dataclass(frozen=True, slots=True)
class Call:
    """One line of the list of calls to make: whom, under which number, about which incident."""

    delivery_id: int
    incident_id: int
    person: str
    number: str
    words: str
    since: datetime


def add(
    conn: Connection, incident_id: int, person: str, channel: str, *, by: str, at: datetime, result: str = ""
) -> int:
    """Enter that somebody was told."""
    return insert(
        conn,
        told,
        {
            "incident_id": incident_id,
            "at": at,
            "person": person,
            "channel": channel,
            "by": by,
            "result": result,
        },
    )


def add_all(
    conn: Connection,
    incidents: Sequence[int],
    person: str,
    channel: str,
    *,
    by: str,
    at: datetime,
    result: str,
) -> None:
    """Enter that somebody was told of many in one message."""
    same = {"at": at, "person": person, "channel": channel, "by": by, "result": result}
    if incidents:
        conn.execute(told.insert(), [{"incident_id": number, **same} for number in incidents])


def calls_to_make(conn: Connection, limit: int = 50) -> Sequence[Call]:
    """Calls that were asked for and have no result yet, the oldest first."""
    answered = (
        select(func.count())
        .select_from(told)
        .where(
            told.c.incident_id == delivery.c.subject_id,
            told.c.person == delivery.c.person,
            told.c.channel == "call",
            told.c.at >= delivery.c.created_at,
        )
        .scalar_subquery()
    )
    query = (
        select(delivery)
        .where(
            delivery.c.channel == "call",
            delivery.c.noun == "incident",
            delivery.c.state != "dropped",
            answered == 0,
        )
        .order_by(delivery.c.urgency, delivery.c.created_at)
        .limit(limit)
    )
    return [
        Call(
            row["id"],
            row["subject_id"],
            row["person"],
            row["recipient"],
            row["message"]["short"],
            row["created_at"],
        )
        for row in conn.execute(query).mappings()
    ]
