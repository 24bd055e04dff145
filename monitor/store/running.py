"""How the daemon does: what `caifeng status` and the status page tell, in one read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from monitor.store import documents, faults, outbox, revisions, roles, sources
from monitor.store.schema import document, incident
from monitor.store.types import AnyRow


def summary(conn: Connection, now: datetime) -> dict[str, Any]:
    """Everything as plain values. Lags are seconds the oldest waiting item has waited."""
    return {
        "now": now.isoformat(),
        "revision": revisions.current_digest(conn),
        "ruleset": _work(conn).get("ruleset"),
        "roles": [_role(row, now) for row in roles.listing(conn)],
        "stages": dict(_work(conn).get("stages") or {}),
        "lag": _lags(conn, now),
        "counts": {"documents": _count(conn, document), "incidents": _count(conn, incident)},
        "sources_in_trouble": [_source(row) for row in sources.listing(conn) if row.failures or row.blocked],
        "undelivered": [_letter(row) for row in outbox.undelivered(conn)],
        "outbox": outbox.counts(conn),
        "faults": [{"kind": f.kind, "subject": f.subject, "text": f.text} for f in faults.open_now(conn)],
    }


def _role(row: AnyRow, now: datetime) -> dict[str, Any]:
    alive = roles.alive(row, now)
    return {
        "name": row.name, "host": row.host, "pid": row.pid, "alive": alive, "state": row.state,
        "since": row.started_at, "seen": row.seen_at, "restarts": row.restarts, "detail": row.detail,
    }  # fmt: skip


def _work(conn: Connection) -> dict[str, Any]:
    """What the reigning scheduler tells: its ruleset, how each stage last went."""
    told = [row.detail for row in roles.listing(conn) if row.name == "work" and row.detail]
    return next((dict(detail) for detail in reversed(told) if detail.get("stages")), {})


def _lags(conn: Connection, now: datetime) -> dict[str, float]:
    oldest = {
        "judge": documents.oldest_waiting(conn, "judged_at"),
        "gather": documents.oldest_waiting(conn, "gathered_at"),
        "deliver": outbox.oldest_due(conn, now),
    }
    return {name: round((now - at).total_seconds(), 1) if at else 0.0 for name, at in oldest.items()}


def _source(row: AnyRow) -> dict[str, Any]:
    return {
        "source": row.source, "failures": row.failures, "blocked": row.blocked,
        "reason": row.reason, "last_success": row.last_success_at,
    }  # fmt: skip


def _letter(row: AnyRow) -> dict[str, Any]:
    return {
        "id": row.id, "person": row.person, "channel": row.channel, "state": row.state,
        "attempts": row.attempts, "reason": row.reason, "next_at": row.next_at,
    }  # fmt: skip


def _count(conn: Connection, table: Any) -> int:
    return int(conn.scalar(select(func.count()).select_from(table)) or 0)
