"""Who can be told, and who is on duty when: the shape of a station's `roster.yaml`.

An absent file is a valid roster of nobody; the alert stage then says so instead of telling no one in silence.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Post = Literal["duty", "deputy", "chief", "leader", "office", "incharge", "heads"]

POSTS: dict[str, str] = {
    "duty": "当班值班员",
    "deputy": "副班值班员",
    "chief": "值班长",
    "leader": "带班领导",
    "office": "办公室主任",
    "incharge": "分管领导",
    "heads": "主要领导",
}

CHATS = ("wecom", "dingtalk", "feishu")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PersonConfig(_Part):
    """One colleague of the office or a leader; addresses of work only.

    `wecom`, `dingtalk`, `feishu`: the user's id, or the robot address of a group that reads along.
    """

    id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    post: str = ""
    login: str | None = None
    email: str | None = None
    mobile: str | None = None
    wecom: str | None = None
    dingtalk: str | None = None
    feishu: str | None = None

    def address(self, channel: str) -> str | None:
        """Where this person is reached by a channel: `chat` is the first chat they have."""
        if channel == "chat":
            return next((a for name in CHATS if (a := getattr(self, name))), None)
        if channel in ("sms", "call"):
            return self.mobile
        return getattr(self, channel, None)

    def road(self, channel: str) -> str | None:
        """The channel's own name for this person (`chat` becomes `wecom`, …), None where it does not reach them."""
        if channel == "chat":
            return next((name for name in CHATS if getattr(self, name)), None)
        return channel if self.address(channel) else None


class ShiftConfig(_Part):
    """A stretch of the day, local time; one that ends before it begins runs over midnight."""

    name: str
    start: time
    end: time


class TurnConfig(_Part):
    """Who serves a shift: on a named `day`, on certain weekdays, or on working days or holidays."""

    shift: str
    officers: tuple[str, ...] = ()
    deputies: tuple[str, ...] = ()
    leader: str | None = None
    day: date | None = None
    weekdays: tuple[int, ...] = ()  # 1 Monday … 7 Sunday
    kind: Literal["any", "working", "holiday"] = "any"


class RotationConfig(_Part):
    """Groups that follow one another in one shift, `every` days each, counted from `since`."""

    shift: str
    since: date
    every: int = Field(default=1, ge=1)
    groups: tuple[tuple[str, ...], ...] = Field(min_length=1)
    deputies: tuple[tuple[str, ...], ...] = ()
    leaders: tuple[str, ...] = ()


class LeaveConfig(_Part):
    """Somebody is away; the deputy stands in, else the shift's others do."""

    person: str
    start: datetime | date
    end: datetime | date
    deputy: str | None = None


class InChargeConfig(_Part):
    """A leader in charge of certain units and topics (分管领导); `house` says of which office."""

    person: str
    topics: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    house: Literal["区委", "区政府"] = "区政府"


class RosterConfig(_Part):
    """The duty roster: people, shifts, turns, leave, posts, leaders in charge, and days that differ from the calendar."""

    people: tuple[PersonConfig, ...] = ()
    shifts: tuple[ShiftConfig, ...] = (ShiftConfig(name="全天", start=time(0), end=time(0)),)
    turns: tuple[TurnConfig, ...] = ()
    rotations: tuple[RotationConfig, ...] = ()
    leave: tuple[LeaveConfig, ...] = ()
    posts: dict[Post, tuple[str, ...]] = Field(default_factory=dict)
    in_charge: tuple[InChargeConfig, ...] = ()
    holidays: tuple[date, ...] = ()
    working_days: tuple[date, ...] = ()
    superior_desk: str | None = None  # the superior duty office's name, for first reports

    def person(self, ident: str) -> PersonConfig | None:
        """The person of that id (or log-in), None where there is none."""
        return next((p for p in self.people if ident in (p.id, p.login)), None)

    @model_validator(mode="after")
    def _known(self) -> RosterConfig:
        people, shifts = {p.id for p in self.people}, {s.name for s in self.shifts}
        if len(people) != len(self.people):
            raise ValueError("people：人员 id 有重复")
        wrong = [f"“{n}”不在 people 中" for n in self._named() if n not in people]
        wrong += [f"“{t.shift}”不在 shifts 中" for t in (*self.turns, *self.rotations) if t.shift not in shifts]
        if wrong:
            raise ValueError("；".join(dict.fromkeys(wrong)))
        return self

    def _named(self) -> list[str]:
        """Every id that some part of the roster mentions."""
        names = [n for ids in self.posts.values() for n in ids] + [c.person for c in self.in_charge]
        for turn in self.turns:
            names += [*turn.officers, *turn.deputies, *([turn.leader] if turn.leader else [])]
        for rotation in self.rotations:
            names += [n for group in (*rotation.groups, *rotation.deputies, rotation.leaders) for n in group]
        for away in self.leave:
            names += [away.person, *([away.deputy] if away.deputy else [])]
        return names
