"""Rounds of telling: when one begins, and what a due one wants now. Decisions here, writing in `alert`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from alerts.ceiling import Intent
from alerts.changes import Change, Snapshot, changes
from alerts.policy import Due, Policy, digest_at, due_steps, quiet_until
from alerts.silence import Matter, Silence, silenced_until
from monitor.domain.duty import About, next_change
from monitor.domain.level import effective
from monitor.domain.outlets import highest
from monitor.domain.telling import Recipient, fallback, policy_of, readers, recipients
from monitor.settings import Station
from monitor.stages import House
from monitor.store import alerts, matters
from monitor.store.alerts import Looked, Round
from monitor.store.incident_moves import Incident

OPEN = ("found", "judging", "warned", "handling", "answered")
FRESH = ("found", "judging", "warned")
BATCH = 100
_RECENT = timedelta(minutes=10)


def open_rounds(house: House, now: datetime) -> int:
    """Begin a round for each incident nobody was told of, and for each that changed enough; how many."""
    policy = policy_of(house.station)
    with house.store.read() as conn:
        new = alerts.untold(conn, FRESH, BATCH)
        touched = alerts.touched(conn, OPEN, BATCH)
        ranks = _ranks(conn, [*new, *(row for row in touched if row.updated_at >= now - _RECENT)])
    changed = [(row, found) for row in touched if (found := _changed(row, ranks, policy))]
    if not new and not changed:
        return 0
    with house.store.write() as conn:
        for row in new:
            _open(conn, row, ranks, "首次告知", now, None)
        for row, found in changed:
            _tell_change(conn, row, ranks, found, now)
    return len(new) + len(changed)


def _ranks(conn: Connection, rows: Sequence[Looked]) -> dict[int, int]:
    """The highest medium of each incident; asked only of those that changed lately."""
    media = matters.media_of(conn, [row.id for row in rows]) if rows else {}
    return {number: highest(names) for number, names in media.items()}


def _changed(row: Looked, ranks: Mapping[int, int], policy: Policy) -> tuple[Change, ...]:
    before = Snapshot.of(dict(row.snapshot or {}))
    after = _seen(row, max(before.rank, ranks.get(row.id, 0)))
    return changes(before, after, factor=policy.spread_factor, least=policy.spread_least)


def _seen(row: Looked, rank: int) -> Snapshot:
    return Snapshot(
        level=effective(row.level_suggested, row.level_confirmed),
        documents=row.documents,
        rank=rank,
        responded=row.responded_at is not None,
        confirmed=row.level_confirmed is not None,
        suggested=row.level_suggested,
    )


def _tell_change(
    conn: Connection, row: Looked, ranks: Mapping[int, int], found: Sequence[Change], now: datetime
) -> None:
    """A graver level escalates anew; anything less updates those who know and resets no clock."""
    why = "；".join(c.why for c in found)
    if any(c.grave for c in found):
        level = row.level_suggested if any(c.kind == "suggested" for c in found) else None
        _open(conn, row, ranks, why, now, None, level)
    elif row.acknowledged_by is not None or row.alert_id is None:
        _open(conn, row, ranks, why, now, row.acknowledged_by)
    else:
        before = (row.snapshot or {}).get("rank", 0)
        seen = _seen(row, max(before, ranks.get(row.id, 0))).as_json()
        alerts.update_round(conn, row.alert_id, why, seen, now)


def _open(
    conn: Connection,
    row: Looked,
    ranks: Mapping[int, int],
    why: str,
    now: datetime,
    acknowledged_by: str | None,
    level: int | None = None,
) -> None:
    """`level`: the round's own, where it is graver than the incident's: a suggestion to raise it."""
    before = row.snapshot or {}
    seen = _seen(row, max(before.get("rank", 0), ranks.get(row.id, 0)))
    alerts.open_round(
        conn,
        row.id,
        why=why,
        level=level or seen.level,
        now=now,
        snapshot={**seen.as_json(), "people": before.get("people", [])},
        acknowledged_by=acknowledged_by,
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """What a round wants now: messages, and where it stands afterwards."""

    round: Round
    incident: Incident
    why: str
    step: int
    next_at: datetime | None
    started_at: datetime
    intents: tuple[Intent, ...] = ()
    nobody: bool = False
    stepped: bool = False
    kept: Mapping[str, Any] = field(default_factory=dict)

    def snapshot(self, held: set[str], now: datetime) -> dict[str, Any]:
        """What the round remembers: whom it told by which road, and what still waits under a ceiling."""
        told = [_mark(i) for i in self.intents if i.key not in held]
        before = self.kept.get("told", [])
        people = list(dict.fromkeys([*self.kept.get("people", []), *(m[0] for m in told)]))
        stepped = now.isoformat() if self.stepped else self.kept.get("stepped_at")
        waits = [_stored(i) for i in self.intents if i.key in held]
        return {
            **self.kept,
            "told": [*before, *told],
            "people": people,
            "held": waits,
            "stepped_at": stepped,
        }


def _mark(intent: Intent) -> list[str]:
    return [intent.person, intent.road]


def _stored(intent: Intent) -> dict[str, Any]:
    return {
        name: getattr(intent, name)
        for name in ("key", "person", "road", "address", "incident", "level", "urgent")
    } | {"since": intent.since.isoformat()}


def _restored(stored: Mapping[str, Any]) -> Intent:
    return Intent(**{**stored, "since": datetime.fromisoformat(stored["since"])})


def plan_round(
    station: Station,
    policy: Policy,
    told: Round,
    found: Incident,
    quiet: Sequence[Silence],
    now: datetime,
    *,
    hurry: bool = False,
) -> Plan:
    """What this round does now: wait out a silence or the night, update those who know, or take steps."""
    until, digest = _held_back(policy, told, found, quiet, now)
    if until is not None:
        shift = until if not told.step else told.started_at + (until - now)
        kept = {**(told.snapshot or {}), **digest}
        return Plan(told, found, told.why, told.step, until, shift, kept=kept)
    if told.acknowledged_at is not None:
        return _update(station, told, found, now)
    return _escalate(station, policy, told, found, now, hurry)


def _held_back(
    policy: Policy, told: Round, found: Incident, quiet: Sequence[Silence], now: datetime
) -> tuple[datetime | None, dict[str, str]]:
    """Until when the round has to wait, and what it remembers of the digest it waits for."""
    matter = Matter(found.id, told.level, found.topic, (found.place,))
    if silenced := silenced_until(quiet, matter, now):
        return silenced[0], {}
    digest = _digest(policy, told, now)
    if digest is not None and now < digest:
        return digest, {"digest": digest.isoformat()}
    return quiet_until(policy.quiet, told.level, now), {}


def _digest(policy: Policy, told: Round, now: datetime) -> datetime | None:
    """The digest that carries a round nobody has been told of yet; the one it waits for, once it does."""
    if told.step:
        return None
    chosen = (told.snapshot or {}).get("digest")
    return datetime.fromisoformat(chosen) if chosen else digest_at(policy.digest, told.level, now)


def _update(station: Station, told: Round, found: Incident, now: datetime) -> Plan:
    """One message to those who know and to who is on duty now."""
    kept = told.snapshot or {}
    waiting = [_restored(h) for h in kept.get("held", [])]
    if told.step:
        return Plan(told, found, told.why, told.step, None, told.started_at, tuple(waiting), kept=kept)
    everyone = readers(station, kept.get("people", []), now)
    intents = tuple(_intent(told, found, 0, r, news=False) for r in everyone)
    return Plan(told, found, told.why, 1, None, told.started_at, intents, not intents, True, kept)


def _escalate(
    station: Station, policy: Policy, told: Round, found: Incident, now: datetime, hurry: bool
) -> Plan:
    kept = {**(told.snapshot or {})}
    hurried = bool(kept.pop("passed", False)) or hurry
    update = kept.pop("update", None)
    due = due_steps(policy.steps(told.level), told.step, told.started_at, now, hurry=hurried)
    intents = _steps_taken(station, policy, told, found, due, now)
    if update:
        intents = (*intents, *_updates(station, told, found, intents, now))
    nobody = 0 in due.steps and not intents
    if nobody:
        reachable = fallback(station, policy, policy.steps(told.level)[0], told.level, now)
        intents = tuple(_intent(told, found, 0, r) for r in reachable)
    why = update or _why(told, due, intents)
    next_at = _next(station, due.next_at, now)
    lost = nobody and not intents
    return Plan(told, found, why, due.taken, next_at, told.started_at, intents, lost, bool(due.steps), kept)


def _why(told: Round, due: Due, intents: Iterable[Intent]) -> str:
    """The reason in the mail: the round's own, the step's, or that somebody has just come on duty."""
    if due.steps:
        return due.why if due.taken > 1 else told.why
    comes = any(i.person not in _knows(told) for i in intents)
    return f"接班时仍未确认（{told.why}）" if comes else told.why


def _knows(told: Round) -> set[str]:
    """Who was told in this round, or is about to be as soon as a ceiling allows."""
    kept = told.snapshot or {}
    return {person for person, _ in kept.get("told", [])} | {h["person"] for h in kept.get("held", [])}


def _updates(
    station: Station, told: Round, found: Incident, intents: Iterable[Intent], now: datetime
) -> tuple[Intent, ...]:
    """What those who were told before hear of a change, unless a step tells them now anyway."""
    kept = told.snapshot or {}
    people = {person for person, _ in kept.get("told", [])}
    hears = {(i.person, i.road) for i in intents}
    number = kept.get("updates", 1)
    return tuple(
        replace(made, key=f"{made.key}u{number}")
        for r in readers(station, kept.get("people", []), now)
        if r.person.id in people and (r.person.id, r.channel) not in hears
        for made in (_intent(told, found, 0, r, news=False),)
    )


def _steps_taken(
    station: Station, policy: Policy, told: Round, found: Incident, due: Due, now: datetime
) -> tuple[Intent, ...]:
    """The messages of the steps that are due, what still waits, and whoever came on duty since."""
    kept = told.snapshot or {}
    about = About(found.topic, tuple(str(u.get("id", "")) for u in found.units), found.restricted)
    intents = {i.key: i for i in map(_restored, kept.get("held", []))}
    knows = _knows(told)
    taken: set[tuple[str, str]] = set()
    for number, step in enumerate(policy.steps(told.level)[: due.taken]):
        for r in recipients(station, policy, step, told.level, now, about):
            wanted = number in due.steps or r.person.id not in knows
            if wanted and (r.person.id, r.channel) not in taken:
                taken.add((r.person.id, r.channel))
                intents.setdefault((made := _intent(told, found, number, r)).key, made)
    return tuple(intents.values())


def _next(station: Station, step_at: datetime | None, now: datetime) -> datetime | None:
    """The next step, or the change of shift before it: whoever comes on duty must hear of what is open."""
    times = [t for t in (step_at, next_change(station.roster, now)) if t is not None]
    return min(times, default=None)


def _intent(told: Round, found: Incident, step: int, to: Recipient, *, news: bool = True) -> Intent:
    """`news`: the first word of this round to that person, not an update to one who knows."""
    return Intent(
        key=f"alert-{found.id}-{told.round}:{to.person.id}:{to.channel}:{step}",
        person=to.person.id,
        road=to.channel,
        address=to.address,
        incident=found.id,
        level=told.level,
        since=told.started_at,
        spoken=to.spoken,
        urgent=news and told.level <= 2,
    )
