"""Documents whose verdict was given by other rules than those in force, and that nobody has acted on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, exists, select

from monitor.store.schema import document, incident_document, lead, separation, verdict
from monitor.store.types import AnyRow


def due(conn: Connection, ruleset: str, since: datetime, limit: int) -> Sequence[AnyRow]:
    """Archived since then, in no incident, never separated from one, no sudden lead; newest first."""
    mine = document.c.id
    query = (
        select(document, verdict.c.flag.label("v_flag"))
        .join(verdict, verdict.c.document_id == mine)
        .where(
            document.c.archived_at >= since,
            document.c.gathered_at.is_not(None),
            document.c.gone_at.is_(None),
            verdict.c.ruleset != ruleset,
            ~exists().where(incident_document.c.document_id == mine),
            ~exists().where(separation.c.document_id == mine),
            ~exists().where(lead.c.document_id == mine, lead.c.sudden),
        )
        .order_by(document.c.archived_at.desc(), mine.desc())
        .limit(limit)
    )
    return conn.execute(query).all()
