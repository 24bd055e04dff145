"""Incidents as the console lists and shows them. Restricted ones come only when asked for with the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    ScalarSelect,
    Select,
    and_,
    exists,
    func,
    or_,
    select,
)

from monitor.store import schema
from monitor.store.reading.steps import step_of

incident, alert, deadline = schema.incident, schema.alert, schema.deadline
member, document, verdict = schema.incident_document, schema.document, schema.verdict

# a member row points at its document twice: as itself and as the one it repeats
BELONGING = member.join(document, document.c.id == member.c.document_id)
LEVEL = func.coalesce(incident.c.level_confirmed, incident.c.level_suggested)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; empty means no narrowing. `text` is looked for in title and place."""

    states: tuple[str, ...] = ()
    level: int | None = None
    topic: str = ""
    text: str = ""


def _visible(restricted: bool) -> list[ColumnElement[bool]]:
    shown: list[ColumnElement[bool]] = [incident.c.merged_into.is_(None)]
    return shown if restricted else [*shown, incident.c.restricted.is_(False)]


def _conditions(wanted: Wanted, restricted: bool) -> ColumnElement[bool]:
    found = _visible(restricted)
    if wanted.states:
        found.append(incident.c.state.in_(wanted.states))
    if wanted.level:
        found.append(LEVEL == wanted.level)  # noqa: SIM300 - a column, not a constant
    if wanted.topic:
        found.append(incident.c.topic == wanted.topic)
    if wanted.text:
        pattern = f"%{_literal(wanted.text)}%"
        found.append(or_(*(c.ilike(pattern, escape="\\") for c in (incident.c.title, incident.c.place))))
    return and_(*found)


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _lines() -> Select[Any]:
    """An incident's line: itself, its running alert, its next deadline."""
    due = (
        select(func.min(deadline.c.due_at))
        .where(
            deadline.c.noun == "incident",
            deadline.c.subject_id == incident.c.id,
            deadline.c.met_at.is_(None),
            deadline.c.cancelled_at.is_(None),
        )
        .scalar_subquery()
    )
    running = and_(alert.c.incident_id == incident.c.id, alert.c.ended_at.is_(None))
    return (
        select(
            incident,
            LEVEL.label("level"),
            due.label("due_at"),
            alert.c.id.label("alert_id"),
            alert.c.started_at.label("alert_at"),
            alert.c.next_at.label("alert_next_at"),
            alert.c.acknowledged_at.label("acknowledged_at"),
            alert.c.acknowledged_by.label("acknowledged_by"),
        )
        .select_from(incident.outerjoin(alert, running))
        .order_by(LEVEL, incident.c.updated_at.desc(), incident.c.id.desc())
    )


def some(
    conn: Connection, wanted: Wanted, *, restricted: bool, limit: int, offset: int = 0
) -> Sequence[RowMapping]:
    """A page of the list, the gravest and then the newest first."""
    query = _lines().where(_conditions(wanted, restricted)).limit(limit).offset(offset)
    return conn.execute(query).mappings().all()


def how_many(conn: Connection, wanted: Wanted, *, restricted: bool) -> int:
    """How many the list holds altogether."""
    query = select(func.count()).select_from(incident).where(_conditions(wanted, restricted))
    return int(conn.scalar(query) or 0)


def by_state(conn: Connection, *, restricted: bool) -> dict[str, int]:
    """Number of incidents in each state."""
    query = (
        select(incident.c.state, func.count()).where(and_(*_visible(restricted))).group_by(incident.c.state)
    )
    return {state: number for state, number in conn.execute(query)}  # noqa: C416


def topics(conn: Connection, *, restricted: bool) -> list[tuple[str, str]]:
    """Topics that occur, with their names."""
    columns = (incident.c.topic, incident.c.topic_name)
    query = select(*columns).where(and_(*_visible(restricted)), incident.c.topic.is_not(None)).distinct()
    return [(topic, name or topic) for topic, name in conn.execute(query.order_by(*columns))]


def one(conn: Connection, incident_id: int, *, restricted: bool) -> RowMapping | None:
    """One incident's line; None when there is none or it may not be seen. A merged one is found too."""
    found = [incident.c.id == incident_id]
    if not restricted:
        found.append(incident.c.restricted.is_(False))
    return conn.execute(_lines().where(*found)).mappings().first()


def documents(
    conn: Connection, incident_id: int, *, copies_of: int | None = None, limit: int, offset: int = 0
) -> Sequence[RowMapping]:
    """Its documents, newest first, with their verdicts and why each belongs here.

    Copies stand behind their original (`copies` counts them) and are listed alone with `copies_of`.
    """
    told = func.coalesce(document.c.published_at, document.c.fetched_at)
    query = (
        select(
            document.c.id, document.c.source, document.c.url, document.c.title, document.c.text,
            document.c.kind, document.c.media, document.c.author_alias, document.c.published_at,
            document.c.fetched_at, document.c.counts, document.c.gone_at, told.label("told_at"),
            verdict.c.body.label("verdict"), verdict.c.official_response,
            member.c.score, member.c.why.label("joined_why"), member.c.by.label("joined_by"),
            _copies().label("copies"),
        )
        .select_from(BELONGING.outerjoin(verdict, verdict.c.document_id == document.c.id))
        .where(member.c.incident_id == incident_id, _original(copies_of))
        .order_by(told.desc(), document.c.id.desc())
        .limit(limit)
        .offset(offset)
    )  # fmt: skip
    return conn.execute(query).mappings().all()


def _original(copies_of: int | None) -> ColumnElement[bool]:
    """Originals, or the copies of one. A copy whose original went elsewhere stands for itself."""
    if copies_of is not None:
        return member.c.duplicate_of == copies_of
    first = member.alias("first")
    here = exists().where(
        first.c.document_id == member.c.duplicate_of, first.c.incident_id == member.c.incident_id
    )
    return or_(member.c.duplicate_of.is_(None), ~here)


def _copies() -> ScalarSelect[int]:
    copy = member.alias("copy")
    same = (copy.c.duplicate_of == document.c.id, copy.c.incident_id == member.c.incident_id)
    return select(func.count()).where(*same).scalar_subquery()


def originals(conn: Connection, incident_id: int) -> int:
    """How many documents stand for themselves."""
    query = select(func.count()).select_from(member)
    return int(conn.scalar(query.where(member.c.incident_id == incident_id, _original(None))) or 0)


def official(conn: Connection, incident_id: int, limit: int = 3) -> Sequence[RowMapping]:
    """The public answers among its documents, earliest first."""
    told = func.coalesce(document.c.published_at, document.c.fetched_at)
    query = (
        select(document.c.id, document.c.title, document.c.url, document.c.media, told.label("told_at"))
        .select_from(BELONGING.join(verdict, verdict.c.document_id == document.c.id))
        .where(member.c.incident_id == incident_id, verdict.c.official_response.is_(True))
        .order_by(told)
        .limit(limit)
    )
    return conn.execute(query).mappings().all()


def volume(
    conn: Connection, incident_id: int, since: datetime, step_seconds: int
) -> list[tuple[int, str, int]]:
    """Documents per step of time and medium since an instant: (step number, medium, how many)."""
    told = func.coalesce(document.c.published_at, document.c.fetched_at)
    step = step_of(conn, told, since, step_seconds)
    medium = func.coalesce(document.c.media, document.c.source)
    query = (
        select(step, medium, func.count())
        .select_from(BELONGING)
        .where(member.c.incident_id == incident_id, told >= since)
        .group_by(step, medium)
    )
    return [(number, name, many) for number, name, many in conn.execute(query)]


def newest_spread(conn: Connection, incident_id: int, limit: int = 2) -> Sequence[RowMapping]:
    """The last measurements of its spread, newest first."""
    table = schema.spread
    query = select(table).where(table.c.incident_id == incident_id).order_by(table.c.at.desc()).limit(limit)
    return conn.execute(query).mappings().all()


def timeline(conn: Connection, incident_id: int, limit: int = 60) -> Sequence[RowMapping]:
    """Moves, remarks and instructions, newest first."""
    table = schema.history
    query = (
        select(table)
        .where(table.c.noun == "incident", table.c.subject_id == incident_id)
        .order_by(table.c.at.desc(), table.c.id.desc())
        .limit(limit)
    )
    return conn.execute(query).mappings().all()


def deadlines(conn: Connection, incident_id: int) -> Sequence[RowMapping]:
    """The clocks on the incident, the next to run out first."""
    found = (deadline.c.noun == "incident", deadline.c.subject_id == incident_id)
    query = select(deadline).where(*found, deadline.c.cancelled_at.is_(None)).order_by(deadline.c.due_at)
    return conn.execute(query).mappings().all()


def notices(conn: Connection, incident_id: int) -> Sequence[RowMapping]:
    """The notices written for it, newest first."""
    table = schema.notice
    columns = (table.c.id, table.c.series, table.c.number, table.c.state, table.c.title, table.c.drafted_at)
    query = select(*columns).where(table.c.incident_id == incident_id).order_by(table.c.id.desc())
    return conn.execute(query).mappings().all()


def bulletins(conn: Connection, incident_id: int) -> Sequence[RowMapping]:
    """The bulletins about it alone, newest first."""
    table = schema.bulletin
    columns = (table.c.id, table.c.kind, table.c.state, table.c.title, table.c.drafted_at)
    query = select(*columns).where(table.c.incident_id == incident_id).order_by(table.c.id.desc())
    return conn.execute(query).mappings().all()


def others(conn: Connection, incident_id: int, *, restricted: bool, limit: int = 40) -> Sequence[RowMapping]:
    """Incidents this one could be merged into: the lately changed others."""
    columns = (incident.c.id, incident.c.title, incident.c.updated_at)
    query = select(*columns).where(and_(*_visible(restricted)), incident.c.id != incident_id)
    return conn.execute(query.order_by(incident.c.updated_at.desc()).limit(limit)).mappings().all()
