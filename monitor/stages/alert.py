"""Alert: tell the people on duty of new and changed incidents, step after step, until somebody answers.

First rounds are opened (a row each, in its own transaction); then what is due is planned and composed from a
read view, and written at once: deliveries and the rounds' progress together. Killed between the two, the
next run plans the same again under the same keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from alerts.ceiling import Held, Parcel, Sent, allocate
from alerts.compose import alert_mail, bundle_mail
from alerts.matter import Alarm
from alerts.message import Message
from alerts.policy import Policy
from monitor.domain.links import make_token
from monitor.domain.telling import policy_of
from monitor.stages import Done, House
from monitor.stages.alarms import alarm_of, buttons
from monitor.stages.rounds import Plan, open_rounds, plan_round
from monitor.store import alerts, faults, links, matters, outbox, silences, told
from monitor.store.alerts import Round
from monitor.store.incident_moves import one

BATCH = 100
DUTY_FAULT = "duty"


def run(house: House, now: datetime) -> Done:
    """Open rounds for what is new or changed, and take every step that is due."""
    opened = open_rounds(house, now)
    with house.store.read() as conn:
        plans = _plans(conn, house, now)
        letters, held = _letters(conn, house, plans, now)
    if plans:
        with house.store.write() as conn:
            _write(conn, house, plans, letters, held, now)
    lag = max((_late(p.round, now) for p in plans), default=0.0)
    return Done("alert", taken=len(plans), lag=lag, more=len(plans) >= BATCH or opened >= BATCH)


def _late(one_round: Round, now: datetime) -> float:
    return max(0.0, (now - one_round.next_at).total_seconds()) if one_round.next_at else 0.0


def _plans(conn: Connection, house: House, now: datetime) -> list[Plan]:
    """What each due round wants, and each Ⅰ/Ⅱ that waits while nobody is at a desk."""
    policy = policy_of(house.station)
    due = list(alerts.due(conn, now, BATCH))
    hurried = _hurried(conn, now, policy, {r.id for r in due})
    quiet = silences.current(conn, now)
    return [
        plan_round(house.station, policy, found, one(conn, found.incident_id), quiet, now, hurry=hurry)
        for found, hurry in [*((r, False) for r in due), *((r, True) for r in hurried)]
    ]


def _hurried(conn: Connection, now: datetime, policy: Policy, due: set[int]) -> list[Round]:
    """Rounds of Ⅰ/Ⅱ that wait with steps left while nobody has used the console for a while."""
    waiting = [
        r
        for r in alerts.waiting(conn)
        if r.id not in due and 0 < r.step < len(policy.steps(r.level)) and _stepped(r) + policy.no_desk <= now
    ]
    if not waiting or matters.desk_open(conn, now - policy.no_desk):
        return []
    return waiting


def _stepped(waits: Round) -> datetime:
    at = (waits.snapshot or {}).get("stepped_at")
    return datetime.fromisoformat(at) if at else waits.started_at


@dataclass(frozen=True, slots=True)
class Letter:
    """A parcel with its words, and the tokens that its buttons need."""

    parcel: Parcel
    message: Message
    urgency: int
    tokens: tuple[tuple[str, int, str, datetime], ...] = ()


def _letters(
    conn: Connection, house: House, plans: Sequence[Plan], now: datetime
) -> tuple[list[Letter], dict[str, Held]]:
    """Everything that leaves now, composed; and what the ceilings hold back, by key."""
    ceiling = policy_of(house.station).ceiling
    sent = [Sent(*row) for row in matters.sent_since(conn, now - ceiling.window)]
    parcels, held = allocate((i for plan in plans for i in plan.intents), sent, now, ceiling)
    by_incident = {plan.round.incident_id: plan for plan in plans}
    alarms = {
        ident: alarm_of(conn, by_incident[ident].incident, now, by_incident[ident].why)
        for ident in {i.incident for parcel in parcels for i in parcel.intents}
    }
    letters = [_letter(house, parcel, alarms, by_incident, ceiling.shown) for parcel in parcels]
    return letters, {h.intent.key: h for h in held}


def _letter(
    house: House, parcel: Parcel, alarms: dict[int, Alarm], plans: dict[int, Plan], shown: int
) -> Letter:
    station, outward = house.station.office.name, house.station.outward
    first = parcel.intents[0]
    if len(parcel.intents) > 1:
        alike = [
            replace(alarms[i.incident], buttons=buttons(outward, i.incident, "")[-1:]) for i in parcel.intents
        ]
        message = bundle_mail(alike, station=station, shown=shown, address=outward)
        return Letter(parcel, message, first.level)
    made_at = plans[first.incident].round.started_at
    token = make_token(house.key, "alert", "incident", first.incident, first.person, made_at)
    alarm = replace(alarms[first.incident], buttons=buttons(outward, first.incident, token))
    tokens = ((token, first.incident, first.person, made_at),) if outward else ()
    return Letter(parcel, alert_mail(alarm, station=station), first.level, tokens)


def _write(
    conn: Connection,
    house: House,
    plans: Sequence[Plan],
    letters: Iterable[Letter],
    held: dict[str, Held],
    now: datetime,
) -> None:
    """Progress and messages together. A round that somebody acknowledged meanwhile sends nothing alone."""
    went_on = {p.round.incident_id for p in plans if _took(conn, p, held, now)}
    for letter in letters:
        intents = letter.parcel.intents
        if len(intents) > 1 or intents[0].incident in went_on:
            _enqueue(conn, house, letter, now)
    nobody = [p for p in plans if p.nobody]
    if nobody:
        titles = "、".join(p.incident.title[:20] for p in nobody[:3])
        faults.open_(conn, DUTY_FAULT, "roster", f"值班表中没有可告知的人员：{titles}", now)
    elif any(p.intents for p in plans):
        faults.close(conn, DUTY_FAULT, "roster", now)


def _took(conn: Connection, plan: Plan, held: dict[str, Held], now: datetime) -> bool:
    waits = [held[i.key] for i in plan.intents if i.key in held]
    times = [t for t in (plan.next_at, *(h.until for h in waits)) if t is not None]
    return alerts.took(
        conn,
        plan.round,
        step=plan.step,
        next_at=min(times, default=None),
        started_at=plan.started_at,
        snapshot=plan.snapshot({h.intent.key for h in waits}, now),
    )


def _enqueue(conn: Connection, house: House, letter: Letter, now: datetime) -> None:
    first = letter.parcel.intents[0]
    person = house.station.roster.person(first.person)
    parcel = outbox.Parcel(
        key=letter.parcel.key,
        noun="incident" if len(letter.parcel.intents) == 1 else "bundle",
        subject_id=first.incident,
        channel=first.road,
        recipient=first.address,
        message=letter.message.as_json(),
        person=person.name if person else first.person,
        urgency=letter.urgency,
    )
    outbox.enqueue(conn, parcel, house.station.domain, now)
    if parcel.noun == "bundle":
        said = f"合并提醒（{len(letter.parcel.intents)}起）"
        for intent in letter.parcel.intents:
            told.add(conn, intent.incident, parcel.person, first.road, by="rules", at=now, result=said)
    for token, incident, holder, made_at in letter.tokens:
        links.give(conn, token, "alert", "incident", incident, holder, made_at)
