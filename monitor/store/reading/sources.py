"""How the sources are doing, as the health page and the metrics read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, case, func, select

from monitor.store import schema
from monitor.store.reading.steps import step_of

state, visit = schema.source_state, schema.visit
FAILED = func.count(case((visit.c.status.in_(("failed", "blocked")), 1)))


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
    query = (
        select(visit.c.source, func.count(), FAILED, func.sum(visit.c.new_pages), func.avg(visit.c.seconds))
        .where(visit.c.at >= since)
        .group_by(visit.c.source)
    )
    return {
        source: Day(visits, bad, new or 0, float(mean or 0))
        for source, visits, bad, new, mean in conn.execute(query)
    }


@dataclass(frozen=True, slots=True)
class Step:
    """One source in one step of time: visits, failed ones, new pages."""

    visits: int
    failed: int
    new_pages: int


def steps(conn: Connection, since: datetime, seconds: int) -> dict[str, dict[int, Step]]:
    """Each source's visits since an instant, summed by steps of time."""
    number = step_of(conn, visit.c.at, since, seconds)
    sums = (func.count(), FAILED, func.sum(visit.c.new_pages))
    query = select(visit.c.source, number, *sums).where(visit.c.at >= since).group_by(visit.c.source, number)
    found: dict[str, dict[int, Step]] = defaultdict(dict)
    for source, step, visits, bad, new in conn.execute(query):
        found[source][step] = Step(visits, bad, new or 0)
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
