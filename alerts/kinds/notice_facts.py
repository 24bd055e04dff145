"""The facts of a notice, fields A–J of DOMAIN.md §3.2."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from alerts.facts import (
    Claim,
    Contact,
    Count,
    Due,
    Evidence,
    Fact,
    FirstPost,
    Level,
    Line,
    Link,
    Moment,
    Name,
    Origin,
    Prose,
    Spread,
    Unit,
    Urgency,
)

Series = Literal["转办单", "预警通知书", "督办单"]
Category = Literal["A", "B", "C", "D", "E", "F", "G"]


class Matter(Fact):
    """C 舆情事项. `brief` is what is said, never stated as fact; about 200 characters."""

    incident: Line = Field("", description="关联事件号")
    title: Name
    topic: Line = ""
    place: Line = ""
    origin: Origin = "网络监测"
    claim: Claim = "反映"
    brief: Prose = Field(min_length=1)
    demands: Prose = ""
    noted_at: Moment = Field(description="系统发现或接到线索的时间")
    first: FirstPost | None = None
    public: Literal[True] = Field(True, description="是否为可公开访问页面；不是公开页面的不得入库")
    evidence: tuple[Evidence, ...] = ()


class Assessment(Fact):
    """E 研判意见."""

    category: Category | None = None
    doubts: tuple[Line, ...] = Field((), description="事实存疑点")
    risks: tuple[Line, ...] = ()
    reach: Line = Field("", description="可能影响范围")
    answer_in_public: bool = True
    points: tuple[Line, ...] = Field((), description="建议口径要点")
    judged_by: Line = ""
    consulted: tuple[Line, ...] = ()


class Orders(Fact):
    """F 办理要求."""

    checks: tuple[Line, ...] = Field((), description="调查核实事项清单")
    sign_by: Due
    first_report_by: Due | None = None
    final_report_by: Due
    answer_by: Due | None = None
    further: Line = Field("", description="续报频次，如“每日8时、17时前各一次”")
    channel: Line = Field("区政府门户网站、政务新媒体", description="公开回应渠道")
    contact: Contact = Contact()


class Supervision(Fact):
    """J 督办单附加."""

    times: Annotated[int, Field(ge=1)] = 1
    original: Name = Field(description="原通知书编号")
    due: Moment
    as_of: Moment
    instruction: Prose = Field("", description="批示原文")
    instructed_by: Line = ""
    demand: Prose = ""
    report_to: tuple[Line, ...] = Field((), description="再次超期通报对象")


class Review(Fact):
    """I 审核办结, filled when the answer has been accepted."""

    opinion: Prose
    returned: Count = 0
    reasons: tuple[Line, ...] = ()
    score: Line = ""
    closed_at: Moment | None = None
    archive_no: Line = ""


class Notice(Fact):
    """The order to one lead unit. `serial` and `issued_at` are empty while it is a draft.

    `level` Ⅳ takes a 转办单, Ⅰ–Ⅲ a 预警通知书, a 督办单 any.
    """

    series: Series
    serial: Line = Field("", description="编号，如 新舆警〔2026〕1号；签发时取得")
    revision: Count = Field(0, description="更正次数，0为首次签发")
    level: Level
    urgency: Urgency = "平件"
    office: Name = Field(description="签发单位")
    signer: Line = Field("", description="签发人")
    signer_post: Line = ""
    drafted_at: Moment
    issued_at: Moment | None = None
    copies: Annotated[int, Field(ge=1)] = 2
    copy_no: Line = ""
    custody: Line = "内部资料 注意保存"
    red_head: bool = False
    lead: Unit
    assist: tuple[Unit, ...] = ()
    street: Unit | None = None
    cc: tuple[Name, ...] = ()
    matter: Matter
    spread: Spread | None = None
    assessment: Assessment = Assessment()
    orders: Orders
    supervision: Supervision | None = None
    review: Review | None = None
    link: Link = Field("", description="签收反馈链接；未配置对外地址时为空")
    link_until: Moment | None = None

    @model_validator(mode="after")
    def _series_fits(self) -> Notice:
        if (self.series == "督办单") != (self.supervision is not None):
            raise ValueError("督办单应当填写“supervision”（督办事项），其他文书不得填写")
        if self.series == "转办单" and self.level != 4:
            raise ValueError("转办单用于Ⅳ级（一般）事项，Ⅰ—Ⅲ级应当使用预警通知书")
        if self.series == "预警通知书" and self.level == 4:
            raise ValueError("预警通知书用于Ⅰ—Ⅲ级事项，Ⅳ级应当使用转办单")
        if bool(self.serial) != (self.issued_at is not None) or (self.serial and not self.signer):
            raise ValueError("编号、签发人、签发时间应当同时具备：未签发的文书不得编号")
        return self
