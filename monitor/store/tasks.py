"""Chased tasks: leaders' instructions (批示) and meetings' agreed actions (议定事项)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select, update

from monitor.domain.machine import Move
from monitor.domain.task import MACHINE
from monitor.store.insert import insert
from monitor.store.moves import Missing, advance, record
from monitor.store.schema import task

OPEN = ("open", "reported")


@dataclass(frozen=True, slots=True)
class Task:
    """One task. `origin`: instruction (a bulletin) or meeting; `unit` may be named later."""

    id: int
    origin: str
    origin_id: int
    incident_id: int | None
    kind: str
    words: str
    leader: str
    unit: str
    assisting: Sequence[str] | None
    state: str
    given_at: datetime
    how: str
    confirmed_by: str | None
    confirmed_at: datetime | None
    due_at: datetime | None
    done_at: datetime | None
    result: str


_COLUMNS = [task.c[name] for name in Task.__dataclass_fields__]


def add(conn: Connection, values: Mapping[str, Any], who: str) -> int:
    """A new task; its id."""
    new = insert(conn, task, values)
    record(conn, "task", new, "given", who=who, at=values["given_at"], why=values["words"])
    return new


def one(conn: Connection, task_id: int) -> Task:
    """One task. Raises Missing."""
    row = conn.execute(select(*_COLUMNS).where(task.c.id == task_id)).first()
    if row is None:
        raise Missing(MACHINE.noun, task_id)
    return Task(*row)


def _some(conn: Connection, *wanted: Any) -> list[Task]:
    return [Task(*row) for row in conn.execute(select(*_COLUMNS).where(*wanted).order_by(task.c.id))]


def of_origin(conn: Connection, origin: str, origin_id: int) -> list[Task]:
    """The tasks one bulletin or one meeting gave."""
    return _some(conn, task.c.origin == origin, task.c.origin_id == origin_id)


def of_unit(conn: Connection, unit: str) -> list[Task]:
    """What a unit owes, or has lately reported."""
    return _some(conn, task.c.unit == unit, task.c.state.in_(OPEN))


def listing(conn: Connection, states: Collection[str] = (), limit: int = 200) -> list[Task]:
    """Tasks in these states (all when none is named), newest first."""
    query = select(*_COLUMNS).order_by(task.c.id.desc()).limit(limit)
    return [Task(*r) for r in conn.execute(query.where(task.c.state.in_(states)) if states else query)]


def to_tell(conn: Connection, origin: str, since: datetime, until: datetime) -> list[Task]:
    """What a bulletin or an agenda tells of: what is still open, and what was done since."""
    done = (task.c.done_at >= since) & (task.c.done_at < until)
    alive = task.c.state.in_(OPEN) & (task.c.given_at < until)
    return _some(conn, task.c.origin == origin, or_(alive, done))


def step(
    conn: Connection, task_id: int, event: str, *, who: str, at: datetime, why: str = "", **changes: Any
) -> Move:
    """Make one move. Raises Missing, IllegalMove, Overtaken."""
    return advance(conn, task, MACHINE, task_id, event, who=who, at=at, why=why, changes=changes)


def rewrite(conn: Connection, task_id: int, **changes: Any) -> None:
    """Other values, not another state."""
    conn.execute(update(task).where(task.c.id == task_id).values(**changes))
