"""tidy: what has had its time is removed, with evidence of it, and a copy of the database is kept; hourly.

Bit by bit: no transaction holds the writer for long. What was removed is an entry of the audit (清理凭证):
how many of what, and from before when; never what it said.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from monitor.clock import local
from monitor.log import logger
from monitor.settings.station import Retention
from monitor.stages import Done, House
from monitor.store import audit, facts, faults, retention, roles, sessions

EVERY = timedelta(hours=1)
BATCH = 20
BY = "tidy"
_MOST = 100  # batches of one sort per hour: 2,000 documents, 48,000 a day
_PROCESSES, _FAULTS = timedelta(days=7), timedelta(days=7)
# faults of one document or one message: nothing makes them right again
_SINGLE = ("judge", "delivery")
_log = logger(__name__)
Forget = Callable[[Connection, datetime, int], int]


def run(house: House, now: datetime) -> Done:
    """Retention and the day's backup, when an hour has passed since the last time."""
    with house.store.read() as conn:
        last = facts.get(conn, "tidied_at")
    if last is not None and now - datetime.fromisoformat(last) < EVERY:
        return Done("tidy")
    removed = {name: _remove(house, forget, before) for name, (forget, before) in _due(house, now).items()}
    removed = {name: number for name, number in removed.items() if number}
    with house.store.write() as conn:
        _sweep(conn, house, now)
        if removed:
            _prove(conn, house, removed, now)
        facts.set_(conn, "tidied_at", now.isoformat())
    if removed and house.store.is_sqlite:
        _wipe(house)
    saved = _back_up(house, now)
    _log.info("tidy.done", removed=removed, backup=saved)
    return Done("tidy", sum(removed.values()))


def _due(house: House, now: datetime) -> Mapping[str, tuple[Forget, datetime]]:
    """Each sort of row with its term."""
    kept: Retention = house.station.retention
    return {
        "信息": (retention.calm_documents, now - kept.documents),
        "事件信息": (retention.documents_of_incidents, now - kept.incidents),
        "回访电话": (retention.phones, now - kept.phones),
        "消息": (retention.messages, now - kept.incidents),
        "采集记录": (retention.visits, now - kept.visits),
        "审计记录": (retention.audit, now - kept.audit),
    }


def _remove(house: House, forget: Forget, before: datetime) -> int:
    total = 0
    for _ in range(_MOST):
        with house.store.write() as conn:
            removed = forget(conn, before, BATCH)
        total += removed
        if removed < BATCH:
            break
    return total


def _sweep(conn: Connection, house: House, now: datetime) -> None:
    """What is nobody's data."""
    roles.forget(conn, now - _PROCESSES)
    sessions.sweep(conn, now, house.station.retention.sessions)
    faults.expire(conn, _SINGLE, now - _FAULTS, now)
    faults.forget(conn, now - house.station.retention.visits)


def _prove(conn: Connection, house: House, removed: Mapping[str, int], now: datetime) -> None:
    terms = {name: local(before).strftime("%Y-%m-%d") for name, (_, before) in _due(house, now).items()}
    detail = {name: {"removed": number, "before": terms[name]} for name, number in removed.items()}
    audit.append(conn, BY, "retention", now, subject="到期清理", detail=detail)


def _wipe(house: House) -> None:
    """The journal still holds the pages as they were: empty it."""
    with house.store.engine.connect() as conn:
        conn.exec_driver_sql("ROLLBACK")
        conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        conn.exec_driver_sql("BEGIN")


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
