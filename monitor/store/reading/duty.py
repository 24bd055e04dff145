"""What the duty officer's first page reads: what waits for a person, and how the day goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, case, func, or_, select

from monitor.store import schema
from monitor.store.reading.steps import step_of

deadline, incident, notice = schema.deadline, schema.incident, schema.notice

# a figure beyond which the page says "more" instead of counting on
MANY = 50


def _seen(restricted: bool) -> ColumnElement[bool]:
    return incident.c.id.is_not(None) if restricted else incident.c.restricted.is_(False)


def deadlines(conn: Connection, until: datetime, *, restricted: bool) -> Sequence[RowMapping]:
    """Clocks of incidents and notices that run out before an instant, or have; the longest overdue first."""
    by_notice = notice.alias("by_notice")
    through = and_(deadline.c.noun == "notice", by_notice.c.id == deadline.c.subject_id)
    of_incident = and_(deadline.c.noun == "incident", incident.c.id == deadline.c.subject_id)
    of_notice = incident.c.id == by_notice.c.incident_id
    joined = deadline.outerjoin(by_notice, through).join(incident, or_(of_incident, of_notice))
    query = (
        select(
            deadline,
            incident.c.id.label("incident_id"),
            incident.c.title,
            func.coalesce(incident.c.level_confirmed, incident.c.level_suggested).label("level"),
            by_notice.c.number,
        )
        .select_from(joined)
        .where(
            deadline.c.met_at.is_(None),
            deadline.c.cancelled_at.is_(None),
            deadline.c.paused_at.is_(None),
            deadline.c.due_at <= until,
            _seen(restricted),
        )
        .order_by(deadline.c.due_at)
        .limit(MANY)
    )
    return conn.execute(query).mappings().all()


def notice_drafts(conn: Connection, *, restricted: bool) -> Sequence[RowMapping]:
    """Notices that wait to be checked or signed, the oldest first."""
    query = (
        select(
            notice.c.id, notice.c.series, notice.c.state, notice.c.level, notice.c.title,
            notice.c.drafted_at, notice.c.drafted_by,
        )
        .join_from(notice, incident)
        .where(notice.c.state.in_(("drafted", "pending", "checked")), _seen(restricted))
        .order_by(notice.c.level, notice.c.drafted_at)
        .limit(MANY)
    )  # fmt: skip
    return conn.execute(query).mappings().all()


def bulletin_drafts(conn: Connection, *, restricted: bool) -> Sequence[RowMapping]:
    """Bulletins that wait to be checked or signed, the oldest first."""
    table = schema.bulletin
    shown = incident.c.restricted.is_not(True) if not restricted else table.c.id.is_not(None)
    query = (
        select(table.c.id, table.c.kind, table.c.state, table.c.title, table.c.drafted_at, table.c.drafted_by)
        .select_from(table.outerjoin(incident, incident.c.id == table.c.incident_id))
        .where(table.c.state.in_(("drafted", "checked")), shown)
        .order_by(table.c.drafted_at)
        .limit(MANY)
    )
    return conn.execute(query).mappings().all()


def faults(conn: Connection) -> Sequence[RowMapping]:
    """What is wrong and not yet mended, the oldest first."""
    table = schema.fault
    query = select(table).where(table.c.closed_at.is_(None)).order_by(table.c.opened_at).limit(MANY)
    return conn.execute(query).mappings().all()


def undelivered(conn: Connection) -> Sequence[RowMapping]:
    """Messages that did not arrive and will not be tried again, newest first."""
    table = schema.delivery
    columns = (
        table.c.id,
        table.c.person,
        table.c.recipient,
        table.c.channel,
        table.c.reason,
        table.c.created_at,
    )
    query = select(*columns).where(table.c.state == "failed").order_by(table.c.id.desc()).limit(MANY)
    return conn.execute(query).mappings().all()


def day(conn: Connection, since: datetime, *, restricted: bool) -> dict[str, int]:
    """The day in figures: documents, judged, flagged, incidents found, messages sent."""
    document, verdict, sent = schema.document, schema.verdict, schema.delivery
    archived = conn.execute(
        select(func.count(), func.count(document.c.judged_at)).where(document.c.archived_at >= since)
    ).one()
    flagged = select(func.count(case((verdict.c.flag, 1)))).where(verdict.c.at >= since)
    found = (
        select(func.count()).select_from(incident).where(incident.c.detected_at >= since, _seen(restricted))
    )
    told = select(func.count()).where(sent.c.state == "sent", sent.c.sent_at >= since)
    return {
        "documents": archived[0],
        "judged": archived[1],
        "flagged": conn.scalar(flagged) or 0,
        "incidents": conn.scalar(found) or 0,
        "sent": conn.scalar(told) or 0,
    }


def hourly(conn: Connection, since: datetime) -> list[tuple[int, int]]:
    """Documents archived in each hour since an instant: (hour's number, how many)."""
    at = schema.document.c.archived_at
    hour = step_of(conn, at, since, 3600)
    query = select(hour, func.count()).where(at >= since).group_by(hour)
    return [(number, many) for number, many in conn.execute(query)]


def last_archived(conn: Connection) -> datetime | None:
    """When the last document came in: silence is news at three in the morning."""
    newest: datetime | None = conn.scalar(select(func.max(schema.document.c.archived_at)))
    return newest


def mended(conn: Connection, now: datetime, within: timedelta = timedelta(hours=24)) -> int:
    """Faults closed lately."""
    table = schema.fault
    return int(conn.scalar(select(func.count()).where(table.c.closed_at >= now - within)) or 0)
