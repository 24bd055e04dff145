"""Exactly one scheduler: a lock says who may begin, an epoch makes a predecessor's late writes fail."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import IO, Protocol

from sqlalchemy import Connection, text

from monitor.store import facts
from monitor.store.engine import Store

_LOCK = 0x0CA1FE28


class Lock(Protocol):
    """Held by at most one process; given up when that process dies."""

    def take(self) -> bool: ...
    def held(self) -> bool: ...
    def drop(self) -> None: ...


class FileLock:
    """flock: one machine, SQLite."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def take(self) -> bool:
        """Try once, without waiting."""
        file = self._path.open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def held(self) -> bool:
        """The kernel keeps it as long as we live."""
        return self._file is not None

    def drop(self) -> None:
        """Let another one begin."""
        if self._file is not None:
            self._file.close()
            self._file = None


class SessionLock:
    """A session's advisory lock: several machines, PostgreSQL. Lost when its connection is."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._conn: Connection | None = None

    def take(self) -> bool:
        """Try once, without waiting."""
        conn = self._store.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        if not conn.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": _LOCK}):
            conn.close()
            return False
        self._conn = conn
        return True

    def held(self) -> bool:
        """Asks the server: a broken connection has lost the lock without a word."""
        if self._conn is None:
            return False
        try:
            self._conn.execute(text("SELECT 1"))
        except Exception:  # noqa: BLE001 - whatever the driver raises, the lock is no longer sure
            return False
        return True

    def drop(self) -> None:
        """Let another one begin; the connection is not returned to the pool with the lock on it."""
        if self._conn is not None:
            self._conn.invalidate()
            self._conn.close()
            self._conn = None


def lock_of(store: Store, folder: Path) -> Lock:
    """The lock that fits the database."""
    return FileLock(folder / "var" / "scheduler.lock") if store.is_sqlite else SessionLock(store)


def begin(store: Store) -> Store:
    """The store of a new reign: every write of it fails once another reign has begun."""
    with store.write() as conn:
        return store.fenced(facts.next_epoch(conn))
