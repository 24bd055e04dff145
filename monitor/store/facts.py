"""Single facts about this installation (`meta`): the scheduler's epoch, when tidying last ran."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from monitor.store.engine import EPOCH
from monitor.store.insert import put
from monitor.store.schema import meta


def get(conn: Connection, key: str, default: Any = None) -> Any:
    """The value of a fact, `default` where it was never set."""
    found = conn.execute(select(meta.c.value).where(meta.c.key == key)).first()
    return default if found is None else found.value


def set_(conn: Connection, key: str, value: Any) -> None:
    """Set a fact (any JSON)."""
    put(conn, meta, {"key": key, "value": value}, ["key"])


def next_epoch(conn: Connection) -> int:
    """Begin the reign of a new scheduler; those before it can no longer write."""
    if get(conn, EPOCH) is None:
        set_(conn, EPOCH, 0)
    current = conn.scalars(select(meta.c.value).where(meta.c.key == EPOCH).with_for_update()).one()
    set_(conn, EPOCH, int(current) + 1)
    return int(current) + 1
