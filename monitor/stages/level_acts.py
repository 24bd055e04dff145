"""Confirming the level, the category and the time of an incident, and answering it; with all that follows.

Confirming Ⅰ/Ⅱ tells the leaders in charge, drafts bulletin, notice and first report, and starts the internal
clocks, in one transaction. The 1 h / 5 h / 24 h clocks start only with category G.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from alerts.compose import alert_mail
from monitor.domain import deadline as rules
from monitor.domain.calendar import working_days
from monitor.domain.deadline import RULES, Moments, reckon
from monitor.domain.duty import About, in_charge
from monitor.domain.level import full_name
from monitor.domain.telling import Recipient, leaders, policy_of
from monitor.errors import CaifengError
from monitor.stages import notice_acts
from monitor.stages.alarms import alarm_of, note_of
from monitor.stages.office import Office, hook
from monitor.store import alerts, deadlines, incident_moves, outbox, spreads
from monitor.store.incident_moves import Incident
from monitor.store.moves import record

# What confirming Ⅰ/Ⅱ drafts: what it is called on the timeline, stage, function, what it takes besides.
# Called as `function(conn, office, incident_id, *besides, who, now)`, inside the transaction of the act; it
# gives None where the incident has that paper already.
DRAFTS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("互联网舆情信息", "publish", "draft_special_once", ()),
    ("预警通知书", "notify", "draft_once", ()),
    ("突发事件初报", "publish", "draft_first_report", ()),
)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What confirming brought about: who is told, which drafts were made (name → id)."""

    told: tuple[str, ...]
    drafts: dict[str, int]


def confirm_level(
    office: Office, incident_id: int, level: int, *, who: str, now: datetime, why: str = ""
) -> Confirmed:
    """A person fixes the level. Raises NeedsReason when lowered without one, IllegalMove when it rests."""
    with office.store.write() as conn:
        before = incident_moves.one(conn, incident_id)
        incident_moves.set_level(conn, before, level, who=who, at=now, why=why)
        alerts.settle(conn, incident_id, level, who, now, suggested=before.level_suggested)
        found = incident_moves.one(conn, incident_id)
        _start(conn, office, found, _wanted_clocks(found), who, now)
        if level != before.level:
            notice_acts.regrade(conn, office, incident_id, who=who, now=now)
        if level > 2:
            return Confirmed((), {})
        told = _tell_leaders(conn, office, found, who, now)
        drafts = _draft(conn, office, found, who, now) if before.level_confirmed != level else {}
        return Confirmed(told, drafts)


def _wanted_clocks(found: Incident) -> tuple[str, ...]:
    internal = rules.INTERNAL if found.level <= 2 else ()
    return (*internal, *(rules.SUDDEN if found.category == "G" else rules.ORDINARY))


def _moments(found: Incident) -> Moments:
    return Moments(
        happened=found.event_at,
        posted=found.posted_at,
        found=found.detected_at,
        confirmed=found.confirmed_at,
    )


def _start(
    conn: Connection, office: Office, found: Incident, wanted: Iterable[str], who: str, now: datetime
) -> None:
    is_working = working_days(office.station.roster.calendar)
    own = office.station.deadlines
    for ident in wanted:
        reckoned = reckon(RULES[ident], found.level, _moments(found), now, is_working, own)
        deadlines.start(conn, "incident", found.id, reckoned, who=who, now=now)


def _tell_leaders(
    conn: Connection, office: Office, found: Incident, who: str, now: datetime
) -> tuple[str, ...]:
    """The leaders in charge of 区委 and 区政府, once per level: by mail, SMS, at night by telephone."""
    about = About(found.topic, tuple(str(u.get("id", "")) for u in found.units), found.restricted)
    policy = policy_of(office.station)
    reached = leaders(office.station, policy, in_charge(office.station, about), found.level, now)
    if not reached:
        record(
            conn, "incident", found.id, "no-leader", who="rules", at=now, why="分管领导表中没有可告知的人员"
        )
        return ()
    why = f"{who}已确认为{full_name(found.level)}，报请分管领导知悉"
    alarm = alarm_of(conn, found, now, why)
    message = alert_mail(alarm, station=office.station.office.name).as_json()
    note = note_of(alarm, office.station.outward, urgent=True).as_json()
    parcels = [_parcel(found, to, message, note) for to in reached]
    outbox.enqueue_all(conn, parcels, office.station.domain, now)
    names = tuple(dict.fromkeys(to.person.name for to in reached))
    facts = {"people": list(names), "roads": [[to.person.name, to.channel] for to in reached]}
    said = f"报告分管领导：{'、'.join(names)}"
    record(conn, "incident", found.id, "leaders-told", who=who, at=now, why=said, facts=facts)
    return names


def _parcel(
    found: Incident, to: Recipient, message: dict[str, object], note: dict[str, object]
) -> outbox.Parcel:
    return outbox.Parcel(
        key=f"confirm-{found.id}-{found.level}:{to.person.id}:{to.channel}:0",
        noun="incident",
        subject_id=found.id,
        channel=to.channel,
        recipient=to.address,
        message=message,
        person=to.person.name,
        urgency=found.level,
        about=(found.id,),
        note=None if to.spoken else note,
    )


def _draft(conn: Connection, office: Office, found: Incident, who: str, now: datetime) -> dict[str, int]:
    """The papers that a confirmed Ⅰ/Ⅱ needs; a person checks and signs each of them."""
    made: dict[str, int] = {}
    for called, module, name, besides in DRAFTS:
        draft = hook(module, name)
        if draft is None:
            continue
        try:
            with conn.begin_nested():
                new = draft(conn, office, found.id, *besides, who, now)
            if new is not None:
                made[called] = int(new)
        except CaifengError as error:
            # no lead unit yet, or a report of wrongdoing: the level stands all the same
            why = f"未能拟出{called}：{error}"
            record(conn, "incident", found.id, "draft-failed", who="rules", at=now, why=why)
    return made


def categorise(
    office: Office, incident_id: int, category: str, *, who: str, now: datetime, why: str = ""
) -> None:
    """A–G. G starts the 1 h / 5 h / 24 h clocks, which take the place of the 48 h one."""
    with office.store.write() as conn:
        incident_moves.set_category(
            conn, incident_moves.one(conn, incident_id), category, who=who, at=now, why=why
        )
        found = incident_moves.one(conn, incident_id)
        if category == "G":
            _start(conn, office, found, rules.SUDDEN, who, now)
            _stop(conn, incident_id, rules.ORDINARY, who, now, "按突发事件办理")
        else:
            _stop(conn, incident_id, rules.SUDDEN, who, now, "不再按突发事件办理")
            if found.level_confirmed is not None:
                _start(conn, office, found, rules.ORDINARY, who, now)


def _stop(
    conn: Connection, incident_id: int, which: tuple[str, ...], who: str, now: datetime, why: str
) -> None:
    deadlines.cancel(conn, "incident", incident_id, who=who, now=now, why=why, rules=which)


def set_event_time(office: Office, incident_id: int, event_at: datetime, *, who: str, now: datetime) -> None:
    """When it happened, as verified: clocks whose start was uncertain count from there."""
    if event_at > now:
        raise CaifengError("事件发生时间不能晚于现在")
    with office.store.write() as conn:
        incident_moves.set_event_time(conn, incident_id, event_at, who=who, at=now)
        found = incident_moves.one(conn, incident_id)
        is_working = working_days(office.station.roster.calendar)
        for clock in deadlines.of(conn, "incident", incident_id):
            if clock.runs and not clock.start_certain:
                own = office.station.deadlines
                anew = reckon(RULES[clock.rule], found.level, _moments(found), now, is_working, own)
                deadlines.move_start(conn, clock, anew.starts_at, anew.due_at, who=who, now=now)


def handle(office: Office, incident_id: int, *, who: str, now: datetime, why: str = "") -> None:
    """处置: a unit is at work."""
    with office.store.write() as conn:
        incident_moves.move(conn, incident_id, "handle", who=who, at=now, why=why)


def answered(
    office: Office, incident_id: int, *, at: datetime, where: str, who: str, now: datetime, words: str = ""
) -> None:
    """回应: the public was answered `at` that time, in that place (medium or address)."""
    with office.store.write() as conn:
        answered_within(conn, incident_id, at=at, where=where, who=who, now=now, words=words)


def answered_within(
    conn: Connection, incident_id: int, *, at: datetime, where: str, who: str, now: datetime, words: str = ""
) -> None:
    """The same inside a transaction (a unit's answer that was entered with its notice)."""
    found = incident_moves.one(conn, incident_id)
    changes = {"responded_at": found.responded_at or at}
    facts = {"where": where, "at": at.isoformat()}
    said = words or f"已通过{where}公开回应"
    incident_moves.move(conn, incident_id, "answer", who=who, at=now, why=said, changes=changes, facts=facts)
    spreads.mark(conn, incident_id, "before", at)
    for rule in ("first-word", "authority", "answer"):
        deadlines.meet(conn, "incident", incident_id, rule, who=who, at=at)


def done(office: Office, incident_id: int, rule: str, *, at: datetime, who: str, now: datetime) -> bool:
    """One of the incident's clocks is met: 电话首报, 书面首报, 新闻发布会… False when it does not run."""
    if at > now:
        raise CaifengError("完成时间不能晚于现在")
    with office.store.write() as conn:
        return deadlines.meet(conn, "incident", incident_id, rule, who=who, at=at)
