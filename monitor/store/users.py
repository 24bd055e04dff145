"""People who may log in, and the wrong passwords tried against them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, select

from monitor.domain.lockout import Attempts
from monitor.store import schema
from monitor.store.insert import insert, put

table = schema.user
attempts_table = schema.login_attempt


@dataclass(frozen=True, slots=True)
class User:
    """An account. `must_change`: logged in with a one-time password, may do nothing but choose another."""

    id: int
    login: str
    name: str
    roles: tuple[str, ...]
    unit: str
    must_change: bool
    password_hash: str
    last_login_at: datetime | None
    disabled: bool


def _user(row: RowMapping) -> User:
    return User(
        id=row["id"],
        login=row["login"],
        name=row["name"],
        roles=tuple(row["roles"]),
        unit=row["unit"],
        must_change=row["must_change"],
        password_hash=row["password_hash"],
        last_login_at=row["last_login_at"],
        disabled=row["disabled_at"] is not None,
    )


def _one(conn: Connection, condition: Any) -> User | None:
    row = conn.execute(select(table).where(condition)).mappings().first()
    return None if row is None else _user(row)


def by_login(conn: Connection, login: str) -> User | None:
    """The account of that login name, disabled or not."""
    return _one(conn, table.c.login == login)


def by_id(conn: Connection, user_id: int) -> User | None:
    """The account of that id, disabled or not."""
    return _one(conn, table.c.id == user_id)


def everyone(conn: Connection) -> list[User]:
    """All accounts by login name."""
    return [_user(row) for row in conn.execute(select(table).order_by(table.c.login)).mappings()]


def names(conn: Connection) -> dict[str, str]:
    """What people are called, by login."""
    return {login: name for login, name in conn.execute(select(table.c.login, table.c.name))}  # noqa: C416


def add(
    conn: Connection,
    login: str,
    name: str,
    password_hash: str,
    roles: Sequence[str],
    now: datetime,
    unit: str = "",
) -> int:
    """Open an account that must choose its own password at the first log-in."""
    values = {
        "login": login,
        "name": name,
        "password_hash": password_hash,
        "roles": list(roles),
        "unit": unit,
    }
    return insert(conn, table, {**values, "must_change": True, "created_at": now})


def set_password(conn: Connection, user_id: int, password_hash: str, *, must_change: bool) -> None:
    """Replace the password. Sessions are closed by the caller (`sessions.close_all`)."""
    values = {"password_hash": password_hash, "must_change": must_change}
    conn.execute(table.update().where(table.c.id == user_id).values(**values))


def set_roles(conn: Connection, user_id: int, roles: Sequence[str]) -> None:
    """Replace what the account may do."""
    conn.execute(table.update().where(table.c.id == user_id).values(roles=list(roles)))


def disable(conn: Connection, user_id: int, now: datetime | None) -> None:
    """Close an account (`now`) or open it again (None)."""
    conn.execute(table.update().where(table.c.id == user_id).values(disabled_at=now))


def note_login(conn: Connection, user_id: int, now: datetime) -> None:
    """Remember the last successful log-in."""
    conn.execute(table.update().where(table.c.id == user_id).values(last_login_at=now))


def attempts(conn: Connection, login: str, address: str) -> Attempts:
    """What is remembered of wrong passwords for this login from this address."""
    columns = attempts_table.c
    row = conn.execute(
        select(columns.failed, columns.locks, columns.last_at, columns.locked_until).where(
            columns.login == login, columns.address == address
        )
    ).first()
    return Attempts() if row is None else Attempts(*row)


def keep_attempts(conn: Connection, login: str, address: str, state: Attempts) -> None:
    """Write the new count of wrong passwords."""
    values = {
        "login": login,
        "address": address,
        "failed": state.failed,
        "locks": state.locks,
        "last_at": state.last_at,
        "locked_until": state.locked_until,
    }
    put(conn, attempts_table, values, ("login", "address"))


def forget_attempts(conn: Connection, login: str, address: str) -> None:
    """The right password came: start anew."""
    columns = attempts_table.c
    conn.execute(delete(attempts_table).where(columns.login == login, columns.address == address))
