"""A move of a state machine in the database: the row changes once, and history says who, when and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, select, update

from monitor.domain.machine import Machine, Move
from monitor.errors import CaifengError
from monitor.store.insert import insert
from monitor.store.schema import history


class Overtaken(CaifengError):
    """Somebody else moved the row first."""

    def __init__(self, noun: str) -> None:
        super().__init__(f"{noun}刚刚已被他人处理，请刷新页面后再操作")


class Missing(CaifengError):
    """There is no such row."""

    def __init__(self, noun: str, row_id: int) -> None:
        super().__init__(f"没有编号为 {row_id} 的{noun}")


def advance(
    conn: Connection,
    table: Table,
    machine: Machine,
    row_id: int,
    event: str,
    *,
    who: str,
    at: datetime,
    why: str = "",
    changes: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Move:
    """Make the move `event` on one row and write its history. Raises Missing, IllegalMove, Overtaken."""
    state = conn.scalar(select(table.c.state).where(table.c.id == row_id))
    if state is None:
        raise Missing(machine.noun, row_id)
    move = machine.move(state, event)
    values = {"state": move.after, **(changes or {})}
    if "version" in table.c:
        values["version"] = table.c.version + 1
    done = conn.execute(update(table).where(table.c.id == row_id, table.c.state == state).values(values))
    if done.rowcount != 1:
        raise Overtaken(machine.noun)
    record(conn, table.name, row_id, event, who=who, at=at, why=why, move=move, facts=facts)
    return move


def record(
    conn: Connection,
    noun: str,
    row_id: int,
    event: str,
    *,
    who: str,
    at: datetime,
    why: str = "",
    move: Move | None = None,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """One line of history; without a move it is a remark, an instruction, an entry."""
    insert(
        conn,
        history,
        {
            "noun": noun,
            "subject_id": row_id,
            "at": at,
            "who": who,
            "event": event,
            "before": move.before if move else None,
            "after": move.after if move else None,
            "why": why,
            "facts": dict(facts) if facts else None,
        },
    )
