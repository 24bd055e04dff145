"""Leads as entered at the desk, for the page that enters them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, exists, func, or_, select

from monitor.store import schema

lead, incident, document, verdict = schema.lead, schema.incident, schema.document, schema.verdict


def some(
    conn: Connection, *, restricted: bool, channel: str = "", limit: int = 50, offset: int = 0
) -> Sequence[RowMapping]:
    """The last leads, newest first; the telephone number comes sealed."""
    query = _lines(restricted).order_by(lead.c.id.desc()).limit(limit).offset(offset)
    if channel:
        query = query.where(lead.c.channel == channel)
    return conn.execute(query).mappings().all()


def one(conn: Connection, lead_id: int, *, restricted: bool) -> RowMapping | None:
    """One lead; None when there is none or it may not be seen."""
    return conn.execute(_lines(restricted).where(lead.c.id == lead_id)).mappings().first()


def _lines(restricted: bool) -> Select[Any]:
    query = select(
        lead.c.id, lead.c.channel, lead.c.received_at, lead.c.entered_by, lead.c.matter, lead.c.place,
        lead.c.unit, lead.c.sudden, lead.c.order_number, lead.c.incident_id, lead.c.phone_sealed,
        document.c.judged_at, document.c.gathered_at, incident.c.title, incident.c.state,
    ).select_from(
        lead.outerjoin(incident, incident.c.id == lead.c.incident_id)
        .outerjoin(document, document.c.id == lead.c.document_id)
    )  # fmt: skip
    if restricted:
        return query
    # a report of wrongdoing is restricted from its verdict on, before it has an incident
    mine = (verdict.c.document_id == lead.c.document_id, verdict.c.restricted.is_(True))
    return query.where(or_(incident.c.id.is_(None), incident.c.restricted.is_(False)), ~exists().where(*mine))


def how_many(conn: Connection, *, restricted: bool, channel: str = "") -> int:
    """How many leads there are to see."""
    query = _lines(restricted)
    if channel:
        query = query.where(lead.c.channel == channel)
    return int(conn.scalar(select(func.count()).select_from(query.subquery())) or 0)
