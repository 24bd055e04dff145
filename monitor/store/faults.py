"""Faults: what is wrong with the machine or a source, open until it is right again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select, update

from monitor.store.insert import insert
from monitor.store.schema import fault
from monitor.store.types import AnyRow


def open_(conn: Connection, kind: str, subject: str, text: str, at: datetime) -> int | None:
    """Report a fault; None when it is open already (its text is brought up to date)."""
    mine = (fault.c.kind == kind, fault.c.subject == subject, fault.c.closed_at.is_(None))
    if conn.execute(update(fault).where(*mine).values(text=text)).rowcount:
        return None
    return insert(conn, fault, {"kind": kind, "subject": subject, "text": text, "opened_at": at})


def close(conn: Connection, kind: str, subject: str, at: datetime) -> bool:
    """It is right again; whether there was anything to close."""
    mine = (fault.c.kind == kind, fault.c.subject == subject, fault.c.closed_at.is_(None))
    return conn.execute(update(fault).where(*mine).values(closed_at=at)).rowcount > 0


def open_now(conn: Connection) -> Sequence[AnyRow]:
    """All open faults, oldest first."""
    return conn.execute(select(fault).where(fault.c.closed_at.is_(None)).order_by(fault.c.opened_at)).all()
