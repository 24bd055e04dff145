"""How many messages a person can stand: pacing, ceilings and bundling of what is due. Pure.

One storm must not bury the grave in the many. What is over the ceiling is not lost but waits for the next
message to that person, which carries all that waits, the gravest first. The ceilings are nested (of five in
a quarter of an hour four may fall into ten minutes and three into five), so that a person who has just been
sent a burst is not deaf for the rest of the quarter: news of Ⅰ and Ⅱ waits five minutes at the worst.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from alerts.policy import Ceiling


@dataclass(frozen=True, slots=True)
class Intent:
    """Somebody ought to hear of something by one road now.

    `key` is the delivery's own key; `person` an id; `road` a channel's name, `spoken` when it is a call.
    `urgent`: news of Ⅰ or Ⅱ, which has a place of its own under each ceiling. `incident` is 0 for what is
    about none. `row` is the message's number when it is written already and waits in the outbox.
    """

    key: str
    person: str
    road: str
    address: str
    incident: int
    level: int
    since: datetime
    spoken: bool = False
    urgent: bool = False
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """One earlier message to an address by a road, and the incidents it was about."""

    address: str
    road: str
    at: datetime
    incidents: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Parcel:
    """What leaves now for one person by one road: one matter, or a bundle with the gravest first."""

    intents: tuple[Intent, ...]

    @property
    def key(self) -> str:
        """The delivery key: an intent's own, or one made of all that are bundled."""
        first = self.intents[0]
        if len(self.intents) == 1:
            return first.key
        told = sha256("\n".join(i.key for i in self.intents).encode()).hexdigest()[:24]
        return f"bundle-{told}:{first.person}:{first.road}:0"


@dataclass(frozen=True, slots=True)
class Held:
    """An intent that waits, and until when at the latest; it leaves earlier with another message."""

    intent: Intent
    until: datetime


Tiers = tuple[tuple[timedelta, int], ...]


def allocate(
    intents: Iterable[Intent], sent: Iterable[Sent], now: datetime, ceiling: Ceiling
) -> tuple[list[Parcel], list[Held]]:
    """What leaves now, and what waits until when.

    Telephone calls are never held: each is one line on a list that a person works through.
    """
    parcels: list[Parcel] = []
    held: list[Held] = []
    past = list(sent)
    for (address, road), mine in _by_recipient(intents).items():
        if mine[0].spoken:
            parcels += [Parcel((intent,)) for intent in mine]
            continue
        recent = [s for s in past if (s.address, s.road) == (address, road) and now - ceiling.window < s.at]
        some, wait = _for_one(mine, recent, now, ceiling)
        parcels += some
        held += wait
    return sorted(parcels, key=lambda p: _gravity(p.intents[0])), held


def _by_recipient(intents: Iterable[Intent]) -> dict[tuple[str, str], list[Intent]]:
    groups: dict[tuple[str, str], list[Intent]] = defaultdict(list)
    for intent in sorted(intents, key=_gravity):
        groups[intent.address, intent.road].append(intent)
    return groups


def _gravity(intent: Intent) -> tuple[bool, bool, int, datetime, str]:
    return not intent.urgent, intent.row is not None, intent.level, intent.since, intent.key


def _for_one(
    mine: Sequence[Intent], recent: Sequence[Sent], now: datetime, ceiling: Ceiling
) -> tuple[list[Parcel], list[Held]]:
    """One person, one road: at the first word the gravest stands alone, then one bundle at a time."""
    held: list[Held] = []
    free: list[Intent] = []
    for intent in mine:
        until = _incident_opens(intent, recent, now, ceiling)
        free.append(intent) if until <= now else held.append(Held(intent, until))
    times = sorted(s.at for s in recent)
    opens = {urgent: _opens(times, now, ceiling, urgent=urgent) for urgent in (True, False)}
    if not free or opens[free[0].urgent] > now:
        return [], held + [Held(intent, opens[intent.urgent]) for intent in free]
    alone = len(free) == 1 or _first_stands_alone(free, times, now, ceiling)
    cut = 1 if alone else len(free)
    return [Parcel(tuple(part)) for part in (free[:cut], free[cut:]) if part], held


def _first_stands_alone(
    free: Sequence[Intent], times: Sequence[datetime], now: datetime, ceiling: Ceiling
) -> bool:
    """Nothing was sent lately, and there is room for a second message with all the others besides."""
    others = free[1:]
    if any(now - ceiling.window / 3 < at for at in times) or free[0].incident in {i.incident for i in others}:
        return False
    if not free[0].urgent and len(others) > 1:
        return False
    tiers = _tiers(ceiling.window, ceiling.total, 3, spare=not others[0].urgent)
    return _room([*times, now], now, tiers) <= now


def _incident_opens(intent: Intent, recent: Iterable[Sent], now: datetime, ceiling: Ceiling) -> datetime:
    if not intent.incident:
        return now
    times = sorted(s.at for s in recent if intent.incident in s.incidents)
    return _room(times, now, _tiers(ceiling.window, ceiling.per_incident, 2, spare=not intent.urgent))


def _opens(times: Sequence[datetime], now: datetime, ceiling: Ceiling, *, urgent: bool) -> datetime:
    """The earliest time for the next message: the pace after the last one, and room under the ceiling."""
    room = _room(times, now, _tiers(ceiling.window, ceiling.total, 3, spare=not urgent))
    lately = [at for at in times if now - ceiling.window / 3 < at]
    if not lately or not ceiling.pace:
        return room
    pace = ceiling.pace[min(len(lately), len(ceiling.pace) - 1)]
    return max(room, lately[-1] + timedelta(seconds=pace if urgent else 2 * pace))


def _tiers(window: timedelta, most: int, parts: int, *, spare: bool) -> Tiers:
    """So many in each stretch: one fewer for each part of the window that is missing. `spare` leaves one."""
    kept = most - 1 if spare else most
    return tuple((window * n / parts, max(1, kept - (parts - n))) for n in range(1, parts + 1))


def _room(times: Sequence[datetime], now: datetime, tiers: Tiers) -> datetime:
    """When one more message fits into every stretch. `times` in order."""
    opens = now
    for length, most in tiers:
        within = [at for at in times if now - length < at]
        if len(within) >= most:
            opens = max(opens, within[-most] + length)
    return opens
