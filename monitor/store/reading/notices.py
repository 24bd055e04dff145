"""Notices as pages show them: rows for the list, opened links, deliveries, what happened."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select

from monitor.store import schema
from monitor.store.reports import ASKS

notice, part, incident, report = schema.notice, schema.notice_unit, schema.incident, schema.report


def one(conn: Connection, notice_id: int, *, restricted: bool) -> bool:
    """Whether there is such a notice and this reader may see it."""
    joined = select(incident.c.restricted).join_from(notice, incident).where(notice.c.id == notice_id)
    hidden = conn.scalar(joined)
    return hidden is not None and (restricted or not hidden)


def rows(
    conn: Connection, states: Collection[str], *, restricted: bool, limit: int, offset: int
) -> Sequence[RowMapping]:
    """One line each: the lead unit, the next limit, the state; newest first."""
    clock = schema.deadline
    due = (
        select(func.min(clock.c.due_at))
        .where(
            clock.c.noun == "notice",
            clock.c.subject_id == notice.c.id,
            clock.c.met_at.is_(None),
            clock.c.cancelled_at.is_(None),
        )
        .scalar_subquery()
    )
    n = notice.c
    query = (
        select(n.id, n.series, n.number, n.state, n.level, n.urgency, n.title, n.issued_at, n.drafted_at)
        .add_columns(n.signer, n.sign_mode, n.countersigned_at, n.incident_id)
        .add_columns(part.c.unit_name, part.c.signed_at, due.label("due_at"))
        .join_from(notice, part, (part.c.notice_id == n.id) & (part.c.part == "lead"))
        .join(incident, incident.c.id == n.incident_id)
        .order_by(n.id.desc())
        .limit(limit)
        .offset(offset)
    )
    if states:
        query = query.where(n.state.in_(states))
    return conn.execute(query if restricted else query.where(_seen())).mappings().all()


def _seen() -> ColumnElement[bool]:
    return incident.c.restricted.is_(False)


def asks(conn: Connection, *, restricted: bool) -> Sequence[RowMapping]:
    """What units wait for the office to decide, oldest first."""
    r = report.c
    query = (
        select(r.id, r.notice_id, r.unit, r.kind, r.at, notice.c.number, notice.c.title, part.c.unit_name)
        .join_from(report, notice, notice.c.id == r.notice_id)
        .join(part, (part.c.notice_id == notice.c.id) & (part.c.unit == r.unit))
        .join(incident, incident.c.id == notice.c.incident_id)
        .where(r.kind.in_(ASKS), r.decision.is_(None))
        .order_by(r.at)
    )
    return conn.execute(query if restricted else query.where(_seen())).mappings().all()
