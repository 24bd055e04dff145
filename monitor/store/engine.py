"""The database: SQLite (WAL) on one machine, PostgreSQL on several; the same calls for both.

`Store.read()` and `Store.write()` give a connection inside one transaction. A write on SQLite begins
IMMEDIATE, so that two writers wait for each other at the start and never fail in the middle. A store
that carries an `epoch` belongs to one scheduler; once another has taken over, its writes are refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, select

from monitor.errors import CaifengError
from monitor.store.schema import meta

BUSY_SECONDS = 30
EPOCH = "epoch"


class Superseded(CaifengError):
    """Another scheduler has taken over; what this one was about to write must not be written."""

    def __init__(self, own: int, current: int) -> None:
        self.own, self.current = own, current
        super().__init__(f"调度进程已被接替（本进程第 {own} 任，现为第 {current} 任），本次写入已放弃")


@dataclass(frozen=True)
class Store:
    """The door to the database. `epoch` is set for the scheduler's stages only."""

    engine: Engine
    epoch: int | None = None

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the one-machine database."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view; nothing written is kept."""
        with self.engine.connect() as conn:
            yield conn

    @contextmanager
    def write(self, *, durable: bool = True) -> Iterator[Connection]:
        """One transaction, kept when the block ends without an error.

        `durable=False` may lose the last second on a power cut (never consistency): for what a crawl would
        bring again, not for papers, receipts, deliveries and the audit. Raises Superseded.
        """
        options = {"caifeng_write": True, "caifeng_durable": durable}
        with self.engine.connect().execution_options(**options) as conn, conn.begin():
            self._check_epoch(conn)
            yield conn

    def fenced(self, epoch: int) -> Store:
        """The same database for the scheduler of that epoch."""
        return replace(self, epoch=epoch)

    def close(self) -> None:
        """Give up all connections."""
        self.engine.dispose()

    def _check_epoch(self, conn: Connection) -> None:
        if self.epoch is None:
            return
        # FOR SHARE: a successor's take-over on PostgreSQL waits for us (SQLite has no such clause)
        current = conn.scalar(select(meta.c.value).where(meta.c.key == EPOCH).with_for_update(read=True))
        if current != self.epoch:
            raise Superseded(self.epoch, int(current or 0))


def open_store(url: str) -> Store:
    """Open `sqlite:///FILE`, `postgresql://…` or a bare file name; creates a SQLite file, not its tables."""
    address = _address(url)
    if address.startswith("sqlite"):
        return Store(_sqlite(address))
    return Store(_postgresql(address))


def _address(url: str) -> str:
    if "://" not in url:
        return f"sqlite:///{Path(url).resolve()}"
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _sqlite(address: str) -> Engine:
    # autocommit at the driver: our own BEGIN decides, not Python's guess at the first INSERT
    connect = {"timeout": BUSY_SECONDS, "check_same_thread": False, "isolation_level": None}
    engine = create_engine(address, json_serializer=_dump, connect_args=connect)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(dbapi: Any, record: Any) -> None:
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=FULL",
        "secure_delete=ON",  # what retention removes is overwritten, not only unlinked
        f"busy_timeout={BUSY_SECONDS * 1000}",
    ):
        dbapi.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(conn: Connection) -> None:
    options = conn.get_execution_options()
    if not options.get("caifeng_write"):
        conn.exec_driver_sql("BEGIN")
        return
    level = "FULL" if options.get("caifeng_durable") else "NORMAL"
    conn.exec_driver_sql(f"PRAGMA synchronous={level}")  # must stand before BEGIN
    conn.exec_driver_sql("BEGIN IMMEDIATE")


def _postgresql(address: str) -> Engine:
    engine = create_engine(address, json_serializer=_dump, pool_pre_ping=True, pool_size=5, max_overflow=10)
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _begin_postgresql(conn: Connection) -> None:
    if conn.get_execution_options().get("caifeng_durable") is False:
        conn.exec_driver_sql("SET LOCAL synchronous_commit = off")
