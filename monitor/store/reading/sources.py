"""How the sources are doing, as the health page and the metrics read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, case, func, select

from monitor.store import schema

state, visit = schema.source_state, schema.visit


@dataclass(frozen=True, slots=True)
class Day:
    """One source's last day: visits, failed ones, new pages, mean seconds."""

    visits: int = 0
    failed: int = 0
    new_pages: int = 0
    seconds: float = 0.0


def states(conn: Connection) -> dict[str, RowMapping]:
    """What is known of each source that was ever due, by its id."""
    return {row["source"]: row for row in conn.execute(select(state)).mappings()}


def days(conn: Connection, since: datetime) -> dict[str, Day]:
    """Each source's visits since an instant."""
    failed = func.count(case((visit.c.status.in_(("failed", "blocked")), 1)))
    query = (
        select(visit.c.source, func.count(), failed, func.sum(visit.c.new_pages), func.avg(visit.c.seconds))
        .where(visit.c.at >= since)
        .group_by(visit.c.source)
    )
    return {
        source: Day(visits, bad, new or 0, float(mean or 0))
        for source, visits, bad, new, mean in conn.execute(query)
    }


def recent(conn: Connection, since: datetime) -> dict[str, list[tuple[datetime, str, int]]]:
    """Each source's visits since an instant, oldest first: when, how it went, new pages."""
    query = select(visit.c.source, visit.c.at, visit.c.status, visit.c.new_pages).where(visit.c.at >= since)
    found: dict[str, list[tuple[datetime, str, int]]] = defaultdict(list)
    for source, at, status, new in conn.execute(query.order_by(visit.c.id)):
        found[source].append((at, status, new))
    return found


def visits(conn: Connection, source: str, limit: int = 60) -> Sequence[RowMapping]:
    """A source's last visits, newest first."""
    query = select(visit).where(visit.c.source == source).order_by(visit.c.id.desc()).limit(limit)
    return conn.execute(query).mappings().all()


def documents(conn: Connection, source: str, *, restricted: bool, limit: int = 20) -> Sequence[RowMapping]:
    """What a source brought last, newest first."""
    document, verdict = schema.document, schema.verdict
    query = (
        select(
            document.c.id, document.c.title, document.c.url, document.c.published_at, document.c.archived_at
        )
        .select_from(document.outerjoin(verdict, verdict.c.document_id == document.c.id))
        .where(document.c.source == source, document.c.gone_at.is_(None))
        .order_by(document.c.id.desc())
        .limit(limit)
    )
    if not restricted:
        query = query.where(func.coalesce(verdict.c.restricted, False).is_(False))
    return conn.execute(query).mappings().all()
