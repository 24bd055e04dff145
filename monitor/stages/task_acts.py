"""Instructions and agreed actions: given, confirmed by the office, reported on by the unit, accepted.

What a leader writes through a link takes effect once the office has confirmed it; what the office took down
itself is in effect at once. From then on a clock runs and is chased like any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from alerts.compose import plain_mail
from monitor.clock import local
from monitor.domain.calendar import working_days
from monitor.domain.deadline import RULES, Limit, Moments, Reckoned, end_of, reckon
from monitor.domain.level import NeedsReason
from monitor.domain.task import KINDS
from monitor.domain.telling import of_unit
from monitor.errors import CaifengError
from monitor.stages.office import Office
from monitor.stages.posting import ROADS, Letter, called, post_to, unit_link
from monitor.store import bulletins, deadlines, incident_moves, links, tasks
from monitor.store.moves import record
from monitor.store.tasks import Task

RULE = "task"


@dataclass(frozen=True, slots=True)
class Order:
    """What is ordered: `kind` of domain.task.KINDS, words, for which incident, to which unit, until when."""

    kind: str
    words: str = ""
    incident_id: int | None = None
    unit: str = ""
    due_at: datetime | None = None
    assisting: tuple[str, ...] = ()


def instruct(
    office: Office, bulletin_id: int, order: Order, *, leader: str, how: str, who: str, now: datetime
) -> int:
    """批示 on a bulletin or on one item of it; the task's id. By link it waits for the office."""
    if order.kind not in KINDS or order.kind == "action":
        raise CaifengError("请选择批示类型：查清报告、直接回复、阅示或写明批示")
    words = order.words.strip() or KINDS[order.kind]
    if order.kind == "words" and not order.words.strip():
        raise CaifengError("请写明批示内容")
    with office.store.write() as conn:
        found = bulletins.get(conn, bulletin_id)
        if found.state != "issued":
            raise CaifengError("只能在已签发的信息上批示")
        incident_id = order.incident_id or found.incident_id
        values = {
            "origin": "instruction", "origin_id": bulletin_id, "incident_id": incident_id, "kind": order.kind,
            "words": words[:2000], "leader": leader[:80], "unit": order.unit, "state": "unconfirmed",
            "given_at": now, "how": how, "result": "",
        }  # fmt: skip
        new = tasks.add(conn, values, who)
        record(conn, "bulletin", bulletin_id, "instruction", who=who, at=now, why=f"{leader}：{words[:300]}")
        if incident_id:
            facts = {"leader": leader, "how": how, "task": new}
            record(conn, "incident", incident_id, "instruction", who=who, at=now, why=words, facts=facts)
        if how != "link":
            confirm_within(conn, office, new, order.unit, order.due_at, who, now)
        return new


def confirm(
    office: Office, task_id: int, *, unit: str, due_at: datetime | None, who: str, now: datetime
) -> None:
    """办公室确认: the unit is named, the clock starts, the unit is told."""
    with office.store.write() as conn:
        confirm_within(conn, office, task_id, unit, due_at, who, now)


def confirm_within(
    conn: Connection,
    office: Office,
    task_id: int,
    unit: str,
    due_at: datetime | None,
    who: str,
    now: datetime,
) -> None:
    """The same inside a transaction. 阅示 needs no unit and is done once confirmed."""
    found = tasks.one(conn, task_id)
    if found.kind == "note" and not unit:
        tasks.step(conn, task_id, "confirm", who=who, at=now, confirmed_by=who, confirmed_at=now)
        tasks.step(conn, task_id, "accept", who=who, at=now, done_at=now, result="已阅")
        return
    named = office.station.unit(unit)
    if named is None:
        raise CaifengError("请选择承办单位")
    if (
        found.incident_id
        and incident_moves.one(conn, found.incident_id).restricted
        and named.kind != "discipline"
    ):
        raise CaifengError("举报类线索的批示只能交有权机关办理")
    reckoned = _reckoned(office, now, due_at)
    tasks.step(
        conn, task_id, "confirm", who=who, at=now,
        unit=unit, confirmed_by=who, confirmed_at=now, due_at=reckoned.due_at,
    )  # fmt: skip
    deadlines.start(conn, "task", task_id, reckoned, unit=unit, who=who, now=now)
    tell(conn, office, tasks.one(conn, task_id), now)


def _reckoned(office: Office, now: datetime, due_at: datetime | None) -> Reckoned:
    works = working_days(office.station.roster.calendar)
    usual = reckon(RULES[RULE], 0, Moments(confirmed=now), now, works, office.station.deadlines)
    if due_at is None:
        return usual
    if due_at <= now:
        raise CaifengError("办理时限须晚于现在")
    return Reckoned(RULE, now, due_at, True, "批示（议定）时明确的时限")


def tell(conn: Connection, office: Office, found: Task, now: datetime) -> None:
    """The unit's contacts, with the unit's own link where links are on; those who assist, without one."""
    url = unit_link(conn, office, "task", found.id, found.unit, now)
    back = "请从本单位专用链接反馈。" if url else "请以电话、传真或政务邮箱反馈。"
    _tell(conn, office, found, found.unit, ("请办理并反馈", back), url, now)
    lead = office.station.unit(found.unit)
    for unit in found.assisting or ():
        told = f"由{lead.name if lead else found.unit}牵头办理并反馈。"
        _tell(conn, office, found, unit, ("请配合办理", told), "", now)


def _tell(
    conn: Connection,
    office: Office,
    found: Task,
    unit: str,
    said: tuple[str, str],
    url: str,
    now: datetime,
) -> None:
    """One unit. `said`: what it is to do, and how it answers."""
    what = "议定事项" if found.origin == "meeting" else "批示事项"
    wanted, back = said
    message = plain_mail(
        f"【{what}】{wanted}：{found.words[:40]}",
        [
            f"{found.leader}：{found.words}" if found.leader else found.words,
            f"请于{_until(found)}前办理。" if found.due_at else "请及时办理。",
            back,
            *called(office.station),
        ],
        station=office.station.office.name,
        thread=f"task-{found.id}",
        url=url or None,
        button="办理并反馈",
        short=f"【{what}】{wanted}。{url or '详见政务邮箱。'}",
    )
    letter = Letter(f"task-{found.id}-{unit}-{int(now.timestamp())}", "task", found.id, message)
    post_to(conn, office, of_unit(office.station, unit, ROADS), letter, now)


def _until(found: Task) -> str:
    return f"{local(found.due_at):%Y年%m月%d日%H时%M分}" if found.due_at else ""


def report(office: Office, task_id: int, unit: str, *, result: str, by: str, who: str, now: datetime) -> None:
    """反馈办理情况, by the unit or taken down by the office."""
    if not result.strip() or not by.strip():
        raise CaifengError("请填写办理情况和反馈人")
    with office.store.write() as conn:
        if tasks.one(conn, task_id).unit != unit:
            raise CaifengError("该事项不属于本单位")
        tasks.step(conn, task_id, "report", who=who, at=now, why=by, result=result.strip()[:3000])
        deadlines.meet(conn, "task", task_id, RULE, unit=unit, who=who, at=now)


def accept(office: Office, task_id: int, *, who: str, now: datetime, why: str = "") -> None:
    """审核办结."""
    with office.store.write() as conn:
        found = tasks.one(conn, task_id)
        tasks.step(conn, task_id, "accept", who=who, at=now, why=why, done_at=now, result=found.result or why)
        deadlines.cancel(conn, "task", task_id, who=who, now=now, why="办结")


def send_back(office: Office, task_id: int, *, who: str, why: str, now: datetime) -> None:
    """退回补办: a day more."""
    if not why.strip():
        raise NeedsReason("退回补办")
    with office.store.write() as conn:
        tasks.step(conn, task_id, "send-back", who=who, at=now, why=why)
        works = working_days(office.station.roster.calendar)
        for clock in deadlines.of(conn, "task", task_id):
            due = max(clock.due_at, end_of(now, Limit(working_days=1), works))
            deadlines.reopen(conn, clock, due, who=who, approved_by=who, why=why, now=now)
        tell(conn, office, tasks.one(conn, task_id), now)


def drop(office: Office, task_id: int, *, who: str, why: str, now: datetime) -> None:
    """撤销, with the reason."""
    if not why.strip():
        raise NeedsReason("撤销事项")
    with office.store.write() as conn:
        tasks.step(conn, task_id, "drop", who=who, at=now, why=why, done_at=now)
        deadlines.cancel(conn, "task", task_id, who=who, now=now, why=why)
        links.revoke(conn, "task", task_id, now)
