"""The audit as an auditor reads it: narrowed by who, what and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, func, or_, select, true

from monitor.store import schema

audit = schema.audit


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty means all. `until` is exclusive; `subject` matches its beginning."""

    who: str = ""
    action: str = ""
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None
    ok: bool | None = None


def _conditions(wanted: Wanted) -> ColumnElement[bool]:
    found: list[ColumnElement[bool]] = [true()]
    if wanted.who:
        found.append(audit.c.who == wanted.who)
    if wanted.action:
        found.append(audit.c.action == wanted.action)
    if wanted.subject:
        found.append(or_(*(test(wanted.subject) for test in (audit.c.subject.__eq__, _below))))
    if wanted.since is not None:
        found.append(audit.c.at >= wanted.since)
    if wanted.until is not None:
        found.append(audit.c.at < wanted.until)
    if wanted.ok is not None:
        found.append(audit.c.ok.is_(wanted.ok))
    return and_(*found)


def _below(subject: str) -> ColumnElement[bool]:
    """`incident` finds `incident:7`."""
    return audit.c.subject.startswith(f"{subject}:", autoescape=True)


def some(conn: Connection, wanted: Wanted, *, limit: int, offset: int = 0) -> Sequence[RowMapping]:
    """A page of it, newest first."""
    query = select(audit).where(_conditions(wanted)).order_by(audit.c.id.desc())
    return conn.execute(query.limit(limit).offset(offset)).mappings().all()


def how_many(conn: Connection, wanted: Wanted) -> int:
    """How many rows there are."""
    return int(conn.scalar(select(func.count()).select_from(audit).where(_conditions(wanted))) or 0)


def each(conn: Connection, wanted: Wanted, limit: int) -> Iterator[RowMapping]:
    """All of them, oldest first, for an export."""
    query = select(audit).where(_conditions(wanted)).order_by(audit.c.id).limit(limit)
    yield from conn.execute(query).mappings().yield_per(1000)


def actions(conn: Connection) -> list[str]:
    """The actions that occur."""
    return list(conn.scalars(select(audit.c.action).distinct().order_by(audit.c.action)))
