"""Leads as entered at the desk, for the page that enters them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, func, or_, select

from monitor.store import schema

lead, incident = schema.lead, schema.incident


def some(conn: Connection, *, restricted: bool, limit: int = 50) -> Sequence[RowMapping]:
    """The last leads, newest first; the telephone number stays sealed, only whether there is one is told."""
    query = (
        select(
            lead.c.id, lead.c.channel, lead.c.received_at, lead.c.entered_by, lead.c.matter, lead.c.place,
            lead.c.unit, lead.c.sudden, lead.c.order_number, lead.c.incident_id,
            lead.c.phone_sealed.is_not(None).label("has_phone"), incident.c.title, incident.c.state,
        )
        .select_from(lead.outerjoin(incident, incident.c.id == lead.c.incident_id))
        .order_by(lead.c.id.desc())
        .limit(limit)
    )  # fmt: skip
    if not restricted:
        query = query.where(or_(lead.c.incident_id.is_(None), incident.c.restricted.is_(False)))
    return conn.execute(query).mappings().all()


def how_many(conn: Connection) -> int:
    """All leads ever entered."""
    return int(conn.scalar(select(func.count()).select_from(lead)) or 0)
