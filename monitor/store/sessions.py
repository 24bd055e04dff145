"""Sessions live here, not in the browser: the cookie holds a random token, the database its hash."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from monitor.store import schema

table = schema.session

# a request within this time of the last noted one writes nothing: a read must not queue behind the crawl
NOTE_EVERY = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Session:
    """One browser, logged in. `csrf` must come back with every act."""

    token_hash: str
    user_id: int
    csrf: str
    created_at: datetime
    seen_at: datetime


def hashed(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def start(conn: Connection, user_id: int, now: datetime, address: str) -> str:
    """Begin a session and return its token, which is not kept."""
    token = secrets.token_urlsafe(32)
    values = {
        "token_hash": hashed(token),
        "user_id": user_id,
        "csrf": secrets.token_urlsafe(32),
        "created_at": now,
        "seen_at": now,
        "address": address,
    }
    conn.execute(table.insert().values(**values))
    return token


def find(conn: Connection, token: str, now: datetime, idle: timedelta, longest: timedelta) -> Session | None:
    """The session of that token, unless it idled too long or is too old."""
    columns = table.c
    row = conn.execute(
        select(columns.token_hash, columns.user_id, columns.csrf, columns.created_at, columns.seen_at).where(
            columns.token_hash == hashed(token)
        )
    ).first()
    if row is None or now - row.seen_at > idle or now - row.created_at > longest:
        return None
    return Session(*row)


def note(conn: Connection, session: Session, now: datetime) -> None:
    """The browser was heard of: its idle time starts anew."""
    conn.execute(table.update().where(table.c.token_hash == session.token_hash).values(seen_at=now))


def close(conn: Connection, token_hash: str) -> None:
    """Log out."""
    conn.execute(delete(table).where(table.c.token_hash == token_hash))


def close_all(conn: Connection, user_id: int) -> None:
    """Log a person out everywhere: after a new password, or when the account is closed."""
    conn.execute(delete(table).where(table.c.user_id == user_id))


def sweep(conn: Connection, now: datetime, longest: timedelta) -> None:
    """Remove the sessions nobody can use any more."""
    conn.execute(delete(table).where(table.c.created_at < now - longest))
