"""Who is told by which road after how long: escalation, quiet hours and ceilings as data.

Pure: `now` and what is known are handed in. Defaults follow DOMAIN.md §1.2, §2.3 and §2.4; what a station
writes replaces them. Levels are 1 (Ⅰ, gravest) to 4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")


class StepLike(Protocol):
    """One step of an escalation, a station's own or a default one."""

    @property
    def after(self) -> timedelta: ...
    @property
    def who(self) -> tuple[str, ...]: ...
    @property
    def channels(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Step:
    """After that time without acknowledgement these are told by these roads.

    `who`: officer, deputy, leader (of the shift), in-charge, administrator, or a person's id.
    `channels`: a channel's name, or a kind of road: mail, chat, sms, call (a person calls them).
    """

    after: timedelta
    who: tuple[str, ...]
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quiet:
    """Local hours in which lesser matters wait for the morning. Ⅰ and Ⅱ never wait."""

    start: time = time(22)
    end: time = time(7)
    levels: tuple[int, ...] = (4,)

    def __post_init__(self) -> None:
        if {1, 2} & set(self.levels):
            raise ValueError("Ⅰ级、Ⅱ级不受静默时段限制，只能填 3、4")


@dataclass(frozen=True, slots=True)
class Digest:
    """Local hours at which incidents of lesser levels are told together (当日汇总); no hours: no digest."""

    at: tuple[time, ...] = ()
    levels: tuple[int, ...] = (4,)

    def __post_init__(self) -> None:
        if {1, 2} & set(self.levels):
            raise ValueError("Ⅰ级、Ⅱ级须立即告知，不能并入汇总")


@dataclass(frozen=True, slots=True)
class Ceiling:
    """How many messages one person can stand within `window` by one road: about one incident, and in all.

    One place of each is kept for news of Ⅰ and Ⅱ. `pace`: seconds that the second, third, … message of a
    burst waits for what comes meanwhile (lesser ones twice as long). `shown`: matters spelled out in one
    bundle.
    """

    window: timedelta = timedelta(minutes=15)
    per_incident: int = 3
    total: int = 5
    pace: tuple[int, ...] = (0, 15, 45)
    shown: int = 100


def _steps(*rows: tuple[int, str, str]) -> tuple[Step, ...]:
    return tuple(Step(timedelta(minutes=m), tuple(who.split()), tuple(by.split())) for m, who, by in rows)


DEFAULT_STEPS: Mapping[int, tuple[StepLike, ...]] = {
    1: _steps(
        (0, "officer", "mail chat sms call"),
        (5, "deputy leader", "mail chat sms call"),
        (15, "in-charge", "mail sms call"),
        (30, "administrator", "mail sms call"),
    ),
    2: _steps(
        (0, "officer", "mail chat sms call"),
        (10, "deputy", "mail chat sms call"),
        (20, "leader", "mail sms call"),
        (30, "in-charge", "mail sms call"),
    ),
    3: _steps((0, "officer", "mail chat"), (30, "deputy", "mail chat sms"), (60, "leader", "mail sms")),
    4: _steps((0, "officer", "mail"), (240, "deputy leader", "mail")),
}


@dataclass(frozen=True, slots=True)
class Policy:
    """All of a station's rules of telling. A level without steps of its own has the default ones."""

    own_steps: Mapping[int, tuple[StepLike, ...]] = field(default_factory=dict)
    quiet: Quiet | None = field(default_factory=Quiet)
    digest: Digest = field(default_factory=Digest)
    ceiling: Ceiling = field(default_factory=Ceiling)
    spread_factor: float = 3.0
    spread_least: int = 10
    no_desk: timedelta = timedelta(minutes=3)
    night: tuple[time, time] = (time(18), time(8))

    def steps(self, level: int) -> tuple[StepLike, ...]:
        """The escalation of one level."""
        return self.own_steps.get(level) or DEFAULT_STEPS[level]

    def calls(self, level: int, now: datetime) -> bool:
        """Whether a telephone call is made: for Ⅰ at any hour, for Ⅱ at night, else never."""
        return level == 1 or (level == 2 and within(*self.night, now))


def within(start: time, end: time, moment: datetime) -> bool:
    """Whether a local hour lies in a stretch of the day that may run over midnight."""
    hour = moment.astimezone(LOCAL).time()
    return start <= hour < end if start < end else hour >= start or hour < end


def quiet_until(quiet: Quiet | None, level: int, now: datetime) -> datetime | None:
    """When a message of this level may go out again; None where it need not wait."""
    if quiet is None or level not in quiet.levels or quiet.start == quiet.end:
        return None
    if not within(quiet.start, quiet.end, now):
        return None
    here = now.astimezone(LOCAL)
    morning = here.replace(hour=quiet.end.hour, minute=quiet.end.minute, second=0, microsecond=0)
    return morning if morning > here else morning + timedelta(days=1)


def digest_at(digest: Digest, level: int, now: datetime) -> datetime | None:
    """When the next digest carries a matter of this level; None where it is told by itself."""
    if level not in digest.levels or not digest.at:
        return None
    here = now.astimezone(LOCAL)
    today = (here.replace(hour=t.hour, minute=t.minute, second=0, microsecond=0) for t in digest.at)
    return min(moment if moment > here else moment + timedelta(days=1) for moment in today)


@dataclass(frozen=True, slots=True)
class Due:
    """Steps to take now, how many are then taken, when to look again (None: no step is left), and why."""

    steps: tuple[int, ...]
    taken: int
    next_at: datetime | None
    why: str


def due_steps(
    steps: Sequence[StepLike], taken: int, started_at: datetime, now: datetime, *, hurry: bool = False
) -> Due:
    """Which steps of an unacknowledged round are due. `taken` is how many were taken already.

    After a clock that jumped or a machine that slept, all overdue steps are taken at once. `hurry` (nobody
    at a desk while Ⅰ/Ⅱ waits) takes the next step without waiting for its minute.
    """
    ready = [n for n in range(taken, len(steps)) if steps[n].after <= now - started_at]
    why = "到时未确认，按预案升级告知" if taken else "首次告知"
    if hurry and not ready and 0 < taken < len(steps):
        ready, why = [taken], "无人在岗，提前升级告知"
    reached = ready[-1] + 1 if ready else taken
    next_at = started_at + steps[reached].after if reached < len(steps) else None
    return Due(tuple(ready), reached, next_at, why)
