"""Messages of citizens (留言、来电) in a period, and how far they were answered."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from monitor.store.schema import incident, lead

CHANNELS = ("mailbox", "12345", "hotline")
IN_TIME = timedelta(hours=48)


def counts(conn: Connection, since: datetime, until: datetime) -> dict[str, int]:
    """Received; of them answered in public with their incident; of them later than 48 hours."""
    query = (
        select(lead.c.received_at, incident.c.responded_at)
        .join_from(lead, incident, incident.c.id == lead.c.incident_id, isouter=True)
        .where(lead.c.received_at >= since, lead.c.received_at < until, lead.c.channel.in_(CHANNELS))
    )
    rows = conn.execute(query).all()
    answered = [(at, done) for at, done in rows if done is not None and done < until]
    late = sum(done - at > IN_TIME for at, done in answered)
    return {"received": len(rows), "answered": len(answered), "late": late}


def topics(conn: Connection, since: datetime, until: datetime) -> list[tuple[str, int]]:
    """What they were about, the most first."""
    name, number = func.coalesce(incident.c.topic_name, "其他"), func.count()
    query = (
        select(name, number)
        .join_from(lead, incident, incident.c.id == lead.c.incident_id, isouter=True)
        .where(lead.c.received_at >= since, lead.c.received_at < until, lead.c.channel.in_(CHANNELS))
        .group_by(name)
        .order_by(number.desc(), name)
    )
    return [(topic, int(count)) for topic, count in conn.execute(query)]
