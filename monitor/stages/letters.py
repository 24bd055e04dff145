"""Letters: what the ceilings let go, put into words; alone, or as one bundle for one person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from alerts.ceiling import Held, Intent, Parcel, Sent, allocate
from alerts.compose import alert_mail, bundle_mail
from alerts.matter import Alarm, Note
from alerts.message import Message
from monitor.domain.links import make_token
from monitor.domain.telling import policy_of
from monitor.stages import House
from monitor.stages.alarms import alarm_of, buttons
from monitor.stages.rounds import Plan
from monitor.store import matters
from monitor.store.outbox import Waiting

Token = tuple[str, int, str, datetime]


@dataclass(frozen=True, slots=True)
class Letter:
    """A parcel with its words and the tokens that its buttons need; no message for a row let go as it is."""

    parcel: Parcel
    message: Message | None
    tokens: tuple[Token, ...] = ()

    @property
    def rounds(self) -> tuple[Intent, ...]:
        """The intents that come from rounds of telling."""
        return tuple(i for i in self.parcel.intents if i.row is None)

    @property
    def rows(self) -> tuple[int, ...]:
        """The messages in it that were written before and waited."""
        return tuple(i.row for i in self.parcel.intents if i.row is not None)

    @property
    def about(self) -> tuple[int, ...]:
        """The incidents it tells of."""
        return tuple(dict.fromkeys(i.incident for i in self.parcel.intents if i.incident))


def share(
    conn: Connection, house: House, plans: Sequence[Plan], rows: Sequence[Waiting], now: datetime
) -> tuple[list[Parcel], list[Held]]:
    """What leaves now of all that is due, and what the ceilings hold back."""
    ceiling = policy_of(house.station).ceiling
    sent = [Sent(*row) for row in matters.sent_since(conn, now - ceiling.window)]
    wanted = [*(i for plan in plans for i in plan.intents), *(intent_of(row) for row in rows)]
    return allocate(wanted, sent, now, ceiling)


def intent_of(row: Waiting) -> Intent:
    """A message that waits in the outbox, as the ceilings see it."""
    about, note = row.about or [0], note_of(row)
    return Intent(
        key=row.key,
        person=row.person,
        road=row.channel,
        address=row.recipient,
        incident=about[0],
        level=note.level,
        since=row.created_at,
        urgent=note.urgent,
        row=row.id,
    )


def note_of(row: Waiting) -> Note:
    """Its line in a bundle."""
    return Note(**row.note)


def letters_of(
    conn: Connection,
    house: House,
    parcels: Iterable[Parcel],
    plans: Sequence[Plan],
    rows: Sequence[Waiting],
    now: datetime,
) -> list[Letter]:
    """The parcels in words."""
    parcels = list(parcels)
    told = {plan.round.incident_id: plan for plan in plans}
    wanted = {i.incident for parcel in parcels for i in parcel.intents if i.row is None}
    alarms = {number: _alarm(conn, told[number], now) for number in wanted}
    notes = {row.id: note_of(row) for row in rows}
    return [_letter(house, parcel, told, alarms, notes) for parcel in parcels]


def _alarm(conn: Connection, plan: Plan, now: datetime) -> Alarm:
    """Of a round that suggests more than a person has confirmed the level is a suggestion again."""
    alarm = alarm_of(conn, plan.incident, now, plan.why)
    raised = plan.round.level < alarm.level
    return replace(alarm, level=plan.round.level, confirmed=False) if raised else alarm


def _letter(
    house: House,
    parcel: Parcel,
    plans: Mapping[int, Plan],
    alarms: Mapping[int, Alarm],
    notes: Mapping[int, Note],
) -> Letter:
    first = parcel.intents[0]
    if len(parcel.intents) > 1:
        return Letter(parcel, _bundle(house, parcel, alarms, notes))
    if first.row is not None:
        return Letter(parcel, None)
    made_at = plans[first.incident].round.started_at
    outward, station = house.station.outward, house.station.office.name
    token = make_token(house.key, "alert", "incident", first.incident, first.person, made_at)
    alarm = replace(alarms[first.incident], buttons=buttons(outward, first.incident, token))
    tokens = ((token, first.incident, first.person, made_at),) if outward else ()
    channel = house.station.channels.get(first.road)
    rich = channel is not None and channel.kind == "mail"  # who is called or sent an SMS sees no HTML
    return Letter(parcel, alert_mail(alarm, station=station, rich=rich), tokens)


def _bundle(house: House, parcel: Parcel, alarms: Mapping[int, Alarm], notes: Mapping[int, Note]) -> Message:
    outward = house.station.outward
    numbers = dict.fromkeys(i.incident for i in parcel.intents if i.row is None)
    alike = [replace(alarms[n], buttons=buttons(outward, n, "")[-1:]) for n in numbers]
    return bundle_mail(
        alike,
        [notes[i.row] for i in parcel.intents if i.row is not None],
        station=house.station.office.name,
        shown=policy_of(house.station).ceiling.shown,
        address=outward,
    )
