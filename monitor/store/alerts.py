"""Rounds of telling: one row per round of an incident, at most one of them running."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, or_, select, update

from monitor.store.insert import insert
from monitor.store.schema import alert, incident
from monitor.store.types import AnyRow


@dataclass(frozen=True, slots=True)
class Round:
    """One round: `step` steps of the escalation are taken; `snapshot` is what people were last told."""

    id: int
    incident_id: int
    round: int
    why: str
    level: int
    started_at: datetime
    step: int
    next_at: datetime | None
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    ended_at: datetime | None
    snapshot: Mapping[str, Any] | None


_COLUMNS = [alert.c[name] for name in Round.__dataclass_fields__]


def running(conn: Connection, incident_id: int) -> Round | None:
    """The incident's running round, acknowledged or not."""
    query = select(*_COLUMNS).where(alert.c.incident_id == incident_id, alert.c.ended_at.is_(None))
    row = conn.execute(query).first()
    return Round(*row) if row else None


def last(conn: Connection, incident_id: int) -> Round | None:
    """The newest round, running or ended."""
    query = select(*_COLUMNS).where(alert.c.incident_id == incident_id).order_by(alert.c.round.desc())
    row = conn.execute(query.limit(1)).first()
    return Round(*row) if row else None


def open_round(
    conn: Connection,
    incident_id: int,
    *,
    why: str,
    level: int,
    now: datetime,
    snapshot: Mapping[str, Any],
    acknowledged_by: str | None = None,
) -> int:
    """End the running round and begin the next. With `acknowledged_by` it only updates who already knows."""
    end(conn, incident_id, now)
    number = conn.scalar(select(func.max(alert.c.round)).where(alert.c.incident_id == incident_id)) or 0
    return insert(
        conn,
        alert,
        {
            "incident_id": incident_id,
            "round": number + 1,
            "why": why,
            "level": level,
            "started_at": now,
            "step": 0,
            "next_at": now,
            "acknowledged_by": acknowledged_by,
            "acknowledged_at": now if acknowledged_by else None,
            "snapshot": dict(snapshot),
        },
    )


def update_round(conn: Connection, alert_id: int, why: str, seen: Mapping[str, Any], now: datetime) -> None:
    """Something changed while nobody has acknowledged: those who know are told; the escalation goes on."""
    kept = conn.execute(select(alert.c.snapshot).where(alert.c.id == alert_id)).scalar_one() or {}
    number = int(kept.get("updates", 0)) + 1
    snapshot = {**kept, **seen, "updates": number, "update": why}
    wanted = (alert.c.id == alert_id, alert.c.ended_at.is_(None))
    conn.execute(update(alert).where(*wanted).values(snapshot=snapshot, next_at=now))


def end(conn: Connection, incident_id: int, now: datetime) -> None:
    """Nobody is told any more: the incident rests, or another round begins."""
    conn.execute(
        update(alert)
        .where(alert.c.incident_id == incident_id, alert.c.ended_at.is_(None))
        .values(ended_at=now, next_at=None)
    )


def rest(conn: Connection, incident_id: int, documents: int, now: datetime) -> None:
    """End telling because a person put the incident to rest; how large it was then is remembered."""
    told = last(conn, incident_id)
    if told is not None:
        snapshot = {**(told.snapshot or {}), "rested": documents}
        conn.execute(update(alert).where(alert.c.id == told.id).values(snapshot=snapshot))
    end(conn, incident_id, now)


def due(conn: Connection, now: datetime, limit: int) -> Sequence[Round]:
    """Running rounds with something to do, the gravest and oldest first."""
    query = (
        select(*_COLUMNS)
        .where(alert.c.next_at <= now, alert.c.ended_at.is_(None))
        .order_by(alert.c.level, alert.c.started_at, alert.c.id)
        .limit(limit)
    )
    return [Round(*row) for row in conn.execute(query)]


def waiting(conn: Connection) -> Sequence[Round]:
    """Running rounds of Ⅰ and Ⅱ that nobody has acknowledged."""
    query = select(*_COLUMNS).where(
        alert.c.ended_at.is_(None), alert.c.acknowledged_at.is_(None), alert.c.level <= 2
    )
    return [Round(*row) for row in conn.execute(query)]


def unmoved(conn: Connection, rounds: Sequence[Round]) -> set[int]:
    """Which of these were neither acknowledged nor ended nor moved on meanwhile; locked until the end."""
    query = select(alert.c.id, alert.c.step, alert.c.acknowledged_at, alert.c.ended_at)
    wanted = query.where(alert.c.id.in_([r.id for r in rounds])).with_for_update()
    now = {row.id: row for row in conn.execute(wanted)}
    return {r.id for r in rounds if r.id in now and _same(r, now[r.id])}


def _same(told: Round, row: AnyRow) -> bool:
    answered = (told.acknowledged_at is None, row.acknowledged_at is None)
    return row.step == told.step and row.ended_at is None and answered[0] == answered[1]


def took(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Note what rounds have done: `id`, `step`, `next_at`, `started_at`, `snapshot` of each."""
    if not rows:
        return
    names = ("step", "next_at", "started_at", "snapshot")
    statement = update(alert).where(alert.c.id == bindparam("round_id"))
    statement = statement.values({name: bindparam(f"new_{name}") for name in names})
    conn.execute(statement, [{"round_id": row["id"], **{f"new_{n}": row[n] for n in names}} for row in rows])


def held(conn: Connection, now: datetime, until: datetime) -> Sequence[Round]:
    """Running rounds that are not due but have messages waiting under a ceiling, the gravest first."""
    query = select(*_COLUMNS).where(
        alert.c.next_at > now, alert.c.next_at <= until, alert.c.ended_at.is_(None)
    )
    rows = [
        Round(*row) for row in conn.execute(query.order_by(alert.c.level, alert.c.started_at, alert.c.id))
    ]
    return [row for row in rows if (row.snapshot or {}).get("held")]


def acknowledge(conn: Connection, incident_id: int, who: str, now: datetime) -> bool:
    """Stop the running round. True for one caller only, however many click at once."""
    done = conn.execute(
        update(alert)
        .where(
            alert.c.incident_id == incident_id,
            alert.c.ended_at.is_(None),
            alert.c.acknowledged_at.is_(None),
        )
        .values(acknowledged_by=who, acknowledged_at=now, next_at=None)
    )
    return done.rowcount == 1


def settle(
    conn: Connection, incident_id: int, level: int, who: str, now: datetime, *, suggested: int
) -> None:
    """A person has fixed the level, knowing what was suggested: neither is news to them any more."""
    told = running(conn, incident_id)
    if told is None:
        return
    snapshot = {**(told.snapshot or {}), "level": level, "confirmed": True, "suggested": suggested}
    conn.execute(update(alert).where(alert.c.id == told.id).values(level=level, snapshot=snapshot))
    acknowledge(conn, incident_id, who, now)


def speak_again(conn: Connection, now: datetime) -> None:
    """A silence was lifted: rounds that were to begin later begin now, unless something else holds them."""
    conn.execute(
        update(alert)
        .where(alert.c.started_at > now, alert.c.ended_at.is_(None))
        .values(started_at=now, next_at=now)
    )


def pass_on(conn: Connection, incident_id: int, now: datetime) -> bool:
    """“我无法处理”: the acknowledgement is taken back and the next step is due at once."""
    told = running(conn, incident_id)
    if told is None:
        return False
    snapshot = {**(told.snapshot or {}), "passed": True}
    values = {"acknowledged_by": None, "acknowledged_at": None, "next_at": now, "snapshot": snapshot}
    conn.execute(update(alert).where(alert.c.id == told.id).values(**values))
    return True


@dataclass(frozen=True, slots=True)
class Looked:
    """An incident beside its running round: what a decision to tell needs."""

    id: int
    state: str
    level_suggested: int
    level_confirmed: int | None
    documents: int
    responded_at: datetime | None
    updated_at: datetime
    snapshot: Mapping[str, Any] | None
    acknowledged_by: str | None
    alert_id: int | None


def untold(conn: Connection, states: Sequence[str], limit: int) -> Sequence[Looked]:
    """Incidents in these states that nobody was ever told of, the gravest first."""
    query = _looked().where(incident.c.state.in_(states), ~_any_round())
    return _rows(conn, query.order_by(incident.c.level_suggested, incident.c.id).limit(limit))


def touched(conn: Connection, states: Sequence[str], limit: int) -> Sequence[Looked]:
    """Incidents in these states that changed after their running round began or last looked."""
    query = _looked().where(
        incident.c.state.in_(states),
        alert.c.id.is_not(None),
        or_(
            incident.c.updated_at > alert.c.started_at,
            func.coalesce(incident.c.level_confirmed, incident.c.level_suggested) < alert.c.level,
        ),
    )
    return _rows(conn, query.order_by(incident.c.level_suggested, incident.c.updated_at.desc()).limit(limit))


def resting(conn: Connection, states: Sequence[str], since: datetime, limit: int) -> Sequence[Looked]:
    """Incidents at rest that changed since: candidates for flaring up, with their last round's snapshot."""
    earlier = alert.alias("earlier")
    newest = select(func.max(earlier.c.round)).where(earlier.c.incident_id == incident.c.id).scalar_subquery()
    query = _columns().select_from(
        incident.join(alert, and_(alert.c.incident_id == incident.c.id, alert.c.round == newest))
    )
    query = query.where(incident.c.state.in_(states), incident.c.updated_at >= since)
    return _rows(conn, query.limit(limit))


def _any_round() -> Any:
    earlier = alert.alias("earlier")
    return select(earlier.c.id).where(earlier.c.incident_id == incident.c.id).exists()


def _columns() -> Any:
    return select(
        incident.c.id,
        incident.c.state,
        incident.c.level_suggested,
        incident.c.level_confirmed,
        incident.c.documents,
        incident.c.responded_at,
        incident.c.updated_at,
        alert.c.snapshot,
        alert.c.acknowledged_by,
        alert.c.id.label("alert_id"),
    )


def _looked() -> Any:
    joined = and_(alert.c.incident_id == incident.c.id, alert.c.ended_at.is_(None))
    return _columns().select_from(incident.outerjoin(alert, joined))


def _rows(conn: Connection, query: Any) -> Sequence[Looked]:
    return [Looked(*row) for row in conn.execute(query)]
