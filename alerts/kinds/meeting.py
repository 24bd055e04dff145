"""What agenda and minutes of the joint meeting (联席会议) share."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from alerts.facts import Fact, Level, Line, Moment, Name, Prose
from alerts.legible import cut
from alerts.sheet import Block, listing
from alerts.wording import clock, day, listed


class Action(Fact):
    """One agreed action (议定事项): who, what, until when, how far."""

    number: Line = ""
    text: Prose = Field(min_length=1)
    lead: Name
    assist: tuple[Line, ...] = ()
    due_at: Moment | None = None
    progress: Line = ""
    reminded: Annotated[int, Field(ge=0)] = Field(0, description="督办次数")


class Case(Fact):
    """One grave incident on the agenda."""

    incident: Line = ""
    title: Name
    level: Level
    unit: Line = ""
    state: Line = ""
    account: Prose = ""


class Meeting(Fact):
    """When, where, who presides."""

    name: Name = "网络舆情信息联席会议"
    office: Name
    kind: Literal["例会", "会商"] = "例会"
    at: Moment
    place: Line = ""
    chair: Line = Field("", description="主持人")


def actions(items: tuple[Action, ...], caption: str = "") -> list[Block]:
    """The table of agreed actions."""
    rows = [
        (
            item.number or str(index),
            cut(item.text, 120),
            item.lead + (f"（{listed(item.assist)}配合）" if item.assist else ""),
            day(item.due_at) if item.due_at else "—",
            item.progress + (f"（已督办{item.reminded}次）" if item.reminded else ""),
        )
        for index, item in enumerate(items, 1)
    ]
    heads = ("序号", "议定事项", "责任单位", "完成时限", "进展")
    return [listing(heads, rows, (2.5, 9.5, 6, 5, 5), caption)] if rows else []


def when_and_where(meeting: Meeting) -> str:
    """2026年9月8日15时，在……"""
    return clock(meeting.at, year=True) + (f"，{meeting.place}" if meeting.place else "")
