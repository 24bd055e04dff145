"""Bulletins, and what the archive counts for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from monitor.domain.bulletin import MACHINE
from monitor.domain.machine import Move
from monitor.store.insert import insert
from monitor.store.moves import Missing, advance, record
from monitor.store.schema import bulletin, document, history, incident, incident_document, spread


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One bulletin as stored; `facts` are those of `alerts.kinds.bulletin_facts.Bulletin`."""

    id: int
    kind: str
    state: str
    title: str
    year: int
    issue: int | None
    total_issue: int | None
    period_from: datetime
    period_to: datetime
    incident_id: int | None
    facts: Mapping[str, Any]
    drafted_at: datetime
    drafted_by: str
    checked_by: str | None
    signer: str | None
    issued_at: datetime | None
    version: int


_COLUMNS = [bulletin.c[name] for name in Bulletin.__dataclass_fields__]


def draft(conn: Connection, values: Mapping[str, Any]) -> int:
    """A new draft; its id."""
    new = insert(conn, bulletin, {"state": "drafted", "version": 1, **values})
    record(conn, "bulletin", new, "draft", who=values["drafted_by"], at=values["drafted_at"])
    if values.get("incident_id"):
        facts = {"bulletin": new}
        who, at = values["drafted_by"], values["drafted_at"]
        record(conn, "incident", values["incident_id"], "bulletin-drafted", who=who, at=at, facts=facts)
    return new


def get(conn: Connection, bulletin_id: int) -> Bulletin:
    """One bulletin; raises Missing."""
    row = conn.execute(select(*_COLUMNS).where(bulletin.c.id == bulletin_id)).first()
    if row is None:
        raise Missing(MACHINE.noun, bulletin_id)
    return Bulletin(*row)


def listing(conn: Connection, limit: int = 100, offset: int = 0) -> list[Bulletin]:
    """All bulletins, newest first."""
    rows = conn.execute(select(*_COLUMNS).order_by(bulletin.c.id.desc()).limit(limit).offset(offset))
    return [Bulletin(*row) for row in rows]


def of_incident(conn: Connection, incident_id: int) -> list[Bulletin]:
    """The bulletins about one incident alone, oldest first."""
    mine = select(*_COLUMNS).where(bulletin.c.incident_id == incident_id).order_by(bulletin.c.id)
    return [Bulletin(*row) for row in conn.execute(mine)]


def of_period(conn: Connection, kind: str, since: datetime, until: datetime) -> int | None:
    """The regular bulletin of that period, if it was drafted."""
    mine = (bulletin.c.kind == kind, bulletin.c.period_from == since, bulletin.c.period_to == until)
    return conn.scalar(select(bulletin.c.id).where(*mine, bulletin.c.incident_id.is_(None)))


def step(
    conn: Connection, bulletin_id: int, event: str, *, who: str, at: datetime, why: str = "", **changes: Any
) -> Move:
    """Make one move. Raises Missing, IllegalMove, Overtaken."""
    return advance(conn, bulletin, MACHINE, bulletin_id, event, who=who, at=at, why=why, changes=changes)


def rewrite(conn: Connection, bulletin_id: int, facts: Mapping[str, Any], **changes: Any) -> None:
    """Other facts, not another state."""
    values = {"facts": dict(facts), "version": bulletin.c.version + 1, **changes}
    conn.execute(update(bulletin).where(bulletin.c.id == bulletin_id).values(values))


def without_bulletin(conn: Connection, level: int, limit: int) -> Sequence[int]:
    """Living incidents at least as grave as `level`, not restricted, that no bulletin is about."""
    graded = func.coalesce(incident.c.level_confirmed, incident.c.level_suggested)
    living = incident.c.state.in_(("found", "judging", "warned", "handling"))
    about = select(bulletin.c.incident_id).where(bulletin.c.incident_id.is_not(None))
    wanted = (living, graded <= level, incident.c.restricted.is_(False), incident.c.id.not_in(about))
    return list(
        conn.scalars(select(incident.c.id).where(*wanted).order_by(graded, incident.c.id).limit(limit))
    )


def to_deliver(conn: Connection, limit: int) -> Sequence[int]:
    """Issued bulletins that have not been put into the outbox, oldest first."""
    gone = select(history.c.subject_id).where(history.c.noun == "bulletin", history.c.event == "delivered")
    wanted = (bulletin.c.state == "issued", bulletin.c.id.not_in(gone))
    return list(conn.scalars(select(bulletin.c.id).where(*wanted).order_by(bulletin.c.id).limit(limit)))


def by_media(conn: Connection, incident_ids: Sequence[int]) -> list[tuple[str, int]]:
    """Documents of these incidents by medium, the most first."""
    name, number = func.coalesce(document.c.media, "其他"), func.count()
    query = (
        select(name, number)
        .select_from(incident_document.join(document, document.c.id == incident_document.c.document_id))
        .where(incident_document.c.incident_id.in_(incident_ids))
        .group_by(name)
        .order_by(number.desc(), name)
    )
    return [(medium, int(count)) for medium, count in conn.execute(query)]


def moments(conn: Connection, incident_ids: Sequence[int]) -> list[datetime]:
    """When each document of these incidents appeared."""
    query = (
        select(func.coalesce(document.c.published_at, document.c.fetched_at), document.c.published_at)
        .select_from(incident_document.join(document, document.c.id == incident_document.c.document_id))
        .where(incident_document.c.incident_id.in_(incident_ids))
    )
    return [row[1] or row[0] for row in conn.execute(query)]


def figures(conn: Connection, incident_id: int) -> Mapping[str, Any] | None:
    """The newest measurement of an incident's spread."""
    mine = select(spread).where(spread.c.incident_id == incident_id)
    row = conn.execute(mine.order_by(spread.c.at.desc(), spread.c.id.desc()).limit(1)).first()
    return dict(row._mapping) if row else None


def totals(conn: Connection, since: datetime, until: datetime) -> dict[str, int]:
    """A period's figures: documents archived, incidents opened, closed, running at its end."""
    archived = (document.c.archived_at >= since, document.c.archived_at < until)
    opened = (incident.c.detected_at >= since, incident.c.detected_at < until)
    closed = (incident.c.closed_at >= since, incident.c.closed_at < until)
    running = incident.c.state.in_(("found", "judging", "warned", "handling", "answered"))

    def count(table: Any, *wanted: Any) -> int:
        return int(conn.scalar(select(func.count()).select_from(table).where(*wanted)) or 0)

    return {
        "documents": count(document, *archived),
        "opened": count(incident, *opened),
        "closed": count(incident, *closed),
        "running": count(incident, running, incident.c.detected_at < until),
    }


def incidents_between(conn: Connection, since: datetime, until: datetime, limit: int) -> list[int]:
    """Incidents of our place that moved within a period, the gravest first; no report of wrongdoing."""
    graded = func.coalesce(incident.c.level_confirmed, incident.c.level_suggested)
    ours = incident.c.state.not_in(("elsewhere", "dismissed", "merged"))
    within = (incident.c.detected_at < until, incident.c.updated_at >= since)
    query = select(incident.c.id).where(ours, *within, incident.c.restricted.is_(False))
    return list(conn.scalars(query.order_by(graded, incident.c.heat.desc(), incident.c.id).limit(limit)))
