"""When to look next. Pure: profiles of the past and a budget in, a moment out.

Between two looks at a source whose pages arrive at rate λ, waiting costs ∫λ(s)(t−s)ds page-seconds. The sum
of costs over all sources at a fixed number of looks is least when every look happens at the same accrued
cost (the Lagrange multiplier of the budget, here `price`); for constant rates this is the square-root rule,
interval ∝ 1/√λ. So a look is due when its source's accrued expected cost reaches the price; the price is
what makes the expected looks of all sources together meet the budget.

Rates are learned by hour of day and weekday in Asia/Shanghai, shrunk to what all sources share, so that a
new source starts as an ordinary one and a rare one is not fooled by one busy night.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from spiders.dates import CHINA
from spiders.source import Cadence

DAY = 86400.0
HOUR = 3600.0
HALF_LIFE_DAYS = 21.0
"""How fast old arrivals fade: a source changes its habits within weeks."""
_PRIOR_ARRIVALS = 0.3
_PRIOR_DAYS = 0.1
_SHARED_HOURS = 24.0
_SHARED_WEEKDAYS = 3.0
_EVEN = tuple([1.0] * 24)


@dataclass(frozen=True, slots=True)
class Profile:
    """A source's past: arrivals by local hour and by weekday, and the days watched; all fade together."""

    hours: tuple[float, ...] = (0.0,) * 24
    weekdays: tuple[float, ...] = (0.0,) * 7
    watched: tuple[float, ...] = (0.0,) * 7

    @property
    def arrivals(self) -> float:
        """Faded count of all arrivals."""
        return sum(self.hours)

    @property
    def days(self) -> float:
        """Faded days watched."""
        return sum(self.watched)

    @property
    def per_day(self) -> float:
        """Arrivals a day, shrunk towards an ordinary source's while little is known."""
        return (self.arrivals + _PRIOR_ARRIVALS) / (self.days + _PRIOR_DAYS)

    def learned(self, since: datetime, until: datetime, arrivals: Sequence[datetime | None]) -> Profile:
        """After a visit that covers (since, until]: arrivals at their published time where it lies within,
        else spread evenly over the hours between the looks."""
        span = max(1.0, (until - since).total_seconds())
        fade = 0.5 ** (span / DAY / HALF_LIFE_DAYS)
        hours, weekdays, watched = (
            [value * fade for value in part] for part in (self.hours, self.weekdays, self.watched)
        )
        timed = [at for at in arrivals if at is not None and since < at <= until]
        for at in timed:
            local = at.astimezone(CHINA)
            hours[local.hour] += 1
            weekdays[local.weekday()] += 1
        unknown = (len(arrivals) - len(timed)) / span
        for local, seconds in _hours(since, until):
            watched[local.weekday()] += seconds / DAY
            hours[local.hour] += unknown * seconds
            weekdays[local.weekday()] += unknown * seconds
        return Profile(tuple(hours), tuple(weekdays), tuple(watched))

    def as_json(self) -> dict[str, list[float]]:
        """For the store."""
        parts = {"hours": self.hours, "weekdays": self.weekdays, "watched": self.watched}
        return {name: [round(value, 3) for value in part] for name, part in parts.items()}

    @classmethod
    def from_json(cls, raw: Mapping[str, Sequence[float]] | None) -> Profile:
        """As stored; an empty past where there is none."""
        return cls(*(tuple(raw[name]) for name in ("hours", "weekdays", "watched"))) if raw else cls()


def _hours(since: datetime, until: datetime) -> Iterable[tuple[datetime, float]]:
    """The local clock hours a span touches, each with the seconds of it inside."""
    at = since.astimezone(CHINA)
    end = until.astimezone(CHINA)
    while at < end:
        border = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        stop = min(border, end)
        yield at, (stop - at).total_seconds()
        at = stop


@dataclass(frozen=True, slots=True)
class Plan:
    """What all sources share: the price of a look (page-seconds) and the common day."""

    price: float
    day: tuple[float, ...] = _EVEN

    def rates(self, profile: Profile) -> Rates:
        """A source's expected arrivals by hour and weekday."""
        return Rates(
            profile.per_day / DAY, _day(profile, self.day), tuple(_weekday(profile, d) for d in range(7))
        )


@dataclass(frozen=True, slots=True)
class Rates:
    """Arrivals a second: a mean, times the hour's and the weekday's share."""

    mean: float
    hours: tuple[float, ...]
    weekdays: tuple[float, ...]

    def at(self, local: datetime) -> float:
        """At a moment in Asia/Shanghai."""
        return self.mean * self.hours[local.hour] * self.weekdays[local.weekday()]


def _day(profile: Profile, shared: Sequence[float]) -> tuple[float, ...]:
    """Hour shares (mean 1), smoothed over neighbours and shrunk to the shared day."""
    own = profile.hours
    smooth = [(own[h - 1] + 2 * own[h] + own[(h + 1) % 24]) / 4 for h in range(24)]
    total = profile.arrivals + _SHARED_HOURS
    return tuple(max(0.02, 24 * (smooth[h] + _SHARED_HOURS * shared[h] / 24) / total) for h in range(24))


def _weekday(profile: Profile, day: int) -> float:
    """A weekday's share: its own mean, shrunk to 1 while few of its kind were watched."""
    mean = profile.per_day
    own = (profile.weekdays[day] + _SHARED_WEEKDAYS * mean) / (profile.watched[day] + _SHARED_WEEKDAYS)
    return max(0.1, own / mean)


def plan(profiles: Sequence[Profile], looks_per_minute: float, cadences: Sequence[Cadence]) -> Plan:
    """The price at which these sources, each within its own limits, cost this many looks a minute."""
    day = _shared_day(profiles)
    draft = Plan(1.0, day)
    rates = [draft.rates(profile) for profile in profiles]
    budget = looks_per_minute / 60
    low, high = 1e-6, 1e12
    for _ in range(80):
        middle = math.sqrt(low * high)
        spent = sum(_looks(rate, middle, cadence) for rate, cadence in zip(rates, cadences, strict=True))
        low, high = (middle, high) if spent > budget else (low, middle)
    return replace(draft, price=high)


def _shared_day(profiles: Sequence[Profile]) -> tuple[float, ...]:
    total = sum(profile.arrivals for profile in profiles) + 48.0
    sums = [sum(profile.hours[h] for profile in profiles) + 2.0 for h in range(24)]
    return tuple(24 * one / total for one in sums)


def _looks(rates: Rates, price: float, cadence: Cadence) -> float:
    """Expected looks a second, averaged over the day."""
    if not cadence.adaptive:
        return 1.0 / cadence.every
    spans = (math.sqrt(2 * price / (rates.mean * share)) for share in rates.hours)
    return sum(1.0 / min(max(span, cadence.fastest), cadence.slowest) for span in spans) / 24


def next_look(last: datetime, profile: Profile, shared: Plan, cadence: Cadence) -> datetime:
    """The moment the accrued expected cost since `last` reaches the price, within the source's limits."""
    if not cadence.adaptive:
        return last + timedelta(seconds=cadence.every)
    seconds = _accrued(last, shared.rates(profile), shared.price, cadence.slowest)
    return last + timedelta(seconds=max(cadence.fastest, seconds))


def _accrued(last: datetime, rates: Rates, price: float, slowest: float) -> float:
    """Seconds until the cost reaches the price: hour by hour, a quadratic in each; `slowest` at most."""
    mass = cost = elapsed = 0.0
    for local, seconds in _hours(last, last + timedelta(seconds=slowest)):
        rate = rates.at(local)
        grown = cost + mass * seconds + rate * seconds * seconds / 2
        if grown >= price:
            return elapsed + (math.sqrt(mass * mass + 2 * rate * (price - cost)) - mass) / rate
        cost, mass, elapsed = grown, mass + rate * seconds, elapsed + seconds
    return slowest


def expected(since: datetime, until: datetime, profile: Profile, shared: Plan) -> float:
    """How many arrivals a source's past lets expect in a span."""
    rates = shared.rates(profile)
    return sum(rates.at(local) * seconds for local, seconds in _hours(since, until))


# ------------------------------------------------------------------ failures and re-visits
def after_failure(now: datetime, failures: int, cadence: Cadence, retry_after: float | None) -> datetime:
    """After the n-th failure in a row: the usual pace, doubled each time, at most `slowest`; a server's
    Retry-After counts where it is longer."""
    backoff = min(cadence.every * 2.0 ** min(max(failures, 1) - 1, 20), float(cadence.slowest))
    return now + timedelta(seconds=max(backoff, retry_after or 0.0))


REVISITS = tuple(timedelta(hours=h) for h in (1, 4, 12, 36, 96))
"""Ages at which an article is looked at once more: edits and replies are soon or never."""


def revisit_due(first_seen: datetime, last_seen: datetime, now: datetime, changed: bool = False) -> bool:
    """Is a known page due for another look? A page that changed at its last look is seen twice as often."""
    pace = 0.5 if changed else 1.0
    ages = [age * pace for age in REVISITS] + ([REVISITS[-1]] if changed else [])
    return any(first_seen + age > last_seen and first_seen + age <= now for age in ages)
