"""Roles: the daemon's processes, alive while they beat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select, update

from monitor.store.insert import put
from monitor.store.schema import role
from monitor.store.types import AnyRow

SILENT = timedelta(seconds=30)


def started(conn: Connection, name: str, host: str, pid: int, restarts: int, at: datetime) -> None:
    """A process has begun."""
    values = {
        "name": name, "host": host, "pid": pid, "state": "running",
        "started_at": at, "seen_at": at, "restarts": restarts, "detail": None,
    }  # fmt: skip
    put(conn, role, values, ["name", "host"])


def beat(
    conn: Connection, name: str, host: str, at: datetime, detail: Mapping[str, Any] | None = None
) -> None:
    """Still alive; `detail` tells what it does."""
    values: dict[str, Any] = {"seen_at": at} | ({"detail": dict(detail)} if detail is not None else {})
    conn.execute(update(role).where(role.c.name == name, role.c.host == host).values(**values))


def stopped(conn: Connection, name: str, host: str, at: datetime, state: str = "stopped") -> None:
    """It has ended, by itself or by a crash."""
    mine = update(role).where(role.c.name == name, role.c.host == host)
    conn.execute(mine.values(state=state, seen_at=at))


def listing(conn: Connection) -> Sequence[AnyRow]:
    """All roles, dead ones too."""
    return conn.execute(select(role).order_by(role.c.name, role.c.host)).all()


def alive(row: AnyRow, now: datetime) -> bool:
    """Whether that process beats."""
    return bool(row.state == "running" and now - row.seen_at <= SILENT)


def forget(conn: Connection, before: datetime) -> int:
    """Remove processes of machines that are long gone."""
    return conn.execute(delete(role).where(role.c.seen_at < before)).rowcount
