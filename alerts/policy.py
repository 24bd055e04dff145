"""Who is told by which road after how long: escalation, quiet hours, ceilings and digests as data.

Pure: `now` and what is known are handed in. Defaults follow DOMAIN.md §1.2, §2.3 and §2.4; a station's
`policy` section replaces what it names. Levels are 1 (Ⅰ, gravest) to 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, model_validator

from alerts.roster import Post

Road = Literal["email", "chat", "sms", "call"]
LOCAL = ZoneInfo("Asia/Shanghai")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class StepConfig(_Part):
    """One step of an escalation: these posts, by these roads, `after` minutes without acknowledgement."""

    after: int = Field(ge=0, le=7 * 24 * 60)
    who: tuple[Post, ...] = Field(min_length=1)
    by: tuple[Road, ...] = Field(min_length=1)


class QuietConfig(_Part):
    """Hours in which lesser matters wait for the morning; Ⅰ and Ⅱ never wait."""

    start: time = time(22)
    end: time = time(7)
    levels: tuple[int, ...] = (4,)

    @model_validator(mode="after")
    def _never_grave(self) -> QuietConfig:
        if {1, 2} & set(self.levels):
            raise ValueError("levels：Ⅰ级、Ⅱ级不受静默时段限制，只能填 3、4")
        return self


class CeilingConfig(_Part):
    """How many messages one person can stand: per incident and in all, within `window` minutes.

    `pace`: seconds to wait before the second, third, … message of a window; what comes meanwhile is
    bundled. The last pace repeats.
    """

    window: int = Field(default=15, ge=1)
    per_incident: int = Field(default=3, ge=1)
    total: int = Field(default=5, ge=2)
    pace: tuple[int, ...] = (0, 10, 20, 60, 180)
    shown: int = Field(default=20, ge=1)  # incidents spelled out in one bundle


class ChaseConfig(_Part):
    """How an overrun deadline is followed up, as shares of its own length, within bounds in minutes."""

    remind_share: float = Field(default=0.25, gt=0, lt=1)
    remind_most: int = 120
    supervise_share: float = 0.5
    supervise_least: int = 30
    supervise_most: int = 24 * 60
    report_share: float = 1.0
    report_least: int = 120
    report_most: int = 5 * 24 * 60


def _steps(*rows: tuple[int, str, str]) -> tuple[StepConfig, ...]:
    return tuple(
        StepConfig.model_validate({"after": after, "who": who.split(), "by": by.split()}) for after, who, by in rows
    )


DEFAULT_STEPS: dict[int, tuple[StepConfig, ...]] = {
    1: _steps(
        (0, "duty chief", "email chat sms call"),
        (5, "deputy leader", "email chat sms call"),
        (10, "office", "email sms call"),
        (15, "incharge", "email sms call"),
        (30, "heads", "sms call"),
    ),
    2: _steps(
        (0, "duty", "email chat sms call"),
        (10, "deputy chief", "email chat sms call"),
        (20, "leader office", "email sms call"),
        (30, "incharge", "email sms call"),
    ),
    3: _steps((0, "duty", "email chat"), (30, "deputy chief", "email chat sms"), (60, "leader", "email sms")),
    4: _steps((0, "duty", "email"), (240, "chief", "email")),
}


class PolicyConfig(_Part):
    """The station's `policy` section. Nothing given means the defaults."""

    levels: dict[int, tuple[StepConfig, ...]] = Field(default_factory=dict)
    quiet: QuietConfig = QuietConfig()
    ceiling: CeilingConfig = CeilingConfig()
    chase: ChaseConfig = ChaseConfig()
    spread_factor: float = Field(default=3.0, gt=1)
    spread_least: int = Field(default=10, ge=1)  # an update about spread needs this many posts
    no_desk: int = Field(default=3, ge=1)  # minutes without an open console before Ⅰ/Ⅱ escalate faster
    night: tuple[time, time] = (time(18), time(8))  # when "call" really calls for Ⅱ

    @model_validator(mode="after")
    def _sound(self) -> PolicyConfig:
        for level, steps in self.levels.items():
            if level not in DEFAULT_STEPS:
                raise ValueError(f"levels：没有第 {level} 级，只有 1、2、3、4")
            if not steps or [s.after for s in steps] != sorted(s.after for s in steps):
                raise ValueError(f"levels.{level}：至少一步，且 after 由小到大")
        return self

    def steps(self, level: int) -> tuple[StepConfig, ...]:
        """The escalation of one level."""
        return self.levels.get(level) or DEFAULT_STEPS[level]


def within(start: time, end: time, moment: datetime) -> bool:
    """Whether a local hour lies in a stretch of the day that may run over midnight."""
    hour = moment.astimezone(LOCAL).time()
    return start <= hour < end if start < end else hour >= start or hour < end


def quiet_until(quiet: QuietConfig, level: int, now: datetime) -> datetime | None:
    """When a message of this level may go out again; None where it need not wait."""
    if level not in quiet.levels or quiet.start == quiet.end or not within(quiet.start, quiet.end, now):
        return None
    here = now.astimezone(LOCAL)
    morning = here.replace(hour=quiet.end.hour, minute=quiet.end.minute, second=0, microsecond=0)
    return morning if morning > here else morning + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """Steps to take now, and when to look again (None: no step is left)."""

    steps: tuple[int, ...]
    next_at: datetime | None
    why: str


def due_steps(
    steps: Sequence[StepConfig], taken: int, started_at: datetime, now: datetime, *, hurry: bool = False
) -> Due:
    """Which steps of an unacknowledged round are due. `taken` is how many were taken already.

    After a clock that jumped or a machine that slept, all overdue steps are taken at once, each recipient
    once. `hurry` (nobody at a desk while Ⅰ/Ⅱ waits) takes the next step without waiting for its minute.
    """
    waited = now - started_at
    ready = [n for n in range(taken, len(steps)) if timedelta(minutes=steps[n].after) <= waited]
    why = "到时未确认" if taken else "首次告知"
    if hurry and not ready and 0 < taken < len(steps):
        ready, why = [taken], "无人在岗且事项紧急"
    reached = ready[-1] + 1 if ready else taken
    next_at = started_at + timedelta(minutes=steps[reached].after) if reached < len(steps) else None
    return Due(tuple(ready), next_at, why)
