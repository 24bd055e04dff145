"""Clocks on incidents and notices; each move of one is in the history of what it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from monitor.clock import local
from monitor.domain.deadline import RULES, STEP_NAMES, Reckoned, resume, step_at
from monitor.errors import CaifengError
from monitor.store.insert import insert_once
from monitor.store.moves import Missing, record
from monitor.store.pending import drop_urging
from monitor.store.schema import deadline


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline as stored. `step` is the last step of the chase that was taken."""

    id: int
    noun: str
    subject_id: int
    rule: str
    unit: str
    starts_at: datetime
    start_certain: bool
    due_at: datetime
    met_at: datetime | None
    cancelled_at: datetime | None
    paused_at: datetime | None
    step: int
    next_at: datetime | None
    why: str

    @property
    def runs(self) -> bool:
        """Neither met nor cancelled nor standing still."""
        return self.met_at is None and self.cancelled_at is None and self.paused_at is None


class NotApproved(CaifengError):
    """A pause or an extension without somebody who approved it, or without a reason."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}须有批准人和理由")


_COLUMNS = [deadline.c[name] for name in Clock.__dataclass_fields__]


def start(
    conn: Connection,
    noun: str,
    subject_id: int,
    reckoned: Reckoned,
    *,
    unit: str = "",
    who: str,
    now: datetime,
) -> int | None:
    """Start a clock; None (and nothing changes) when it runs already."""
    values = {
        "noun": noun,
        "subject_id": subject_id,
        "rule": reckoned.rule,
        "unit": unit,
        "starts_at": reckoned.starts_at,
        "start_certain": reckoned.certain,
        "due_at": reckoned.due_at,
        "step": 0,
        "next_at": max(now, step_at(1, reckoned.starts_at, reckoned.due_at)),
        "why": reckoned.why,
    }
    new = insert_once(conn, deadline, values, ["noun", "subject_id", "rule", "unit"])
    if new is not None:
        facts = {"rule": reckoned.rule, "due_at": reckoned.due_at.isoformat(), "unit": unit}
        record(conn, noun, subject_id, "deadline-started", who=who, at=now, why=reckoned.why, facts=facts)
    return new


def of(conn: Connection, noun: str, subject_id: int) -> Sequence[Clock]:
    """All clocks of one incident or notice, the next to run out first."""
    query = select(*_COLUMNS).where(deadline.c.noun == noun, deadline.c.subject_id == subject_id)
    return [Clock(*row) for row in conn.execute(query.order_by(deadline.c.due_at))]


def one(conn: Connection, deadline_id: int) -> Clock:
    """One clock. Raises Missing."""
    row = conn.execute(select(*_COLUMNS).where(deadline.c.id == deadline_id)).first()
    if row is None:
        raise Missing("时限", deadline_id)
    return Clock(*row)


def due(conn: Connection, now: datetime, limit: int) -> Sequence[Clock]:
    """Running clocks whose next step is due, the longest waiting first."""
    query = select(*_COLUMNS).where(
        deadline.c.next_at <= now,
        deadline.c.met_at.is_(None),
        deadline.c.cancelled_at.is_(None),
        deadline.c.paused_at.is_(None),
    )
    return [
        Clock(*row) for row in conn.execute(query.order_by(deadline.c.next_at, deadline.c.id).limit(limit))
    ]


def took(conn: Connection, clock: Clock, step: int, next_at: datetime | None, now: datetime) -> bool:
    """Note a step of the chase. False when somebody met or moved the clock meanwhile."""
    done = conn.execute(
        update(deadline)
        .where(
            deadline.c.id == clock.id,
            deadline.c.step == clock.step,
            deadline.c.due_at == clock.due_at,
            deadline.c.met_at.is_(None),
            deadline.c.cancelled_at.is_(None),
            deadline.c.paused_at.is_(None),
        )
        .values(step=max(step, clock.step), next_at=next_at)
    )
    if done.rowcount == 1 and step > clock.step:
        facts = {"rule": clock.rule, "unit": clock.unit, "step": step, "due_at": clock.due_at.isoformat()}
        why = f"{STEP_NAMES[step]}：{clock.why}"
        record(conn, clock.noun, clock.subject_id, "chased", who="rules", at=now, why=why, facts=facts)
    return done.rowcount == 1


def meet(
    conn: Connection, noun: str, subject_id: int, rule: str, *, unit: str = "", who: str, at: datetime
) -> bool:
    """The thing was done at `at`. True once; False when no such clock runs."""
    found = _running(conn, noun, subject_id, rule, unit)
    if found is None:
        return False
    conn.execute(update(deadline).where(deadline.c.id == found.id).values(met_at=at, next_at=None))
    drop_urging(conn, found.id, "已完成")
    late = at > found.due_at
    facts = {"rule": rule, "unit": unit, "late": late, "due_at": found.due_at.isoformat()}
    why = "超时完成" if late else "按时完成"
    record(conn, noun, subject_id, "deadline-met", who=who, at=at, why=why, facts=facts)
    return True


def cancel(
    conn: Connection,
    noun: str,
    subject_id: int,
    *,
    who: str,
    now: datetime,
    why: str,
    rules: Sequence[str] = (),
    units: Sequence[str] = (),
) -> int:
    """No clock of this matter (of these rules or units, when named) runs any more; how many were stopped."""
    wanted = [
        deadline.c.noun == noun,
        deadline.c.subject_id == subject_id,
        deadline.c.met_at.is_(None),
        deadline.c.cancelled_at.is_(None),
    ]
    if rules:
        wanted.append(deadline.c.rule.in_(rules))
    if units:
        wanted.append(deadline.c.unit.in_(units))
    stopped = update(deadline).where(*wanted).values(cancelled_at=now, next_at=None)
    ids = list(conn.scalars(stopped.returning(deadline.c.id)))
    for ident in ids:
        drop_urging(conn, ident, why)
    if ids:
        record(conn, noun, subject_id, "deadlines-cancelled", who=who, at=now, why=why)
    return len(ids)


def move_start(
    conn: Connection, clock: Clock, starts_at: datetime, due_at: datetime, *, who: str, now: datetime
) -> None:
    """A starting point became known (signature, time of the event): count from there."""
    step = 0 if due_at > now else clock.step
    conn.execute(
        update(deadline)
        .where(deadline.c.id == clock.id)
        .values(
            starts_at=starts_at,
            due_at=due_at,
            start_certain=True,
            step=step,
            next_at=max(now, step_at(step + 1, starts_at, due_at)),
        )
    )
    facts = {"rule": clock.rule, "unit": clock.unit, "due_at": due_at.isoformat()}
    record(
        conn, clock.noun, clock.subject_id, "deadline-moved", who=who, at=now, why="起算点已核", facts=facts
    )


def pause(conn: Connection, clock: Clock, *, who: str, approved_by: str, why: str, now: datetime) -> None:
    """Stand still, with approval and reason. Raises NotApproved."""
    _approved("暂停计时", approved_by, why)
    conn.execute(update(deadline).where(deadline.c.id == clock.id).values(paused_at=now, next_at=None))
    drop_urging(conn, clock.id, "已暂停计时")
    _note(conn, clock, "deadline-paused", who, approved_by, why, now)


def go_on(conn: Connection, clock: Clock, *, who: str, now: datetime) -> None:
    """Run again; the end moves by as long as the clock stood still."""
    if clock.paused_at is None:
        return
    later = resume(clock.starts_at, clock.due_at, clock.paused_at, now)
    conn.execute(
        update(deadline)
        .where(deadline.c.id == clock.id)
        .values(paused_at=None, due_at=later.due_at, next_at=max(now, later.next_at))
    )
    _note(conn, clock, "deadline-resumed", who, "", "恢复计时", now)


def extend(
    conn: Connection, clock: Clock, due_at: datetime, *, who: str, approved_by: str, why: str, now: datetime
) -> None:
    """A later end, with approval and reason; the chase begins anew. Raises NotApproved."""
    _approved("延期", approved_by, why)
    if due_at <= clock.due_at:
        raise CaifengError("延期后的时限须晚于原时限")
    conn.execute(
        update(deadline)
        .where(deadline.c.id == clock.id)
        .values(due_at=due_at, step=0, next_at=max(now, step_at(1, clock.starts_at, due_at)))
    )
    drop_urging(conn, clock.id, "已延期")
    _note(conn, clock, "deadline-extended", who, approved_by, why, now, due_at)


def reopen(
    conn: Connection, clock: Clock, due_at: datetime, *, who: str, approved_by: str, why: str, now: datetime
) -> None:
    """What was done has to be done again (退回补充): the met clock runs to a new end. Raises NotApproved."""
    _approved("重新计时", approved_by, why)
    conn.execute(
        update(deadline)
        .where(deadline.c.id == clock.id)
        .values(met_at=None, due_at=due_at, step=0, next_at=max(now, step_at(1, now, due_at)))
    )
    _note(conn, clock, "deadline-reopened", who, approved_by, why, now, due_at)


def _running(conn: Connection, noun: str, subject_id: int, rule: str, unit: str) -> Clock | None:
    found = (c for c in of(conn, noun, subject_id) if c.rule == rule and c.unit == unit)
    return next((c for c in found if c.met_at is None and c.cancelled_at is None), None)


def _approved(what: str, approved_by: str, why: str) -> None:
    if not approved_by.strip() or not why.strip():
        raise NotApproved(what)


def _note(
    conn: Connection,
    clock: Clock,
    event: str,
    who: str,
    approved_by: str,
    why: str,
    now: datetime,
    due_at: datetime | None = None,
) -> None:
    facts = {"rule": clock.rule, "unit": clock.unit, "approved_by": approved_by}
    facts["due_at"] = (due_at or clock.due_at).isoformat()
    name = RULES[clock.rule].name if clock.rule in RULES else clock.rule
    until = f"，延至{local(due_at):%m月%d日%H:%M}" if due_at else ""
    approved = f"（{approved_by}批准）" if approved_by not in ("", who) else ""
    why = f"{name}{until}：{why}{approved}"
    record(conn, clock.noun, clock.subject_id, event, who=who, at=now, why=why, facts=facts)
