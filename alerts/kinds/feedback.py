"""《办理结果反馈单》: the unit's answer to a notice, pre-filled, to be signed and sealed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from alerts.facts import Fact, Line, Link, Moment, Name, Prose
from alerts.kinds.notice import TITLES, made_on
from alerts.kinds.notice_facts import Notice
from alerts.legible import cut
from alerts.sheet import Align, Cell, Note, Row, Sheet, Table
from alerts.wording import clock, day_of

Stage = Literal["", "初报", "续报", "终报"]
Finding = Literal["", "属实", "部分属实", "不属实", "无法核实"]


class PublicAnswer(Fact):
    """What was published, when, where."""

    channel: Line = ""
    at: Moment | None = None
    link: Link = ""
    text: Prose = ""


class Feedback(Fact):
    """One report of the lead unit; empty fields are lines to write on."""

    notice_title: Name = "互联网舆情预警通知书"
    serial: Line = ""
    unit: Name
    matter: Name
    incident: Line = ""
    made_at: Moment
    final_by: Moment | None = None
    stage: Stage = ""
    number: Annotated[int, Field(ge=1)] | None = Field(None, description="第几次续报")
    account: Prose = Field("", description="事件经过与核实情况")
    finding: Finding = ""
    cause: Prose = ""
    measures: Prose = ""
    accountability: Prose = Field("", description="责任追究（如有）")
    talked: Prose = Field("", description="与当事人沟通情况")
    answer: PublicAnswer = PublicAnswer()
    order_12345: Line = Field("", description="关联12345工单号")
    next_steps: Prose = ""
    attachments: tuple[Line, ...] = ()
    handler: Line = ""
    reviewer: Line = ""
    head: Line = Field("", description="主要负责人")
    phone: Line = ""
    reported_at: Moment | None = None
    return_to: Line = Field("", description="反馈至：电话、传真、政务邮箱")


Facts = Feedback


def feedback_for(notice: Notice) -> Feedback:
    """The empty form that goes out with a notice."""
    contact = notice.orders.contact
    reach = (("电话", contact.phone), ("传真", contact.fax), ("政务邮箱", contact.mail))
    return Feedback(
        notice_title=TITLES[notice.series],
        serial=notice.serial,
        unit=notice.lead.name,
        matter=notice.matter.title,
        incident=notice.matter.incident,
        made_at=made_on(notice),
        final_by=notice.orders.final_report_by.at,
        return_to="，".join(f"{name}：{value}" for name, value in reach if value),
    )


def compose(facts: Feedback) -> Sheet:
    """One form; the seal goes over the last row."""
    due = f"终报时限：{clock(facts.final_by)}。" if facts.final_by else ""
    to = f"{facts.return_to}。" if facts.return_to else ""
    note = f"（{due}{to}签字盖章后可拍照或传真报送。）" if due or to else ""
    return Sheet(
        kind="feedback",
        title="互联网舆情办理结果反馈单",
        made=day_of(facts.made_at),
        blocks=(_form(facts), *([Note(note)] if note else [])),
        corner="内部资料 注意保存",
        compact=True,
    )


def _form(facts: Feedback) -> Table:
    return Table((5, 10, 5, 8), (*_identity(facts), *_content(facts), *_signatures(facts)), small=True)


def _identity(facts: Feedback) -> list[Row]:
    return [
        _pair("承办单位", facts.unit, "文书编号", facts.serial),
        _wide("舆情事项", cut(facts.matter, 120)),
        _wide("反馈类别", _stages(facts)),
    ]


def _content(facts: Feedback) -> list[Row]:
    return [
        _wide("事件经过\n与核实情况", cut(facts.account, 1200), 22),
        _wide("核实结论", _boxes(("属实", "部分属实", "不属实", "无法核实"), facts.finding)),
        _wide("原因", cut(facts.cause, 600), 10),
        _wide("处置措施", cut(facts.measures, 900), 17),
        _wide("责任追究", cut(facts.accountability, 600) or "（如有）", 10),
        _wide("沟通情况", cut(facts.talked, 600) or "（与当事人沟通情况）", 12),
        _wide("公开回应", _answer(facts.answer) or "（渠道、时间、链接、全文；发布前先送拟回应稿审核）", 17),
        _wide("下一步工作", cut(facts.next_steps, 600), 10),
        _pair(
            "关联工单", facts.order_12345 or "（12345工单号）", "附件", cut("、".join(facts.attachments), 120)
        ),
    ]


def _signatures(facts: Feedback) -> list[Row]:
    at = clock(facts.reported_at, year=True) if facts.reported_at else "    年   月   日   时   分"
    return [
        _pair("承办人", facts.handler, "联系电话", facts.phone),
        _pair("审核人", facts.reviewer, "反馈时间", at),
        _wide("主要负责人", f"{facts.head}\n\n（签字并加盖单位公章）", 19, "center"),
    ]


def _stages(facts: Feedback) -> str:
    number = f"{facts.number}" if facts.number else "  "
    return _boxes(("初报", f"续报（第{number}次）", "终报"), facts.stage)


def _boxes(options: tuple[str, ...], chosen: str) -> str:
    return "　".join(("■" if chosen and option.startswith(chosen) else "□") + option for option in options)


def _answer(answer: PublicAnswer) -> str:
    head = "，".join(
        part for part in (answer.channel, clock(answer.at, year=True) if answer.at else "") if part
    )
    return "\n".join(part for part in (head, cut(answer.link, 160), cut(answer.text, 800)) if part)


def _wide(name: str, value: str, height: float = 8, align: Align = "left") -> Row:
    return Row((Cell(name, label=True), Cell(value, span=3, align=align)), height)


def _pair(name: str, value: str, other: str, value_of_other: str) -> Row:
    return Row((Cell(name, label=True), Cell(value), Cell(other, label=True), Cell(value_of_other)), 8)
