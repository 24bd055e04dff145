"""Pages worth another look, at the ages when edits, replies and removals are likely.

Those of incidents, and those that may become one: flagged, or told as a happening whose place is unsure, or a
thread of our place.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from monitor.store.schema import document, incident_document, verdict
from monitor.store.types import AnyRow
from spiders.cadence import REVISITS, revisit_due

MOST = 10
"""Looks at known pages in one visit: the newest first."""
# a page that was edited is seen twice as often, and once more at the end
_AGES = sorted({*REVISITS, *(age / 2 for age in REVISITS)})
_MARKS = ("etag", "last_modified")


def due(conn: Connection, source: str, since: datetime | None, now: datetime) -> dict[str, Mapping[str, str]]:
    """Addresses whose moment lies between the source's last visit and now, each with the validators of its
    last answer. Other pages are left alone: every look costs the site a request."""
    if since is None:
        return {}
    query = (
        select(document.c.url, document.c.archived_at, document.c.extra)
        .outerjoin(incident_document, incident_document.c.document_id == document.c.id)
        .outerjoin(verdict, verdict.c.document_id == document.c.id)
        .where(
            document.c.source == source,
            document.c.kind.in_(("article", "forum")),
            document.c.gone_at.is_(None),
            or_(*(_came(since - age, now - age) for age in _AGES)),
            or_(incident_document.c.document_id.is_not(None), _may_become_one()),
        )
        .order_by(document.c.id.desc())
    )
    rows = [row for row in conn.execute(query) if _is_due(row, since, now)]
    return {row.url: _marks(row) for row in rows[:MOST]}


def _came(since: datetime, until: datetime) -> ColumnElement[bool]:
    return and_(document.c.archived_at > since, document.c.archived_at <= until)


def _may_become_one() -> ColumnElement[bool]:
    unsure = and_(verdict.c.incident, verdict.c.in_place == "unsure")
    thread = and_(document.c.kind == "forum", verdict.c.in_place == "yes")
    return or_(verdict.c.flag, unsure, thread)


def _is_due(row: AnyRow, since: datetime, now: datetime) -> bool:
    """What was edited once is edited again."""
    edited = bool((row.extra or {}).get("former"))
    return revisit_due(row.archived_at, since, now, edited)


def _marks(row: AnyRow) -> Mapping[str, str]:
    return {name: row.extra[name] for name in _MARKS if (row.extra or {}).get(name)}
