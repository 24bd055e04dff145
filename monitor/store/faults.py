"""Faults: what is wrong with the machine or a source, open until it is right again.

`mailed_at` is the last time the administrator was told: null while nobody was, before `closed_at` while the
end of a fault that was told is still to be said.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, exists, or_, select, update

from monitor.store.insert import insert
from monitor.store.schema import fault
from monitor.store.types import AnyRow

_TICK = timedelta(microseconds=1)


def open_(conn: Connection, kind: str, subject: str, text: str, at: datetime) -> int | None:
    """Report a fault; None when it is open already (its text is brought up to date)."""
    mine = (fault.c.kind == kind, fault.c.subject == subject, fault.c.closed_at.is_(None))
    if conn.execute(update(fault).where(*mine).values(text=text)).rowcount:
        return None
    return insert(conn, fault, {"kind": kind, "subject": subject, "text": text, "opened_at": at})


def close(conn: Connection, kind: str, subject: str, at: datetime) -> bool:
    """It is right again; whether there was anything to close."""
    return close_all(conn, kind, [subject], at) > 0


def close_all(conn: Connection, kind: str, subjects: Collection[str], at: datetime) -> int:
    """These subjects are right again; how many were open."""
    mine = (fault.c.kind == kind, fault.c.subject.in_(subjects), fault.c.closed_at.is_(None))
    return conn.execute(update(fault).where(*mine).values(closed_at=at)).rowcount


def open_now(conn: Connection) -> Sequence[AnyRow]:
    """All open faults, oldest first."""
    return conn.execute(select(fault).where(fault.c.closed_at.is_(None)).order_by(fault.c.opened_at)).all()


def untold(conn: Connection, opened: datetime, closed: datetime, again: datetime) -> Sequence[AnyRow]:
    """Faults open since `opened` at the latest that nobody was told of, and ends to be told, settled at
    `closed` at the latest; oldest first.

    One that comes and goes waits: not told while the same was told after `again`, and its end is not told
    while the same is open once more.
    """
    same = fault.alias("same")
    alike = (same.c.kind == fault.c.kind, same.c.subject == fault.c.subject, same.c.id != fault.c.id)
    new = (
        fault.c.closed_at.is_(None)
        & fault.c.mailed_at.is_(None)
        & (fault.c.opened_at <= opened)
        & ~exists().where(*alike, same.c.mailed_at > again)
    )
    over = (
        (fault.c.mailed_at <= fault.c.closed_at)
        & (fault.c.closed_at <= closed)
        & ~exists().where(*alike, same.c.closed_at.is_(None))
    )
    return conn.execute(select(fault).where(or_(new, over)).order_by(fault.c.id)).all()


def last_told(conn: Connection) -> datetime | None:
    """When the administrator was last told of anything."""
    return conn.scalar(select(fault.c.mailed_at).order_by(fault.c.mailed_at.desc().nulls_last()).limit(1))


def told(conn: Connection, rows: Sequence[AnyRow], at: datetime) -> None:
    """The administrator is told of these, in this transaction; an end is told once."""
    for row in rows:
        after = max(at, row.closed_at + _TICK) if row.closed_at else at
        conn.execute(update(fault).where(fault.c.id == row.id).values(mailed_at=after))


def expire(conn: Connection, kinds: Collection[str], before: datetime, at: datetime) -> int:
    """Close what nothing else closes (one document, one message) when it has stood long enough. Told or
    not, its end is no news."""
    old = (fault.c.kind.in_(kinds), fault.c.closed_at.is_(None), fault.c.opened_at < before)
    return conn.execute(update(fault).where(*old).values(closed_at=at, mailed_at=at + _TICK)).rowcount


def forget(conn: Connection, before: datetime) -> int:
    """Remove faults that ended before that; how many."""
    return conn.execute(delete(fault).where(fault.c.closed_at < before)).rowcount
