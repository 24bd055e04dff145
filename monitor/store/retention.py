"""What has had its time goes (个人信息保护法 §19, §47; 突发事件应对法 §85), a few rows at a time.

Papers, history and the audit of its term stay: they are the office's record. What was crawled or told by
callers goes, so that nothing of it is found by any page again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, Table, delete, exists, select, update

from monitor.domain.incident import AT_REST
from monitor.store import schema

document, lead, member = schema.document, schema.lead, schema.incident_document


def calm_documents(conn: Connection, before: datetime, limit: int) -> int:
    """Documents archived before that which belong to no incident, with their leads; how many."""
    kept = exists().where(member.c.document_id == document.c.id)
    originals = select(member.c.duplicate_of).where(member.c.duplicate_of.is_not(None))
    old = select(document.c.id).where(
        document.c.archived_at < before, ~kept, document.c.id.not_in(originals.scalar_subquery())
    )
    return _forget(conn, list(conn.scalars(old.limit(limit))))


def documents_of_incidents(conn: Connection, before: datetime, limit: int) -> int:
    """Documents of incidents that came to rest and were last touched before that; how many."""
    over = (schema.incident.c.state.in_(AT_REST), schema.incident.c.updated_at < before)
    old = select(member.c.document_id).join(schema.incident, schema.incident.c.id == member.c.incident_id)
    ids = list(conn.scalars(old.where(*over).limit(limit)))
    conn.execute(update(member).where(member.c.duplicate_of.in_(ids)).values(duplicate_of=None))
    conn.execute(delete(member).where(member.c.document_id.in_(ids)))
    return _forget(conn, ids)


def _forget(conn: Connection, ids: Sequence[int]) -> int:
    if not ids:
        return 0
    for table in (schema.sighting, schema.verdict, schema.separation, lead):
        conn.execute(delete(table).where(table.c.document_id.in_(ids)))
    conn.execute(delete(document).where(document.c.id.in_(ids)))
    return len(ids)


def phones(conn: Connection, before: datetime, limit: int) -> int:
    """Numbers for call-back of leads received before that; the leads stay. How many."""
    old = select(lead.c.id).where(lead.c.received_at < before, lead.c.phone_sealed.is_not(None))
    ids = list(conn.scalars(old.limit(limit)))
    conn.execute(update(lead).where(lead.c.id.in_(ids)).values(phone_sealed=None))
    return len(ids)


def messages(conn: Connection, before: datetime, limit: int) -> int:
    """Messages of the outbox made before that, unless they still wait; how many."""
    table = schema.delivery
    old = select(table.c.id).where(table.c.created_at < before, table.c.state != "queued")
    ids = list(conn.scalars(old.limit(limit)))
    conn.execute(update(table).where(table.c.fallback_of.in_(ids)).values(fallback_of=None))
    _delete(conn, table, ids)
    return len(ids)


def audit(conn: Connection, before: datetime, limit: int) -> int:
    """The oldest entries of the audit, from its beginning on, so that the rest is one chain; how many."""
    table = schema.audit
    first_kept = select(table.c.id).where(table.c.at >= before).order_by(table.c.id).limit(1)
    end = conn.scalar(first_kept)
    old = select(table.c.id).where(table.c.at < before).order_by(table.c.id).limit(limit)
    ids = [one for one in conn.scalars(old) if end is None or one < end]
    _delete(conn, table, ids)
    return len(ids)


def visits(conn: Connection, before: datetime, limit: int) -> int:
    """Lines of the sources' log from before that; how many."""
    table = schema.visit
    ids = list(conn.scalars(select(table.c.id).where(table.c.at < before).limit(limit)))
    _delete(conn, table, ids)
    return len(ids)


def _delete(conn: Connection, table: Table, ids: Collection[int]) -> None:
    conn.execute(delete(table).where(table.c.id.in_(ids)))
