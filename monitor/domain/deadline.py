"""Deadlines (时限): each with its length, its calendar, its starting point and its source (DOMAIN.md §1.2).

A deadline whose starting point is not known counts from discovery, says 起算点待核, and is never overdue
at birth. Before it runs out there is a reminder; after it 催办, then 督办, then 通报.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Literal

from monitor.domain.calendar import IsWorking, after_working_days
from monitor.settings.station import DeadlineRule

Start = Literal["happened", "posted", "found", "confirmed", "issued", "signed", "earlier"]

START_NAMES: dict[str, str] = {
    "happened": "事件发生",
    "posted": "帖文发布",
    "found": "发现",
    "confirmed": "人工确认",
    "issued": "下发",
    "signed": "签收",
    "earlier": "发生或发现较早者",
}


@dataclass(frozen=True, slots=True)
class Limit:
    """How long: natural time, or whole working days."""

    natural: timedelta | None = None
    working_days: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of deadline. `limits` by level; 0 is for any level."""

    id: str
    name: str
    start: Start
    limits: Mapping[int, Limit]
    source: str
    noun: Literal["incident", "notice", "task"] = "incident"

    def limit(self, level: int) -> Limit:
        """The length at that level."""
        return self.limits.get(level) or self.limits[0]


def _minutes(count: float) -> Limit:
    return Limit(timedelta(minutes=count))


def _hours(count: float) -> Limit:
    return Limit(timedelta(hours=count))


_GRADED = "区级默认值（综合各地规定，非法定时限，使用单位可改）"

RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        Rule(
            "first-word",
            "突发事件首次发布",
            "happened",
            {0: _hours(1)},
            "《河北省全面推进政务公开工作实施细则》（冀政办字〔2017〕81号）：原则上不超过1小时",
        ),
        Rule("authority", "发布权威信息", "earlier", {0: _hours(5)}, "国办发〔2016〕80号：最迟5小时内"),
        Rule("press", "举行新闻发布会", "earlier", {0: _hours(24)}, "国办发〔2016〕61号、80号：24小时内"),
        Rule("answer", "政务舆情回应", "found", {0: _hours(48)}, "国办发〔2016〕61号：48小时内予以回应"),
        Rule("phone-report", "电话首报", "found", {0: _minutes(30), 1: _minutes(15)}, _GRADED),
        Rule("written-report", "书面首报", "found", {0: _hours(2), 1: _minutes(30), 2: _hours(1)}, _GRADED),
        Rule(
            "sign",
            "通知书签收",
            "issued",
            {1: _minutes(15), 2: _minutes(30), 3: _hours(1), 0: _hours(4)},
            _GRADED,
            "notice",
        ),
        Rule(
            "first-report",
            "初步情况反馈",
            "signed",
            {1: _hours(1), 2: _hours(2), 3: _hours(4), 0: _hours(24)},
            _GRADED,
            "notice",
        ),
        Rule(
            "final-report",
            "处置结果反馈",
            "issued",
            {1: _hours(24), 2: _hours(24), 3: _hours(48), 0: Limit(working_days=5)},
            _GRADED,
            "notice",
        ),
        Rule(
            "task",
            "批示、议定事项办理",
            "confirmed",
            {0: Limit(working_days=5)},
            "使用单位默认值：批示和会议议定事项未定时限的",
            "task",
        ),
    )
}

SUDDEN = ("first-word", "authority", "press")  # started by category G alone
ORDINARY = ("answer",)
INTERNAL = ("phone-report", "written-report")  # started by confirming Ⅰ/Ⅱ
NOTICE = ("sign", "first-report", "final-report")
TASK = ("task",)


@dataclass(frozen=True, slots=True)
class Moments:
    """The instants a deadline may count from, as far as known."""

    happened: datetime | None = None
    posted: datetime | None = None
    found: datetime | None = None
    confirmed: datetime | None = None
    issued: datetime | None = None
    signed: datetime | None = None

    def known(self, start: Start) -> datetime | None:
        """The instant of that starting point; `earlier` is the earlier of happened and found."""
        if start == "earlier":
            return min((m for m in (self.happened, self.found) if m), default=None) if self.happened else None
        return next((getattr(self, f.name) for f in fields(self) if f.name == start), None)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A deadline as it starts: from when to when, whether its start is certain, and why, in Chinese."""

    rule: str
    starts_at: datetime
    due_at: datetime
    certain: bool
    why: str


def reckon(
    rule: Rule,
    level: int,
    moments: Moments,
    now: datetime,
    is_working: IsWorking,
    own: Mapping[str, DeadlineRule] | None = None,
) -> Reckoned:
    """When a deadline is due. An own length of the station (`sign`, or `sign.2` for one level) goes first."""
    limit = _own_limit(rule.id, level, own or {}) or rule.limit(level)
    start = moments.known(rule.start)
    certain = start is not None
    begin = start or moments.found or now
    due = end_of(begin, limit, is_working)
    basis = f"自{START_NAMES[rule.start]}起算" if certain else "起算点待核，暂自发现起算"
    why = f"{rule.name}：{length_name(limit)}，{basis}。依据：{rule.source}"
    if not certain and due <= now:
        due, why = now + grace(limit), why + "；建立时已超过，按确认时刻顺延"
    return Reckoned(rule.id, begin, due, certain, why)


def _own_limit(rule: str, level: int, own: Mapping[str, DeadlineRule]) -> Limit | None:
    found = own.get(f"{rule}.{level}") or own.get(rule)
    if found is None:
        return None
    if found.calendar == "working":
        return Limit(working_days=max(1, round(found.within / timedelta(days=1))))
    return Limit(found.within)


def end_of(start: datetime, limit: Limit, is_working: IsWorking) -> datetime:
    """The instant a length ends."""
    if limit.natural is not None:
        return start + limit.natural
    return after_working_days(start, limit.working_days, is_working)


def grace(limit: Limit) -> timedelta:
    """What is left when a deadline of uncertain start would be overdue at birth: half, at most 30 minutes."""
    most = timedelta(minutes=30)
    return min(limit.natural / 2, most) if limit.natural else most


def length_name(limit: Limit) -> str:
    """30分钟, 5小时, 2个工作日"""
    if limit.natural is None:
        return f"{limit.working_days}个工作日"
    minutes = int(limit.natural / timedelta(minutes=1))
    return f"{minutes // 60}小时" if minutes % 60 == 0 else f"{minutes}分钟"


def first_report_start(issued: datetime, signed: datetime | None, sign_due: datetime) -> datetime:
    """The first report runs from the signature or the end of the signing time, whichever is earlier."""
    return min(signed, sign_due) if signed else sign_due


# ------------------------------------------------------------------ chasing

STEP_NAMES = {0: "计时中", 1: "临期提醒", 2: "催办", 3: "督办", 4: "通报"}
_LEAST_GAP = timedelta(minutes=15)


def _between(value: timedelta, least: timedelta, most: timedelta) -> timedelta:
    return max(least, min(value, most))


def step_at(step: int, starts_at: datetime, due_at: datetime) -> datetime:
    """When a step of the chase is due: a quarter of the time before, at the end, half and all of it after."""
    length = max(due_at - starts_at, timedelta(0))
    if step == 1:
        return due_at - _between(length / 4, timedelta(minutes=2), timedelta(hours=2))
    if step == 2:
        return due_at
    if step == 3:
        return due_at + _between(length / 2, timedelta(minutes=30), timedelta(days=1))
    return due_at + _between(length, timedelta(hours=2), timedelta(days=5))


@dataclass(frozen=True, slots=True)
class Chase:
    """What to do about a deadline now (`step`, 0: nothing), and when to look again (None: never)."""

    step: int
    next_at: datetime | None


def chase(step: int, starts_at: datetime, due_at: datetime, now: datetime) -> Chase:
    """The next step of a running deadline. `step` is the last one taken.

    One step at a time, from 催办 on at least 15 minutes apart: after a night with the machine off nobody is
    reported before being urged. The reminder is left out once the time has run out.
    """
    following = step + 1
    if following == 1 and now >= due_at:
        following = 2
    if following > 4:
        return Chase(0, None)
    if now < step_at(following, starts_at, due_at):
        return Chase(0, step_at(following, starts_at, due_at))
    if following == 4:
        return Chase(4, None)
    later = step_at(following + 1, starts_at, due_at)
    return Chase(following, max(later, now + _LEAST_GAP) if following > 1 else later)


def countdown(due_at: datetime, now: datetime) -> str:
    """剩余1小时20分钟, 时限已到, 已超时15分钟"""
    left = due_at - now
    if timedelta(minutes=-1) < left <= timedelta(0):
        return "时限已到"
    minutes = int(abs(left) / timedelta(minutes=1))
    days, rest = divmod(minutes, 1440)
    hours, minute = divmod(rest, 60)
    parts = [f"{days}天" if days else "", f"{hours}小时" if hours else "", f"{minute}分钟" if minute else ""]
    text = "".join(parts) or "不足1分钟"
    return f"已超时{text}" if left < timedelta(0) else f"剩余{text}"


@dataclass(frozen=True, slots=True)
class Resumed:
    """A deadline after a pause or an extension was approved."""

    due_at: datetime
    next_at: datetime


def resume(starts_at: datetime, due_at: datetime, paused_at: datetime, now: datetime) -> Resumed:
    """The end moved by as long as it stood still."""
    later = due_at + max(now - paused_at, timedelta(0))
    return Resumed(later, step_at(1, starts_at, later))
