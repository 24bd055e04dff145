"""How far an incident has gone before and after it was answered in public."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from monitor.store.insert import insert
from monitor.store.schema import incident, spread
from monitor.store.types import AnyRow


def mark(conn: Connection, incident_id: int, which: str, at: datetime) -> None:
    """Keep the incident's newest figures as those "before" or "after" an answer, once each."""
    if marked(conn, incident_id, which) is not None:
        return
    mine = select(spread).where(spread.c.incident_id == incident_id, spread.c.mark.is_(None))
    earlier = mine.where(spread.c.at <= at) if which == "before" else mine
    last = conn.execute(earlier.order_by(spread.c.at.desc(), spread.c.id.desc()).limit(1)).first()
    now = conn.execute(select(incident).where(incident.c.id == incident_id)).one()
    values = {
        "documents": last.documents if last else now.documents,
        "media": last.media if last else now.media,
        "heat": last.heat if last else now.heat,
        **{name: getattr(last, name) if last else None for name in ("views", "comments", "reposts")},
    }
    insert(conn, spread, {"incident_id": incident_id, "at": at, "mark": which, **values})


def marked(conn: Connection, incident_id: int, which: str) -> AnyRow | None:
    """The measurement before or after the answer."""
    mine = (spread.c.incident_id == incident_id, spread.c.mark == which)
    return conn.execute(select(spread).where(*mine).order_by(spread.c.id.desc()).limit(1)).first()


def to_measure(conn: Connection, before: datetime, limit: int) -> Sequence[int]:
    """Incidents measured "before" an answer that was given before that instant, and not yet "after" it."""
    done = select(spread.c.incident_id).where(spread.c.mark == "after")
    wanted = (spread.c.mark == "before", spread.c.at <= before, spread.c.incident_id.not_in(done))
    return list(conn.scalars(select(spread.c.incident_id).where(*wanted).distinct().limit(limit)))
