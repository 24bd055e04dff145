"""Acting with a record: an act and its audit row stand in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from monitor.console.auth import Visitor
from monitor.console.desk import Cabinet, Desk
from monitor.store import audit
from monitor.store.engine import Store


@dataclass(frozen=True)
class RecordingStore(Store):
    """The same database; each write transaction ends with a row that says who did what."""

    record: Callable[[Connection], None] = lambda conn: None

    @contextmanager
    def write(self, *, durable: bool = True) -> Iterator[Connection]:
        """As `Store.write`; if the row cannot be written, nothing is."""
        with super().write(durable=durable) as conn:
            yield conn
            self.record(conn)


def recorded(desk: Desk, visitor: Visitor, action: str, subject: str, **detail: object) -> Cabinet:
    """The office as an act gets it: whatever it writes is recorded under this visitor's name."""
    login, now, address = visitor.user.login, visitor.now, visitor.address
    return recorded_by(desk, login, now, address, action, subject, **detail)


def recorded_by(
    desk: Desk, who: str, now: datetime, address: str, action: str, subject: str, **detail: object
) -> Cabinet:
    """The same for one without an account: the holder of a signed link."""

    def record(conn: Connection) -> None:
        audit.append(conn, who, action, now, subject=subject, address=address, detail=detail or None)

    return _cabinet(desk, record)


def recorded_once(
    desk: Desk, who: str, now: datetime, address: str, action: str, subject: str, **detail: object
) -> Cabinet:
    """For an act of several transactions: the row stands in the first of them."""
    rows = iter((detail or None,))

    def record(conn: Connection) -> None:
        for more in rows:
            audit.append(conn, who, action, now, subject=subject, address=address, detail=more)

    return _cabinet(desk, record)


def _cabinet(desk: Desk, record: Callable[[Connection], None]) -> Cabinet:
    store = RecordingStore(desk.store.engine, desk.store.epoch, record)
    return Cabinet(store, desk.station(), desk.key, desk.folder)
