"""Notices and the units they bind."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from monitor.domain.machine import Move
from monitor.domain.notice import MACHINE, RELEASED, STOPPED
from monitor.store.insert import insert
from monitor.store.moves import Missing, advance, record
from monitor.store.schema import incident, notice, notice_unit


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice as stored; `facts` are those of `alerts.kinds.notice_facts.Notice`."""

    id: int
    incident_id: int
    series: str
    number: str | None
    state: str
    level: int
    urgency: str
    title: str
    facts: Mapping[str, Any]
    revision: int
    drafted_at: datetime
    drafted_by: str
    checked_by: str | None
    signer: str | None
    sign_mode: str | None
    countersigned_at: datetime | None
    issued_at: datetime | None
    closed_at: datetime | None
    original_id: int | None
    version: int


@dataclass(frozen=True, slots=True)
class Part:
    """One unit's part in a notice: lead, assist, street or copy; when it opened and signed."""

    id: int
    notice_id: int
    unit: str
    unit_name: str
    part: str
    delivered_at: datetime | None
    opened_at: datetime | None
    signed_at: datetime | None
    signer: str | None
    post: str | None
    phone: str | None
    how: str | None
    address: str | None


_COLUMNS = [notice.c[name] for name in Notice.__dataclass_fields__]
_PARTS = [notice_unit.c[name] for name in Part.__dataclass_fields__]


def _notice(row: Row[Any]) -> Notice:
    return Notice(**row._mapping)


def draft(conn: Connection, values: Mapping[str, Any], units: Sequence[tuple[str, str, str]]) -> int:
    """A new draft with its units as (id, name, part); exactly one part is `lead`. The new id."""
    new = insert(conn, notice, {"state": "drafted", "revision": 1, "version": 1, **values})
    for unit, name, part in units:
        insert(conn, notice_unit, {"notice_id": new, "unit": unit, "unit_name": name, "part": part})
    who, at = values["drafted_by"], values["drafted_at"]
    record(conn, "notice", new, "draft", who=who, at=at)
    record(conn, "incident", values["incident_id"], "notice-drafted", who=who, at=at, facts={"notice": new})
    return new


def get(conn: Connection, notice_id: int) -> Notice:
    """One notice; raises Missing."""
    row = conn.execute(select(*_COLUMNS).where(notice.c.id == notice_id)).first()
    if row is None:
        raise Missing(MACHINE.noun, notice_id)
    return _notice(row)


def of_incident(conn: Connection, incident_id: int) -> list[Notice]:
    """All notices of one incident, oldest first."""
    found = select(*_COLUMNS).where(notice.c.incident_id == incident_id).order_by(notice.c.id)
    return [_notice(row) for row in conn.execute(found)]


def listing(
    conn: Connection, states: Collection[str] = (), limit: int = 100, offset: int = 0
) -> list[Notice]:
    """Notices, newest first; all states unless some are named."""
    found = select(*_COLUMNS).order_by(notice.c.id.desc()).limit(limit).offset(offset)
    return [
        _notice(row) for row in conn.execute(found.where(notice.c.state.in_(states)) if states else found)
    ]


def of_unit(conn: Connection, unit: str) -> list[tuple[Notice, Part]]:
    """All that one unit was given and has not been let off, newest first: notice and its part."""
    issued = notice.c.issued_at.is_not(None)
    theirs = (notice_unit.c.unit == unit, notice_unit.c.part != RELEASED)
    mine = select(notice_unit.c.notice_id).where(*theirs)
    rows = conn.execute(select(*_COLUMNS).where(notice.c.id.in_(mine), issued).order_by(notice.c.id.desc()))
    found = [_notice(row) for row in rows]
    return [(one, next(p for p in parts(conn, one.id) if p.unit == unit)) for one in found]


def issued_between(conn: Connection, since: datetime, until: datetime) -> list[Notice]:
    """Notices issued within a period, oldest first."""
    within = (notice.c.issued_at >= since, notice.c.issued_at < until)
    return [_notice(r) for r in conn.execute(select(*_COLUMNS).where(*within).order_by(notice.c.id))]


def part_of(conn: Connection, notice_id: int, unit: str) -> Part | None:
    """One unit's part in a notice."""
    return next((p for p in parts(conn, notice_id) if p.unit == unit), None)


def parts(conn: Connection, notice_id: int) -> list[Part]:
    """The units of one notice, the lead first."""
    order = [notice_unit.c.part != "lead", notice_unit.c.id]
    rows = conn.execute(select(*_PARTS).where(notice_unit.c.notice_id == notice_id).order_by(*order))
    return [Part(**row._mapping) for row in rows]


def step(
    conn: Connection, notice_id: int, event: str, *, who: str, at: datetime, why: str = "", **changes: Any
) -> Move:
    """Make one move. Raises Missing, IllegalMove, Overtaken."""
    return advance(conn, notice, MACHINE, notice_id, event, who=who, at=at, why=why, changes=changes)


def rewrite(conn: Connection, notice_id: int, facts: Mapping[str, Any], **changes: Any) -> None:
    """Other facts, not another state."""
    values = {"facts": dict(facts), "version": notice.c.version + 1, **changes}
    conn.execute(update(notice).where(notice.c.id == notice_id).values(values))


def assign(conn: Connection, notice_id: int, units: Sequence[tuple[str, str, str]]) -> None:
    """Other units for a draft, as (id, name, part)."""
    conn.execute(delete(notice_unit).where(notice_unit.c.notice_id == notice_id))
    for unit, name, part in units:
        insert(conn, notice_unit, {"notice_id": notice_id, "unit": unit, "unit_name": name, "part": part})


def deliver_again(conn: Connection, notice_id: int) -> None:
    """A corrected paper goes out once more to all units that still have a part in it."""
    theirs = (notice_unit.c.notice_id == notice_id, notice_unit.c.part != RELEASED)
    conn.execute(update(notice_unit).where(*theirs).values(delivered_at=None))


def to_deliver(conn: Connection, limit: int) -> list[int]:
    """Issued notices with a unit that the paper has not gone to, oldest first."""
    unsent = (notice_unit.c.delivered_at.is_(None), notice_unit.c.part != RELEASED)
    waiting = select(notice_unit.c.notice_id).where(*unsent)
    wanted = (notice.c.issued_at.is_not(None), notice.c.state.not_in(STOPPED), notice.c.id.in_(waiting))
    return list(conn.scalars(select(notice.c.id).where(*wanted).order_by(notice.c.id).limit(limit)))


def mark(conn: Connection, notice_id: int, unit: str, **changes: Any) -> bool:
    """Note on one unit's part what happened there; False where it is not one of the notice's units."""
    mine = (notice_unit.c.notice_id == notice_id, notice_unit.c.unit == unit)
    return conn.execute(update(notice_unit).where(*mine).values(changes)).rowcount == 1


def counts(conn: Connection) -> dict[str, int]:
    """How many notices stand in each state."""
    rows = conn.execute(select(notice.c.state, func.count()).group_by(notice.c.state))
    return {state: int(number) for state, number in rows}


def without_notice(conn: Connection, level: int, limit: int) -> list[int]:
    """Living incidents at least as grave as `level`, with a lead unit and no notice; none restricted."""
    graded = func.coalesce(incident.c.level_confirmed, incident.c.level_suggested)
    living = incident.c.state.in_(("found", "judging", "warned", "handling"))
    wanted = (living, graded <= level, incident.c.restricted.is_(False))
    none_yet = incident.c.id.not_in(select(notice.c.incident_id))
    query = select(incident.c.id, incident.c.units).where(*wanted, none_yet).order_by(graded, incident.c.id)
    led = (row.id for row in conn.execute(query) if any(u.get("role") == "lead" for u in row.units))
    return [incident_id for incident_id, _ in zip(led, range(limit), strict=False)]
