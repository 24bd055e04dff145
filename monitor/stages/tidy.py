"""tidy: what has had its time is removed, and a copy of the database is kept; hourly, bit by bit."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

from monitor.clock import local
from monitor.log import logger
from monitor.stages import Done, House
from monitor.store import documents, facts, roles, sources

EVERY = timedelta(hours=1)
BATCH = 20
_MOST = 100  # batches per hour: 2,000 documents, 48,000 a day
_log = logger(__name__)


def run(house: House, now: datetime) -> Done:
    """Retention and the day's backup, when an hour has passed since the last time."""
    with house.store.read() as conn:
        last = facts.get(conn, "tidied_at")
    if last is not None and now - datetime.fromisoformat(last) < EVERY:
        return Done("tidy")
    removed = _forget_documents(house, now)
    with house.store.write() as conn:
        sources.forget_visits(conn, now - house.station.retention.visits, 5000)
        roles.forget(conn, now - timedelta(days=7))
        facts.set_(conn, "tidied_at", now.isoformat())
    saved = _back_up(house, now)
    _log.info("tidy.done", documents=removed, backup=saved)
    return Done("tidy", removed)


def _forget_documents(house: House, now: datetime) -> int:
    total, before = 0, now - house.station.retention.documents
    for _ in range(_MOST):
        with house.store.write() as conn:
            removed = documents.forget(conn, before, BATCH)
        total += removed
        if removed < BATCH:
            break
    return total


def _back_up(house: House, now: datetime) -> str | None:
    """One copy a day on SQLite (PostgreSQL has tools of its own); the oldest ones beyond the number go."""
    keep, file = house.station.retention.backups, house.store.engine.url.database
    if not house.store.is_sqlite or not keep or not file:
        return None
    folder = house.folder / "var" / "backups"
    target = folder / f"caifeng-{local(now):%Y%m%d}.db"
    if target.exists():
        return None
    folder.mkdir(parents=True, exist_ok=True)
    _copy(Path(file), target)
    for old in sorted(folder.glob("caifeng-*.db"))[:-keep]:
        old.unlink()
    return target.name


def _copy(source: Path, target: Path) -> None:
    partial = target.with_suffix(".partial")
    with sqlite3.connect(source) as old, sqlite3.connect(partial) as new:
        old.backup(new, pages=2000)
    new.close()
    old.close()
    partial.chmod(0o600)
    partial.replace(target)
