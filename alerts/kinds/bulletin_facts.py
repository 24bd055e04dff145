"""The facts of 《互联网舆情信息》 (DOMAIN.md §4): what an issue is made of, each thing with its sources."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from alerts.facts import Count, Fact, Line, Moment, Name, Prose
from alerts.incident_facts import Hour, Incident, Instruction, SourceFact, Statement, Tally
from alerts.wording import listed

Series = Literal["专报", "快报", "续报", "日报", "周报", "月报", "留言办理通报"]


class Period(Fact):
    """From when to when."""

    since: Moment
    until: Moment


class Totals(Fact):
    """The period's figures, each from one stored count."""

    documents: Count
    before: Count | None = Field(None, description="上一周期信息条数")
    opened: Count = Field(0, description="新增事件")
    closed: Count = Field(0, description="办结事件")
    running: Count = Field(0, description="在办事件")
    sources: tuple[Name, ...] = ()


class UnitRecord(Fact):
    """How one unit has handled what it was given."""

    unit: Name
    given: Count
    signed_in_time: Count
    reported_in_time: Count
    answered: Count = 0
    overdue: Count = 0
    hours: float | None = Field(None, ge=0, description="从下发到反馈的中位小时数")


class MessageUnit(Fact):
    """How one unit answered the messages it was given; `late`: answered after the time."""

    unit: Name
    received: Count
    answered: Count
    late: Count = 0


class Messages(Fact):
    """留言办理: totals, channels, units, topics. `units`: by notices, where no other is known."""

    received: Count
    answered: Count
    late: Count
    channels: tuple[Tally, ...] = Field((), description="各渠道留言条数")
    by_unit: tuple[MessageUnit, ...] = Field((), description="各单位留言办理情况")
    units: tuple[UnitRecord, ...] = ()
    topics: tuple[Tally, ...] = ()
    sources: tuple[Name, ...] = ()


class Uncovered(Fact):
    """A platform nobody could listen to in the period, and why: silence there is not calm."""

    name: Name
    why: Line
    sources: tuple[Name, ...] = ()


class Bulletin(Fact):
    """One issue. `issue` is empty while it is a draft; `incidents` come gravest first."""

    series: Series
    masthead: Name = "互联网舆情信息"
    office: Name = Field(description="编发单位")
    year: Annotated[int, Field(ge=2000, le=2200)]
    issue: Annotated[int, Field(ge=1)] | None = Field(None, description="第×期")
    total: Annotated[int, Field(ge=1)] | None = Field(None, description="总第×期")
    follows: Annotated[int, Field(ge=1, le=99)] = Field(1, description="续报序次")
    title: Line = ""
    made_at: Moment
    as_of: Moment = Field(description="数据截至时间")
    period: Period | None = None
    custody: Line = "内部资料 注意保存"
    red_head: bool = True
    judgement: Prose = Field("", description="一句话核心研判，由人撰写")
    judged_by: Line = ""
    ai_summary: Prose = Field("", description="模型摘要；标注“AI辅助，待核”，不能是唯一文字")
    totals: Totals | None = None
    hours: tuple[Hour, ...] = ()
    media: tuple[Tally, ...] = ()
    topics: tuple[Tally, ...] = ()
    funnel: tuple[Tally, ...] = Field((), description="下发、签收、初报、终报、办结")
    units: tuple[UnitRecord, ...] = ()
    incidents: tuple[Incident, ...] = ()
    instructions: tuple[Instruction, ...] = ()
    watch_next: tuple[Statement, ...] = Field((), description="下一步关注")
    traits: tuple[Prose, ...] = Field((), description="特点分析，由人撰写")
    messages: Messages | None = None
    uncovered: tuple[Uncovered, ...] = Field((), description="未覆盖的平台和原因")
    sources: tuple[SourceFact, ...] = ()
    report_to: tuple[Line, ...] = Field((), description="报")
    send_to: tuple[Line, ...] = Field((), description="送")
    issue_to: tuple[Line, ...] = Field((), description="发")
    editor: Line = ""
    reviewer: Line = ""
    signer: Line = ""
    copies: Annotated[int, Field(ge=1)] = 10

    @model_validator(mode="after")
    def _fits(self) -> Bulletin:
        if self.series in {"专报", "快报", "续报"} and len(self.incidents) != 1:
            raise ValueError(f"{self.series}只写一个事件，“incidents”应当恰好1项")
        if self.series in {"日报", "周报", "月报"} and (self.totals is None or self.period is None):
            raise ValueError(f"{self.series}应当填写“totals”（总量）和“period”（起止时间）")
        if self.series == "留言办理通报" and (self.messages is None or self.period is None):
            raise ValueError("留言办理通报应当填写“messages”（留言情况）和“period”（起止时间）")
        if self.issue is not None and not self.signer:
            raise ValueError("已编期号的应当填写签发人“signer”")
        if unknown := sorted(set(cited(self)) - {source.id for source in self.sources}):
            raise ValueError(f"引用了“sources”中没有的信息来源：{listed(unknown[:5])}")
        return self


def cited(fact: Fact) -> list[str]:
    """All source ids that anything in the facts rests on."""
    found: list[str] = []
    for name in type(fact).model_fields:
        value = getattr(fact, name)
        items = value if isinstance(value, tuple) else (value,)
        for item in items:
            if isinstance(item, Fact):
                found += cited(item)
            elif name == "sources" and isinstance(item, str):
                found.append(item)
    return found
