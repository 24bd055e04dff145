"""The audit: who did what, when, with what result; append only, each row's hash covers the row before it.

An entry is written in the transaction of what it tells of: if it cannot be written, that is not done either.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select, text

from monitor.store.insert import insert
from monitor.store.schema import audit

START = "0" * 64
_LOCK = 0x0CA1FE27  # PostgreSQL: one appender at a time, else two rows would follow the same one


def append(
    conn: Connection,
    who: str,
    action: str,
    at: datetime,
    *,
    subject: str = "",
    ok: bool = True,
    address: str = "",
    detail: Mapping[str, Any] | None = None,
) -> int:
    """Add one entry; its id."""
    if conn.dialect.name == "postgresql":
        conn.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    previous = conn.scalar(select(audit.c.digest).order_by(audit.c.id.desc()).limit(1)) or START
    entry = {
        "at": at, "who": who, "action": action, "subject": subject[:120], "ok": ok, "address": address,
        "detail": dict(detail) if detail is not None else None,
    }  # fmt: skip
    return insert(conn, audit, entry | {"previous": previous, "digest": _digest(previous, entry)})


def first_broken(conn: Connection) -> int | None:
    """The id of the first row that does not follow from the one before; None when the chain is whole.

    Rows removed by retention leave a beginning that need not be START.
    """
    previous: str | None = None
    for row in conn.execute(select(audit).order_by(audit.c.id)).yield_per(1000):
        entry = {
            name: getattr(row, name) for name in ("at", "who", "action", "subject", "ok", "address", "detail")
        }
        if previous not in (None, row.previous) or row.digest != _digest(row.previous, entry):
            return int(row.id)
        previous = row.digest
    return None


def _digest(previous: str, entry: Mapping[str, Any]) -> str:
    plain = {**entry, "at": entry["at"].astimezone(UTC).isoformat(timespec="microseconds")}
    body = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()
