"""Chase: what runs out is reminded of, then urged (催办), then supervised (督办), then reported (通报).

Reminders and 催办 go by themselves; 督办 and 通报 are drafts that a person signs. An incident at rest that
flares up is opened again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from alerts.compose import plain_mail
from alerts.matter import Note
from monitor.clock import local
from monitor.domain.deadline import RULES, STEP_NAMES, chase, countdown
from monitor.domain.incident import WAKES, flares_up
from monitor.domain.telling import Recipient, by_role, of_unit, policy_of, readers
from monitor.errors import CaifengError
from monitor.log import logger
from monitor.stages import Done, House
from monitor.stages.incident_acts import reopen_within
from monitor.stages.office import hook
from monitor.store import alerts, deadlines, incident_moves, notices, outbox, tasks
from monitor.store.deadlines import Clock
from monitor.store.engine import Superseded
from monitor.store.moves import record
from monitor.store.pending import drop_urging

BATCH = 50
_log = logger(__name__)
_LOOK_BACK = timedelta(days=1)
# Papers of each step, made by other stages as `function(conn, house, clock, who, now)`; None: none is needed.
# The 催办单 goes to the unit by itself; the others wait for their signer.
PAPERS = {
    2: ("notify", "draft_reminder"),
    3: ("notify", "draft_supervision"),
    4: ("publish", "draft_censure"),
}
TO_SIGN = frozenset({3, 4})
TO_DO = {
    1: "请在到期前办理；办结后即行登记，计时停止。",
    2: "请立即办理并登记；确需延期的，说明理由，由带班领导、分管领导或签发人批准。",
    3: "督办单已拟好，须由签发人签发后发出，程序不会自动发出。",
    4: "通报已拟好，须由签发人签发后发出，程序不会自动发出。",
}
_ROLES = {1: ("officer",), 2: ("officer", "deputy"), 3: ("officer", "leader"), 4: ("officer", "leader")}


def run(house: House, now: datetime) -> Done:
    """Take the next step of every clock that is due; wake what has flared up."""
    with house.store.read() as conn:
        due = deadlines.due(conn, now, BATCH)
        risen = _risen(conn, house, now)
    failed = sum(not _chased(house, clock, now) for clock in due)
    for incident_id, why in risen:
        with house.store.write() as conn:
            reopen_within(conn, incident_id, who="rules", why=why, now=now)
    lag = max(((now - c.next_at).total_seconds() for c in due if c.next_at), default=0.0)
    more = len(due) == BATCH and failed < BATCH
    return Done("chase", len(due) + len(risen), failed, max(0.0, lag), more)


def _chased(house: House, clock: Clock, now: datetime) -> bool:
    """One clock in a transaction of its own: what cannot be chased does not keep the others waiting."""
    try:
        with house.store.write() as conn:
            _chase(conn, house, clock, now)
    except Superseded:
        raise
    except CaifengError as error:
        _log.error("chase.failed", deadline=clock.id, reason=str(error))
        return False
    return True


def _chase(conn: Connection, house: House, clock: Clock, now: datetime) -> None:
    taken = chase(clock.step, clock.starts_at, clock.due_at, now)
    if not deadlines.took(conn, clock, taken.step, taken.next_at, now) or not taken.step:
        return
    drop_urging(conn, clock.id, "已有后一步提醒")
    urging = _urging(conn, clock, taken.step, now)
    paper = _paper(conn, house, clock, taken.step, now)
    urged = taken.step == 2 and paper is not None
    for to in _whom(house, clock, taken.step, now, urged=urged):
        _send(conn, house, clock, urging, to, now)


@dataclass(frozen=True, slots=True)
class Urging:
    """What one step says: `mark` and `title` make the subject; `short` is for SMS and names no matter."""

    step: int
    mark: str
    title: str
    short: str
    words: tuple[str, ...]
    level: int = 4
    incident: int | None = None


def _urging(conn: Connection, clock: Clock, step: int, now: datetime) -> Urging:
    about, level, incident = _subject(conn, clock)
    what = RULES[clock.rule].name if clock.rule in RULES else clock.rule
    left = countdown(clock.due_at, now)
    uncertain = "" if clock.start_certain else "（起算点待核）"
    words = [
        f"时限：{what}应于{local(clock.due_at):%Y年%m月%d日%H时%M分}前完成，{left}{uncertain}。",
        f"事项：{about}。",
        f"现在：{TO_DO[step]}",
        clock.why,
    ]
    mark = f"【{STEP_NAMES[step]}待签发】" if step in TO_SIGN else f"【{STEP_NAMES[step]}】"
    short = f"{what}{left}" + (f"，事件{incident}号" if incident else "")
    return Urging(step, mark, f"{what}{left}：{about}", short, tuple(words), level, incident)


def _subject(conn: Connection, clock: Clock) -> tuple[str, int, int | None]:
    """What the clock belongs to, in words; its level; its incident."""
    if clock.noun == "incident":
        found = incident_moves.one(conn, clock.subject_id)
        return "限知事项" if found.restricted else found.title[:40], found.level, found.id
    if clock.noun == "notice":
        order = notices.get(conn, clock.subject_id)
        return f"{order.number or '文书'}　{order.title[:40]}", order.level, order.incident_id
    if clock.noun == "task":
        task = tasks.one(conn, clock.subject_id)
        return task.words[:40], 4, task.incident_id
    return f"文书{clock.subject_id}", 4, None


def _whom(house: House, clock: Clock, step: int, now: datetime, *, urged: bool) -> tuple[Recipient, ...]:
    """Those in the office whom this step concerns, and the unit that owes it while no paper urges it."""
    roads = ("mail", "chat") if step == 1 else ("mail", "chat", "sms")
    office = by_role(house.station, _ROLES[step], roads, now)
    tell_unit = bool(clock.unit) and step <= 2 and not urged
    unit = of_unit(house.station, clock.unit, roads) if tell_unit else ()
    return (*unit, *(office or readers(house.station, (), now)))


def _send(conn: Connection, house: House, clock: Clock, urging: Urging, to: Recipient, now: datetime) -> None:
    thread = f"{clock.noun}-{clock.subject_id}"
    page = f"{house.station.outward}/{clock.noun}s/{clock.subject_id}" if house.station.outward else None
    title = f"{urging.mark}{urging.title}"
    office = house.station.office.name
    short = f"{urging.mark}{urging.short}，请登录采风值守台办理。"
    level = urging.level if urging.step > 1 else None
    message = plain_mail(
        title, urging.words, station=office, thread=thread, url=page, short=short, level=level
    )
    parcel = outbox.Parcel(
        key=f"chase-{clock.id}-{int(clock.due_at.timestamp())}:{to.person.id}:{to.channel}:{urging.step}",
        noun=clock.noun if clock.noun != "incident" else "deadline",
        subject_id=clock.subject_id,
        channel=to.channel,
        recipient=to.address,
        message=message.as_json(),
        person=to.person.name,
        urgency=2 if urging.step > 1 else 3,
        about=() if urging.incident is None else (urging.incident,),
        note=Note(urging.mark, urging.title, urging.words[0], urging.level, page).as_json(),
    )
    outbox.enqueue(conn, parcel, house.station.domain, now)


def _paper(conn: Connection, house: House, clock: Clock, step: int, now: datetime) -> int | None:
    """The paper of this step, drafted in the same transaction; why it could not be is on the timeline."""
    draft = hook(*PAPERS[step]) if step in PAPERS else None
    if draft is None:
        return None
    try:
        with conn.begin_nested():
            made: int | None = draft(conn, house, clock, "rules", now)
            return made
    except CaifengError as error:
        why = f"未能拟出{STEP_NAMES[step]}：{error}"
        record(conn, clock.noun, clock.subject_id, "draft-failed", who="rules", at=now, why=why)
        return None


def _risen(conn: Connection, house: House, now: datetime) -> list[tuple[int, str]]:
    """Incidents at rest that have at least doubled since a person put them to rest."""
    policy = policy_of(house.station)
    return [
        (row.id, f"办结后又有新增，信息由{rested}条增至{row.documents}条")
        for row in alerts.resting(conn, sorted(WAKES), now - _LOOK_BACK, BATCH)
        if (rested := (row.snapshot or {}).get("rested")) is not None
        and flares_up(row.state, rested, row.documents, policy.spread_least)
    ]
