"""What a bulletin knows of an incident. Every figure and quotation names where it came from.

`sources` hold ids of the bulletin's own list of sources; an id that is not in it is an error.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from alerts.facts import AuthorKind, Claim, Count, Fact, Level, Line, Link, Moment, Name, Prose, Spread

Cites = Annotated[tuple[Name, ...], Field(min_length=1, description="信息来源编号，至少一个")]
Confidence = Literal["高", "中", "低"]


class SourceFact(Fact):
    """One stored thing that sentences rest on."""

    id: Name
    kind: Literal["信息", "线索", "传播快照", "通知书", "反馈", "公开回应", "批示", "统计"] = "信息"
    media: Line = ""
    title: Line = ""
    at: Moment | None = None
    url: Link = ""


class Statement(Fact):
    """Something said or done at an instant. `claim` is None only for what has been verified."""

    at: Moment
    text: Prose = Field(min_length=1)
    claim: Claim | None = "反映"
    platform: Line = ""
    author: Line = ""
    author_kind: AuthorKind = "person"
    sources: Cites


class View(Fact):
    """One opinion of one side, with the number of posts that hold it; criticism belongs in the list."""

    side: Literal["官方", "媒体", "网民"]
    label: Name
    posts: Count
    quote: Line = ""
    author: Line = ""
    author_kind: AuthorKind = "person"
    sources: Cites


class Risk(Fact):
    """A risk a person has judged, with confidence and what is not known."""

    kind: Literal["事实风险", "扩散风险", "线下风险", "次生风险"]
    text: Prose = Field(min_length=1)
    confidence: Confidence
    gaps: Line = Field("", description="信息缺口")
    by: Line = ""
    sources: tuple[Name, ...] = ()


class Handling(Fact):
    """Where one notice stands."""

    serial: Name
    unit: Name
    state: Name = Field(description="已下发、已签收、已初报、已终报、办结、逾期……")
    issued_at: Moment | None = None
    signed_at: Moment | None = None
    due_at: Moment | None = None
    reported_at: Moment | None = None
    finding: Literal["", "属实", "部分属实", "不属实", "无法核实"] = ""
    text: Prose = ""
    sources: Cites


class Answer(Fact):
    """A public answer, with the spread measured before and after it."""

    unit: Name
    at: Moment
    channel: Name
    gist: Prose = ""
    before: Spread | None = None
    after: Spread | None = None
    sources: Cites


class Suggestion(Fact):
    """What a person proposes: unit, action, time."""

    unit: Name
    action: Prose = Field(min_length=1)
    due: Line = ""
    by: Line = ""


class Instruction(Fact):
    """A leader's instruction (批示) and what became of it."""

    leader: Name
    post: Line = ""
    at: Moment
    text: Prose = Field(min_length=1)
    on: Line = Field("", description="批示件，如“第12期”")
    unit: Line = ""
    due_at: Moment | None = None
    state: Literal["办理中", "已办结", "逾期"] = "办理中"
    result: Prose = ""
    sources: Cites


class Tally(Fact):
    """A count under a name."""

    name: Name
    count: Count


class Hour(Fact):
    """Posts of one hour (or day): its beginning and their number."""

    at: Moment
    count: Count


class Incident(Fact):
    """One incident as a bulletin tells it."""

    id: Name
    title: Name
    level: Level
    topic: Line = ""
    place: Line = ""
    opening: Statement
    timeline: tuple[Statement, ...] = ()
    spread: Spread | None = None
    hours: tuple[Hour, ...] = ()
    media: tuple[Tally, ...] = Field((), description="各平台、媒体信息条数")
    views: tuple[View, ...] = ()
    risks: tuple[Risk, ...] = ()
    handling: tuple[Handling, ...] = ()
    answers: tuple[Answer, ...] = ()
    asks: tuple[Prose, ...] = Field((), description="请示事项")
    suggestions: Annotated[tuple[Suggestion, ...], Field(max_length=3)] = ()
    sprout: bool = Field(False, description="苗头性信息")
    typical: bool = Field(False, description="典型事件")
