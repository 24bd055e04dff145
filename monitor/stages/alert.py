"""Alert: tell the people on duty of new and changed incidents, step after step, until somebody answers.

First rounds are opened (a row each, in its own transaction); then what is due is planned and composed from a
read view, and written at once: deliveries and the rounds' progress together. Killed between the two, the
next run plans the same again under the same keys. Reminders and reports to leaders wait in the outbox for
this stage: one person's messages of every kind share one ceiling, and leave together when there is room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from alerts.ceiling import Held
from alerts.policy import Policy
from monitor.domain.telling import policy_of
from monitor.stages import Done, House
from monitor.stages.letters import Letter, letters_of, share
from monitor.stages.rounds import Plan, open_rounds, plan_round
from monitor.store import alerts, faults, links, matters, outbox, silences, told
from monitor.store.alerts import Round
from monitor.store.incident_moves import one

BATCH = 100
WAITING = 1000
# what is written in one breath leaves together, also when the process died in the middle of it
BREATH = timedelta(seconds=3)
DUTY_FAULT = "duty"


def run(house: House, now: datetime) -> Done:
    """Open rounds for what is new or changed, and take every step that is due."""
    opened = open_rounds(house, now)
    with house.store.read() as conn:
        todo = _todo(conn, house, now)
    if todo.plans or todo.letters:
        with house.store.write() as conn:
            _write(conn, house, todo, now)
    lag = max((_late(p.round, now) for p in todo.plans), default=0.0)
    return Done("alert", len(todo.plans), lag=lag, more=len(todo.plans) >= BATCH or opened >= BATCH)


def _late(one_round: Round, now: datetime) -> float:
    return max(0.0, (now - one_round.next_at).total_seconds()) if one_round.next_at else 0.0


@dataclass(frozen=True, slots=True)
class Todo:
    """One run's work: what rounds want, what leaves, and what a ceiling holds back, by key."""

    plans: Sequence[Plan]
    letters: Sequence[Letter]
    held: dict[str, Held]


def _todo(conn: Connection, house: House, now: datetime) -> Todo:
    plans, rows = _plans(conn, house, now), outbox.held(conn, now - BREATH, WAITING)
    if not plans and not rows:
        return Todo((), (), {})
    parcels, held = share(conn, house, plans, rows, now)
    if parcels and (more := _riding_along(conn, house, plans, now)):
        plans = [*plans, *more]
        parcels, held = share(conn, house, plans, rows, now)
    letters = letters_of(conn, house, parcels, plans, rows, now)
    return Todo(plans, letters, {h.intent.key: h for h in held})


def _plans(conn: Connection, house: House, now: datetime) -> list[Plan]:
    """What each due round wants, and each Ⅰ/Ⅱ that waits while nobody is at a desk."""
    due = list(alerts.due(conn, now, BATCH))
    hurried = _hurried(conn, now, policy_of(house.station), {r.id for r in due})
    return [*_planned(conn, house, due, now), *_planned(conn, house, hurried, now, hurry=True)]


def _planned(
    conn: Connection, house: House, rounds: Sequence[Round], now: datetime, *, hurry: bool = False
) -> list[Plan]:
    policy, quiet = policy_of(house.station), silences.current(conn, now)
    return [
        plan_round(house.station, policy, found, one(conn, found.incident_id), quiet, now, hurry=hurry)
        for found in rounds
    ]


def _riding_along(conn: Connection, house: House, plans: Sequence[Plan], now: datetime) -> list[Plan]:
    """Something leaves now: what others hold back for the same people goes with it."""
    ceiling, planned = policy_of(house.station).ceiling, {p.round.id for p in plans}
    rounds = [r for r in alerts.held(conn, now, now + ceiling.window) if r.id not in planned]
    return _planned(conn, house, rounds[:BATCH], now)


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


def _write(conn: Connection, house: House, todo: Todo, now: datetime) -> None:
    """Progress and messages together. A round that somebody acknowledged meanwhile sends nothing alone."""
    same = alerts.unmoved(conn, [plan.round for plan in todo.plans])
    went_on = [plan for plan in todo.plans if plan.round.id in same]
    alerts.took(conn, [_progress(plan, todo.held, now) for plan in went_on])
    incidents = {plan.round.incident_id for plan in went_on}
    leaves = [x for x in todo.letters if len(x.parcel.intents) > 1 or x.rows or x.about[0] in incidents]
    _send(conn, house, leaves, now)
    _note_nobody(conn, todo.plans, now)


def _progress(plan: Plan, held: dict[str, Held], now: datetime) -> dict[str, Any]:
    waits = [held[i.key] for i in plan.intents if i.key in held]
    times = [t for t in (plan.next_at, *(h.until for h in waits)) if t is not None]
    return {
        "id": plan.round.id,
        "step": plan.step,
        "next_at": min(times, default=None),
        "started_at": plan.started_at,
        "snapshot": plan.snapshot({h.intent.key for h in waits}, now),
    }


def _send(conn: Connection, house: House, letters: Sequence[Letter], now: datetime) -> None:
    parcels = [_parcel(house, letter) for letter in letters if letter.message]
    outbox.enqueue_all(conn, parcels, house.station.domain, now)
    links.give_all(conn, "alert", "incident", [token for letter in letters for token in letter.tokens])
    alone = [row for letter in letters if not letter.message for row in letter.rows]
    if alone:
        outbox.let_go(conn, alone, now)
    for letter in letters:
        if len(letter.parcel.intents) > 1:
            _note_bundle(conn, house, letter, now)


def _parcel(house: House, letter: Letter) -> outbox.Parcel:
    first = letter.parcel.intents[0]
    assert letter.message is not None
    return outbox.Parcel(
        key=letter.parcel.key,
        noun="incident" if len(letter.parcel.intents) == 1 else "bundle",
        subject_id=first.incident,
        channel=first.road,
        recipient=first.address,
        message=letter.message.as_json(),
        person=_name(house, first.person),
        urgency=first.level,
        about=letter.about,
    )


def _note_bundle(conn: Connection, house: House, letter: Letter, now: datetime) -> None:
    """Who was told of each matter in a bundle is on record."""
    first, parcel = letter.parcel.intents[0], letter.parcel
    said = f"合并提醒（{len(parcel.intents)}起）"
    told.add_all(conn, letter.about, _name(house, first.person), first.road, by="rules", at=now, result=said)
    if letter.rows:
        outbox.bundled(conn, letter.rows, outbox.message_id(parcel.key, house.station.domain))


def _name(house: House, ident: str) -> str:
    person = house.station.roster.person(ident)
    return person.name if person else ident


def _note_nobody(conn: Connection, plans: Sequence[Plan], now: datetime) -> None:
    nobody = [plan for plan in plans if plan.nobody]
    if nobody:
        titles = "、".join(p.incident.title[:20] for p in nobody[:3])
        faults.open_(conn, DUTY_FAULT, "roster", f"值班表中没有可告知的人员：{titles}", now)
    elif any(p.intents for p in plans):
        faults.close(conn, DUTY_FAULT, "roster", now)
