"""Never blind: what of a source is out of order, told from its visits and from its own past. Pure.

Silence is judged by likelihood: with rates learned as in `cadence.py`, the chance of seeing nothing since the
last new page is e^−∫λ; below one in a thousand the source has probably changed or died, however polite its
answers are.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from spiders.cadence import Plan, Profile, expected
from spiders.visit import Outcome, Status

Trouble = Literal["blocked", "failing", "silent", "layout", "hanging", "overdue"]
UNLIKELY = 1e-3
"""Chance of a silence below which it is a fault."""
LEAST_DAYS = 3.0
LEAST_ARRIVALS = 6.0
FAILURES = 3
BARREN = 3
HANGING = timedelta(seconds=40)
"""With the twenty seconds between two looks, a hang is told within a minute."""
OVERDUE = timedelta(minutes=15)

NAMES: dict[Trouble, str] = {
    "blocked": "站点拒绝访问",
    "failing": "连续采集失败",
    "silent": "异常沉默",
    "layout": "页面改版",
    "hanging": "采集卡住",
    "overdue": "采集停滞",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One trouble of one source, with its reason in Chinese."""

    source_id: str
    kind: Trouble
    reason: str


@dataclass(frozen=True, slots=True)
class Health:
    """What is kept of a source's past visits, beside its profile. All times aware."""

    last_success: datetime | None = None
    last_new: datetime | None = None
    failures: int = 0
    barren: int = 0
    usual: float = 0.0
    status: Status = "ok"
    reason: str = ""

    def after(self, outcome: Outcome) -> Health:
        """After one more visit. `usual` is the faded mean of entries an index showed, `barren` how many
        visits in a row read an index and found none."""
        good = outcome.status in ("ok", "unchanged")
        read = outcome.status == "ok"
        seen = self.usual * 0.9 + outcome.found * 0.1 if self.usual else float(outcome.found)
        return Health(
            last_success=outcome.finished if good else self.last_success,
            last_new=outcome.finished if outcome.pages_new else self.last_new,
            failures=0 if good else self.failures + 1,
            barren=(self.barren + 1 if outcome.found == 0 else 0) if read else self.barren,
            usual=seen if read and outcome.found else self.usual,
            status=outcome.status,
            reason=outcome.reason,
        )

    def as_json(self) -> dict[str, Any]:
        """For the store."""
        times = {"last_success": self.last_success, "last_new": self.last_new}
        shown = {name: at.isoformat() if at else None for name, at in times.items()}
        return {**asdict(self), **shown}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any] | None) -> Health:
        """As stored; an empty past where there is none."""
        times = {name: raw[name] for name in ("last_success", "last_new") if raw and raw.get(name)}
        return cls(**{**(raw or {}), **{name: datetime.fromisoformat(at) for name, at in times.items()}})


def faults(
    source_id: str,
    health: Health,
    profile: Profile,
    shared: Plan,
    now: datetime,
    *,
    due: datetime | None = None,
    started: datetime | None = None,
    gap: timedelta = timedelta(seconds=30),
) -> tuple[Fault, ...]:
    """Everything out of order with a source at `now`.

    `due` is when its next visit should begin, `started` when the one under way began and last showed a sign
    of life; `gap` the longest a single step may take (its download's time-out; standing in line is life).
    """
    checks: Sequence[tuple[Trouble, str | None]] = (
        ("blocked", health.reason if health.status == "blocked" else None),
        ("failing", _failing(health)),
        ("layout", _layout(health)),
        ("silent", _silent(health, profile, shared, now)),
        ("hanging", _hanging(started, gap, now)),
        ("overdue", _overdue(due, started, now)),
    )
    return tuple(Fault(source_id, kind, reason) for kind, reason in checks if reason)


def _failing(health: Health) -> str | None:
    if health.status != "failed" or health.failures < FAILURES:
        return None
    return f"已连续失败 {health.failures} 次：{health.reason}"


def _layout(health: Health) -> str | None:
    if health.barren < BARREN or health.usual < 1:
        return None
    return f"连续 {health.barren} 次没有读到任何条目，往常约 {health.usual:.0f} 条，可能已改版"


def _silent(health: Health, profile: Profile, shared: Plan, now: datetime) -> str | None:
    known = profile.days >= LEAST_DAYS and profile.arrivals >= LEAST_ARRIVALS
    if not known or health.last_new is None or health.status in ("blocked", "failed"):
        return None
    awaited = expected(health.last_new, now, profile, shared)
    if math.exp(-awaited) >= UNLIKELY:
        return None
    hours = (now - health.last_new).total_seconds() / 3600
    return f"已 {hours:.0f} 小时没有新页面，按往常应有约 {awaited:.0f} 篇"


def _hanging(started: datetime | None, gap: timedelta, now: datetime) -> str | None:
    if started is None or now - started <= max(HANGING, gap):
        return None
    return f"采集已 {(now - started).total_seconds():.0f} 秒没有进展"


def _overdue(due: datetime | None, started: datetime | None, now: datetime) -> str | None:
    if due is None or started is not None or now - due <= OVERDUE:
        return None
    return f"应在 {(now - due).total_seconds() / 60:.0f} 分钟前采集，至今未开始"


def blind(source_healths: Sequence[Health], now: datetime, window: timedelta = timedelta(minutes=30)) -> bool:
    """Is the whole station blind: sources exist, and none has answered within the window?"""
    successes = [one.last_success for one in source_healths]
    return bool(successes) and not any(at is not None and now - at <= window for at in successes)
