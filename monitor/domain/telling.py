"""A station's rules of telling, made of its settings; and whom a step reaches, by name and road. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from alerts.policy import Ceiling, Digest, Policy, Quiet, StepLike
from monitor.domain.duty import CHAT_KINDS, About, anybody, road, who_is
from monitor.settings.roster import Person
from monitor.settings.station import Station

WRITTEN = frozenset({"mail", "webhook"}) | CHAT_KINDS


def policy_of(station: Station) -> Policy:
    """What the station says about escalation, quiet hours and ceilings; defaults for the rest."""
    messages = station.messages
    quiet = Quiet(messages.quiet_from, messages.quiet_to) if messages.quiet_from else None
    ceiling = Ceiling(window=messages.per, per_incident=messages.ceiling, total=messages.ceiling + 2)
    digest = Digest(messages.digest_at, messages.digest_levels)
    steps = dict(station.roster.escalation)
    return Policy(own_steps=steps, quiet=quiet, digest=digest, ceiling=ceiling)


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person at one address: `channel` is a channel's name, or `call` for the list of calls to make."""

    person: Person
    channel: str
    address: str
    spoken: bool = False


def recipients(
    station: Station, policy: Policy, step: StepLike, level: int, now: datetime, about: About
) -> tuple[Recipient, ...]:
    """Whom this step reaches now, each road once. Calls are made only when the policy says so."""
    people = tuple(p for role in step.who for p in who_is(station, role, now, about))
    return tuple(_roads(station, people, _allowed(step.channels, policy, level, now)))


def fallback(
    station: Station, policy: Policy, step: StepLike, level: int, now: datetime
) -> tuple[Recipient, ...]:
    """Whom to tell when the first step reaches nobody at all."""
    wanted = _allowed((*step.channels, "mail", "chat", "sms"), policy, level, now)
    return tuple(_roads(station, anybody(station, now), wanted))


def readers(station: Station, people: Iterable[str], now: datetime) -> tuple[Recipient, ...]:
    """Those who already know and whoever is on duty now, by mail and chat: for updates."""
    named = [p for ident in people if (p := station.roster.person(ident))]
    on_duty = who_is(station, "officer", now, About())
    everyone = {p.id: p for p in (*on_duty, *named)}
    return tuple(_roads(station, everyone.values(), ("mail", "chat")))


def by_role(
    station: Station, roles: Iterable[str], wanted: Iterable[str], now: datetime
) -> tuple[Recipient, ...]:
    """The people in these roles now, by these roads."""
    people = tuple(p for role in roles for p in who_is(station, role, now, About()))
    return tuple(_roads(station, people, wanted))


def by_person(station: Station, ident: str, wanted: Iterable[str]) -> tuple[Recipient, ...]:
    """One person, by these roads."""
    person = station.roster.person(ident)
    return tuple(_roads(station, (person,) if person else (), wanted))


def of_unit(station: Station, ident: str, wanted: Iterable[str]) -> tuple[Recipient, ...]:
    """A unit's contacts, by these roads."""
    unit = station.unit(ident)
    if unit is None:
        return ()
    people = (
        Person(id=f"{ident}-{n}", name=c.name, post=c.post, phone=c.phone, contacts=c.contacts)
        for n, c in enumerate(unit.contacts, start=1)
    )
    return tuple(_roads(station, people, wanted))


def leaders(
    station: Station, policy: Policy, people: Iterable[str], level: int, now: datetime
) -> tuple[Recipient, ...]:
    """The leaders in charge when Ⅰ/Ⅱ is confirmed: mail and SMS, and a call when the policy says so."""
    named = tuple(p for ident in people if (p := station.roster.person(ident)))
    return tuple(_roads(station, named, _allowed(("mail", "sms", "call"), policy, level, now)))


def _allowed(channels: Iterable[str], policy: Policy, level: int, now: datetime) -> tuple[str, ...]:
    return tuple(c for c in channels if c != "call" or policy.calls(level, now))


def _roads(station: Station, people: Iterable[Person], wanted: Iterable[str]) -> Iterator[Recipient]:
    seen: set[tuple[str, str]] = set()
    roads = tuple(wanted)
    for person in people:
        for kind in roads:
            found = road(station, person, kind)
            if found and (person.id, found[0]) not in seen:
                seen.add((person.id, found[0]))
                yield Recipient(person, *found, spoken=_spoken(station, found[0]))


def _spoken(station: Station, channel: str) -> bool:
    return channel == "call" or (channel in station.channels and station.channels[channel].kind == "voice")
