"""Sources' state: when each is due, who visits it now, how its last visits went."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, or_, select, update

from monitor.store.insert import insert
from monitor.store.schema import document, source_state, visit
from monitor.store.types import AnyRow

LEASE = timedelta(minutes=6)


def ensure(conn: Connection, ids: Collection[str], now: datetime) -> None:
    """Give every source a state; a new one is due at once. States of sources no longer there are removed."""
    there = set(conn.scalars(select(source_state.c.source)))
    for ident in sorted(set(ids) - there):
        conn.execute(source_state.insert().values(source=ident, next_at=now))
    if gone := there - set(ids):
        conn.execute(delete(source_state).where(source_state.c.source.in_(gone)))


def claim(conn: Connection, owner: str, ids: Collection[str], now: datetime, limit: int) -> Sequence[AnyRow]:
    """Take the sources that are due, are not blocked and that nobody visits, the longest waiting first."""
    free = or_(source_state.c.lease_until.is_(None), source_state.c.lease_until <= now)
    due = (
        select(source_state)
        .where(
            source_state.c.source.in_(ids),
            source_state.c.next_at <= now,
            source_state.c.blocked.is_(False),
            free,
        )
        .order_by(source_state.c.next_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = conn.execute(due).all()
    taken = update(source_state).where(source_state.c.source.in_([row.source for row in rows]))
    if rows:
        conn.execute(taken.values(lease_owner=owner, lease_until=now + LEASE))
    return rows


def take(conn: Connection, ident: str, owner: str, now: datetime) -> AnyRow | None:
    """Take one source that was handed to us; None when somebody has visited it since, or it is blocked."""
    due = select(source_state).where(
        source_state.c.source == ident, source_state.c.next_at <= now, source_state.c.blocked.is_(False)
    )
    row = conn.execute(due.with_for_update()).first()
    if row is not None:
        renew(conn, owner, [ident], now)
    return row


def renew(conn: Connection, owner: str, ids: Collection[str], now: datetime) -> None:
    """These are still being visited by this owner."""
    mine = update(source_state).where(source_state.c.source.in_(ids))
    conn.execute(mine.values(lease_owner=owner, lease_until=now + LEASE))


def any_due(conn: Connection, ids: Collection[str], now: datetime) -> bool:
    """Whether a claim would find anything: asked twice a second, so that writing is not."""
    free = or_(source_state.c.lease_until.is_(None), source_state.c.lease_until <= now)
    due = (
        source_state.c.source.in_(ids),
        source_state.c.next_at <= now,
        source_state.c.blocked.is_(False),
        free,
    )
    return conn.scalar(select(func.count()).select_from(source_state).where(*due)) != 0


def finish(conn: Connection, ident: str, values: Mapping[str, Any]) -> None:
    """Write how a visit went and give the source back."""
    done = {**values, "lease_owner": None, "lease_until": None}
    conn.execute(update(source_state).where(source_state.c.source == ident).values(**done))


def release(conn: Connection, owner: str) -> None:
    """Give back what this owner holds: a stop in the middle of a visit loses the visit, not the source."""
    held = update(source_state).where(source_state.c.lease_owner == owner)
    conn.execute(held.values(lease_owner=None, lease_until=None))


def note_visit(conn: Connection, values: Mapping[str, Any]) -> None:
    """One line of the source's log."""
    insert(conn, visit, values)


def delivered_since(conn: Connection, ids: Collection[str], since: datetime) -> set[str]:
    """Of these sources, those that brought something since then, by the log."""
    good = select(visit.c.source).where(visit.c.at >= since, visit.c.status == "ok")
    return set(conn.scalars(good.where(visit.c.source.in_(ids)).distinct()))


def arrivals(conn: Connection, ident: str, since: datetime) -> Sequence[datetime]:
    """When this source's pages were published (or fetched, where they show no time), oldest first."""
    when = func.coalesce(document.c.published_at, document.c.fetched_at)
    query = (
        select(when)
        .where(document.c.source == ident, document.c.archived_at >= since)
        .order_by(document.c.id)
    )
    return list(conn.scalars(query))


def listing(conn: Connection) -> Sequence[AnyRow]:
    """The state of every source."""
    return conn.execute(select(source_state).order_by(source_state.c.source)).all()


def one(conn: Connection, ident: str) -> AnyRow | None:
    """The state of one source; None before the crawl role has met it."""
    return conn.execute(select(source_state).where(source_state.c.source == ident)).first()


def rest(conn: Connection, ids: Collection[str], until: datetime) -> None:
    """These are not visited by us: they are never due."""
    conn.execute(
        update(source_state)
        .where(source_state.c.source.in_(ids), source_state.c.next_at < until)
        .values(next_at=until)
    )


def look_now(conn: Connection, ident: str, now: datetime) -> None:
    """Make a source due at once, blocked or not: a person asked for it."""
    values = {"next_at": now, "blocked": False}
    conn.execute(update(source_state).where(source_state.c.source == ident).values(**values))


def hasten(conn: Connection, pace: Mapping[str, timedelta], now: datetime) -> None:
    """Make these due at once, each no sooner than its pace after its last visit; never a blocked one."""
    rows = conn.execute(select(source_state).where(source_state.c.source.in_(pace))).all()
    for row in rows:
        looks = [at for at in (row.last_success_at, row.last_failure_at) if at is not None]
        soonest = max([now, *(at + pace[row.source] for at in looks)])
        if not row.blocked and soonest < row.next_at:
            mine = source_state.c.source == row.source
            conn.execute(update(source_state).where(mine).values(next_at=soonest))
