"""Sites: whose turn it is at each, for every crawl role, pasted link and trial of a station."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, or_, select, update

from monitor.store.insert import insert_row_once
from monitor.store.schema import site

# how soon a site that is held is asked for again: an answer takes about so long
AGAIN = timedelta(seconds=0.2)


def moment(conn: Connection, now: datetime) -> datetime:
    """The time all processes agree on: the server's, where they may stand on several machines."""
    if conn.dialect.name == "sqlite":
        return now
    agreed: datetime = conn.execute(select(func.clock_timestamp())).scalar_one()
    return agreed


def enter(conn: Connection, host: str, owner: str, hold: timedelta, now: datetime) -> timedelta:
    """Take the site for one request; zero when it is ours, else how long to wait before asking again."""
    at = moment(conn, now)
    insert_row_once(conn, site, {"host": host, "next_allowed_at": at}, ["host"])
    free = or_(site.c.held_until.is_(None), site.c.held_until <= at)
    mine = update(site).where(site.c.host == host, site.c.next_allowed_at <= at, free)
    if conn.execute(mine.values(held_by=owner, held_until=at + hold)).rowcount:
        return timedelta()
    free_at: datetime = conn.scalars(select(site.c.next_allowed_at).where(site.c.host == host)).one()
    return max(AGAIN, free_at - at)


def leave(conn: Connection, host: str, owner: str, gap: timedelta, now: datetime) -> None:
    """Give it back; nobody may enter before the gap is over. One whose time had run out says nothing."""
    mine = update(site).where(site.c.host == host, site.c.held_by == owner)
    free_again = {"held_by": None, "held_until": None, "next_allowed_at": moment(conn, now) + gap}
    conn.execute(mine.values(**free_again))


def forget(conn: Connection, before: datetime) -> int:
    """Remove sites nobody has asked for since."""
    old = delete(site).where(site.c.next_allowed_at < before, site.c.held_by.is_(None))
    return conn.execute(old).rowcount
