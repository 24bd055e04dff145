"""Who is on duty, who stands in, who is in charge, how each is reached. Pure over the station's settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from monitor.clock import SHANGHAI, local
from monitor.domain.calendar import working_days
from monitor.settings.roster import Exchange, Person, Roster, Shift
from monitor.settings.station import Leader, Station

CHAT_KINDS = frozenset({"wecom", "dingtalk", "feishu"})
PARTS = {"officer": "officers", "deputy": "deputies", "leader": "leaders"}
ROLE_NAMES = {
    "officer": "值班员",
    "deputy": "副班",
    "leader": "带班领导",
    "in-charge": "分管领导",
    "administrator": "系统管理员",
}


@dataclass(frozen=True, slots=True)
class Watch:
    """One shift as it is kept: from when until when, by whom. An id is None where nobody can."""

    shift: str
    start: datetime
    until: datetime
    officer: str | None
    deputy: str | None
    leader: str | None
    why: tuple[str, ...] = ()

    def holds(self, part: str) -> str | None:
        """Who has that part of the shift."""
        found: str | None = getattr(self, part)
        return found


def on_duty(roster: Roster, now: datetime) -> tuple[Watch, ...]:
    """The shifts that run now; usually one. A shift that began yesterday may still run."""
    today = local(now).date()
    found = (watch for day in (today - timedelta(days=1), today) for watch in shifts_of(roster, day))
    return tuple(watch for watch in found if watch.start <= now < watch.until)


def shifts_of(roster: Roster, day: date) -> Iterator[Watch]:
    """The shifts that begin on that day, in order."""
    works = working_days(roster.calendar)(day)
    for shift in roster.shifts:
        if shift.days == "all" or (shift.days == "working") == works:
            yield _kept(roster, shift, day)


def next_change(roster: Roster, now: datetime) -> datetime | None:
    """When the shift changes next; None when the roster has no shift within a week."""
    today = local(now).date()
    days = (today + timedelta(days=n) for n in range(-1, 8))
    starts = (edge for day in days for w in shifts_of(roster, day) for edge in (w.start, w.until))
    return min((edge for edge in starts if edge > now), default=None)


def _kept(roster: Roster, shift: Shift, day: date) -> Watch:
    start = datetime.combine(day, shift.start, SHANGHAI)
    last = day if shift.until > shift.start else day + timedelta(days=1)
    who: dict[str, str | None] = {}
    why: list[str] = []
    for part, row in PARTS.items():
        who[part], said = _whose(roster, shift, day, part, getattr(shift, row))
        why += said
    return Watch(shift.name, start, datetime.combine(last, shift.until, SHANGHAI), **who, why=tuple(why))


def _whose(
    roster: Roster, shift: Shift, day: date, part: str, row: Sequence[str]
) -> tuple[str | None, list[str]]:
    """Whose turn it is, after exchanges and leave."""
    if exchanged := _exchange(roster.exchanges, shift.name, day, part):
        return _stand_in(roster, exchanged, day, (), [f"{_name(roster, exchanged)}换班"])
    if not row:
        return None, []
    passed = (day - shift.first_day).days
    turn = (passed if shift.turn == "day" else passed // 7) % len(row)
    return _stand_in(roster, row[turn], day, (*row[turn + 1 :], *row[:turn]), [])


def _exchange(exchanges: Iterable[Exchange], shift: str, day: date, part: str) -> str | None:
    found = [e for e in exchanges if e.day == day and e.shift == shift and getattr(e, part)]
    return str(getattr(found[-1], part)) if found else None


def _stand_in(
    roster: Roster, person: str, day: date, others: Sequence[str], said: list[str]
) -> tuple[str | None, list[str]]:
    """The person, or on leave the one named instead, or the next in turn who is there."""
    chain, seen = person, {person}
    while leave := next((a for a in roster.leave if a.person == chain and a.first <= day <= a.last), None):
        said = [*said, f"{_name(roster, chain)}请假"]
        following = leave.instead or next((o for o in others if o not in seen), None)
        if following is None or following in seen:
            return None, [*said, "无人替班"]
        chain = following
        seen.add(chain)
        said = [*said, f"由{_name(roster, chain)}替班"]
    return chain, said


def _name(roster: Roster, ident: str) -> str:
    person = roster.person(ident)
    return person.name if person else ident


@dataclass(frozen=True, slots=True)
class About:
    """What decides who is in charge: the incident's topic and units; `restricted` keeps the circle small."""

    topic: str | None = None
    units: tuple[str, ...] = ()
    restricted: bool = False


def in_charge(station: Station, about: About) -> tuple[str, ...]:
    """The leaders in charge (分管领导) of 区委 and 区政府, by unit and topic.

    A report of wrongdoing must not reach the one it accuses: there only those in charge of all are named.
    """
    return tuple(dict.fromkeys(leader.person for leader in station.leaders if _answers_for(leader, about)))


def _answers_for(leader: Leader, about: About) -> bool:
    if not leader.units and not leader.topics:
        return True
    if about.restricted:
        return False
    return bool(set(leader.units) & set(about.units)) or about.topic in leader.topics


def approvers(station: Station) -> tuple[Person, ...]:
    """Who may approve that a clock stands still or runs longer: signers, shift leaders, leaders in charge."""
    roster = station.roster
    named = [
        *station.papers.signers,
        *(ident for shift in roster.shifts for ident in shift.leaders),
        *(leader.person for leader in station.leaders),
    ]
    return tuple(p for ident in dict.fromkeys(named) if (p := roster.person(ident)))


def who_is(station: Station, role: str, now: datetime, about: About) -> tuple[Person, ...]:
    """The people a step's `who` means now: a role, or a person's id."""
    roster = station.roster
    if role in PARTS:
        names: Iterable[str | None] = (watch.holds(role) for watch in on_duty(roster, now))
    elif role == "in-charge":
        names = in_charge(station, about)
    elif role == "administrator":
        names = (station.administrator,)
    else:
        names = (role,)
    return tuple(p for name in dict.fromkeys(names) if name and (p := roster.person(name)))


def anybody(station: Station, now: datetime) -> tuple[Person, ...]:
    """Who is told when nobody is on duty: the shift's others, the administrator, at last all."""
    for role in ("officer", "deputy", "leader", "administrator"):
        if found := who_is(station, role, now, About()):
            return found
    ours = (p for p in station.roster.people if p.id not in station.superior)
    return tuple(p for p in ours if p.contacts or p.phone)


def road(station: Station, person: Person, wanted: str) -> tuple[str, str] | None:
    """The channel and the address by which a person is reached, None where that road does not lead to them.

    `wanted` is a channel's own name, or a kind: mail, chat, sms, call. `call` without a voice gateway is a
    line on the list of calls that a person makes.
    """
    if wanted in station.channels:
        address = person.contacts.get(wanted) or _by_phone(station.channels[wanted].kind, person)
        return (wanted, address) if address else None
    for name, channel in station.channels.items():
        if _is_kind(channel.kind, wanted):
            address = person.contacts.get(name) or _by_phone(channel.kind, person)
            if address:
                return name, address
    return ("call", person.phone) if wanted == "call" and person.phone else None


def _is_kind(kind: str, wanted: str) -> bool:
    return (
        kind == wanted or (wanted == "chat" and kind in CHAT_KINDS) or (wanted == "call" and kind == "voice")
    )


def _by_phone(kind: str, person: Person) -> str | None:
    return person.phone or None if kind in ("sms", "voice") else None


def next_road(station: Station, person: Person, tried: Iterable[str]) -> tuple[str, str] | None:
    """The road to fall back to when others failed: mail, chat, SMS, then a call by a colleague."""
    used = set(tried)
    for wanted in ("mail", "chat", "sms", "call"):
        found = road(station, person, wanted)
        if found and found[0] not in used:
            return found
    return ("call", person.phone) if person.phone and "call" not in used else None
