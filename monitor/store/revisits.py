"""Pages worth another look: those of incidents, at the ages when edits, replies and removals are likely."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from monitor.store.schema import document, incident_document
from monitor.store.types import AnyRow
from spiders.cadence import REVISITS, revisit_due

MOST = 10
"""Looks at known pages in one visit: the newest first."""


def due(conn: Connection, source: str, since: datetime | None, now: datetime) -> list[str]:
    """Addresses whose moment lies between the source's last visit and now. Pages of no incident are left
    alone: every look costs the site a request."""
    if since is None:
        return []
    query = (
        select(document.c.url, document.c.archived_at, document.c.extra)
        .join(incident_document, incident_document.c.document_id == document.c.id)
        .where(
            document.c.source == source,
            document.c.kind.in_(("article", "forum")),
            document.c.gone_at.is_(None),
            document.c.archived_at > now - 2 * REVISITS[-1],
        )
        .order_by(document.c.id.desc())
    )
    rows = conn.execute(query).all()
    return [row.url for row in rows if revisit_due(row.archived_at, since, now, _edited(row))][:MOST]


def _edited(row: AnyRow) -> bool:
    """Whether a former look found it changed: what was edited once is edited again."""
    return bool((row.extra or {}).get("former"))
