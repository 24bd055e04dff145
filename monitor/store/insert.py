"""Inserts that may meet a row already there, in the words of both databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def _insert(conn: Connection, table: Table) -> Any:
    return sqlite.insert(table) if conn.dialect.name == "sqlite" else postgresql.insert(table)


def insert(conn: Connection, table: Table, values: Mapping[str, Any]) -> int:
    """Insert one row and return its id."""
    return int(conn.execute(table.insert().values(**values).returning(table.c.id)).scalar_one())


def insert_once(conn: Connection, table: Table, values: Mapping[str, Any], key: Sequence[str]) -> int | None:
    """Insert unless a row with that key exists; its first key column's value, or None when it was there."""
    statement = _insert(conn, table).values(**values).on_conflict_do_nothing(index_elements=list(key))
    found = conn.execute(statement.returning(*table.primary_key.columns)).scalar()
    return None if found is None else int(found)


def insert_row_once(conn: Connection, table: Table, values: Mapping[str, Any], key: Sequence[str]) -> None:
    """Insert unless a row with that key exists."""
    conn.execute(_insert(conn, table).values(**values).on_conflict_do_nothing(index_elements=list(key)))


def insert_all_once(
    conn: Connection, table: Table, rows: Sequence[Mapping[str, Any]], key: Sequence[str]
) -> None:
    """Insert many rows of the same columns in one go, but those that exist."""
    if rows:
        statement = _insert(conn, table).on_conflict_do_nothing(index_elements=list(key))
        conn.execute(statement, [dict(row) for row in rows])


def put(conn: Connection, table: Table, values: Mapping[str, Any], key: Sequence[str]) -> None:
    """Insert, or overwrite the row with that key with the values given."""
    statement = _insert(conn, table).values(**values)
    rest = {name: statement.excluded[name] for name in values if name not in key}
    if not rest:
        insert_row_once(conn, table, values, key)
        return
    conn.execute(statement.on_conflict_do_update(index_elements=list(key), set_=rest))
