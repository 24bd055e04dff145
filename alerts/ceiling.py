"""How many messages a person can stand: pacing, ceilings and bundling of what is due. Pure.

One storm must not bury the grave in the many: what is over the ceiling is not lost but waits for the next
bundle, the gravest first.
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
    """Somebody ought to hear of an incident by one road now.

    `key` is the delivery's own key; `person` an id; `road` a channel's name, `spoken` when it is a call.
    """

    key: str
    person: str
    road: str
    address: str
    incident: int
    level: int
    since: datetime
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """One earlier message to an address by a road; `incident` is None for a bundle."""

    address: str
    road: str
    at: datetime
    incident: int | None


@dataclass(frozen=True, slots=True)
class Parcel:
    """What leaves now for one person by one road: one incident, or a bundle with the gravest first."""

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
    """An intent that waits, and until when."""

    intent: Intent
    until: datetime


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
        recent = [s for s in past if (s.address, s.road) == (address, road)]
        some, wait = _for_one(mine, recent, now, ceiling)
        parcels += some
        held += wait
    return sorted(parcels, key=lambda p: _gravity(p.intents[0])), held


def _by_recipient(intents: Iterable[Intent]) -> dict[tuple[str, str], list[Intent]]:
    groups: dict[tuple[str, str], list[Intent]] = defaultdict(list)
    for intent in sorted(intents, key=_gravity):
        groups[intent.address, intent.road].append(intent)
    return groups


def _gravity(intent: Intent) -> tuple[int, datetime, str]:
    return intent.level, intent.since, intent.key


def _for_one(
    mine: Sequence[Intent], recent: Sequence[Sent], now: datetime, ceiling: Ceiling
) -> tuple[list[Parcel], list[Held]]:
    """One person, one road: the gravest alone while the pace allows, the others bundled with the last."""
    fresh = sorted(s.at for s in recent if now - ceiling.busy < s.at)
    free, held = _under_incident_ceiling(mine, recent, now, ceiling.window, ceiling.per_incident)
    if not free:
        return [], held
    open_at = _open_at(fresh, now, ceiling, grave=free[0].level <= 2)
    if open_at > now:
        return [], held + [Held(intent, open_at) for intent in free]
    if len(free) <= 1:
        return [Parcel((intent,)) for intent in free], held
    if fresh or len(free) > 2:
        return _one_and_bundle(free, fresh), held
    return [Parcel((intent,)) for intent in free], held


def _one_and_bundle(free: Sequence[Intent], fresh: Sequence[datetime]) -> list[Parcel]:
    """At the first word of a storm the gravest stands alone; later there is one bundle at a time."""
    if fresh:
        return [Parcel(tuple(free))]
    return [Parcel((free[0],)), Parcel(tuple(free[1:]))]


def _under_incident_ceiling(
    mine: Sequence[Intent], recent: Sequence[Sent], now: datetime, window: timedelta, most: int
) -> tuple[list[Intent], list[Held]]:
    free: list[Intent] = []
    held: list[Held] = []
    for intent in mine:
        times = sorted(s.at for s in recent if s.incident == intent.incident and now - window < s.at)
        if len(times) < most:
            free.append(intent)
        else:
            held.append(Held(intent, times[-most] + window))
    return free, held


def _open_at(fresh: Sequence[datetime], now: datetime, ceiling: Ceiling, *, grave: bool) -> datetime:
    """The earliest time for the next message: the pace after the last one, and room under the ceiling.

    The last place under the ceiling is kept for Ⅰ and Ⅱ.
    """
    if not fresh:
        return now
    pace = ceiling.pace[min(len(fresh), len(ceiling.pace) - 1)] if ceiling.pace else 0
    paced = fresh[-1] + timedelta(seconds=pace / 2 if grave else pace)
    room = ceiling.total if grave else ceiling.total - 1
    if len(fresh) < room:
        return paced
    return max(paced, fresh[-room] + ceiling.busy)
