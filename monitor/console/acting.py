"""Acting with a record: an act and its audit row stand in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection

from monitor.console.auth import Visitor, note
from monitor.console.desk import Cabinet, Desk
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

    def record(conn: Connection) -> None:
        note(conn, visitor, action, subject, **detail)

    store = RecordingStore(desk.store.engine, desk.store.epoch, record)
    return Cabinet(store, desk.station(), desk.key, desk.folder)
