"""催办单: the only paper that may go by itself, when a deadline has run out."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from alerts.facts import Contact, Fact, Line, Link, Moment, Name
from alerts.legible import cut
from alerts.sheet import Block, Colophon, Sheet, Signoff, fields, para
from alerts.wording import clock, day, day_of, listed, span

Missing = Literal["签收", "初报", "续报", "公开回应", "终报", "议定事项", "批示事项"]


class Reminder(Fact):
    """What is overdue, since when, until when it must now come."""

    serial: Line = ""
    office: Name
    unit: Name
    times: Annotated[int, Field(ge=1)] = 1
    notice: Name = Field(description="原文书编号或事项")
    notice_title: Name = "互联网舆情预警通知书"
    matter: Name
    missing: Missing
    due: Moment
    as_of: Moment
    new_due: Moment | None = None
    next_step: Line = Field("督办", description="仍未反馈的下一步")
    contact: Contact = Contact()
    cc: tuple[Name, ...] = ()
    link: Link = ""


Facts = Reminder


def compose(facts: Reminder) -> Sheet:
    """One short letter."""
    return Sheet(
        kind="reminder",
        title="互联网舆情催办单",
        made=day_of(facts.as_of),
        blocks=(*_letter(facts), Signoff(facts.office, day(facts.as_of))),
        serial=facts.serial,
        subtitle=f"（第{facts.times}次催办）",
        corner="内部资料 注意保存",
        urgency="加急",
        compact=True,
        addressee=f"{facts.unit}：",
        colophon=_colophon(facts),
    )


def _letter(facts: Reminder) -> list[Block]:
    late = span((facts.as_of - facts.due).total_seconds())
    verb = "签收" if facts.missing == "签收" else f"报送{facts.missing}"
    if facts.missing in {"公开回应", "议定事项", "批示事项"}:
        verb = f"完成{facts.missing}"
    until = f"请于{clock(facts.new_due)}前办理并反馈" if facts.new_due else "请立即办理并反馈"
    contact = facts.contact
    reach = "，".join(part for part in (contact.name, contact.phone) if part)
    return [
        para(
            f"《{facts.notice_title}》（{facts.notice}）要求你单位于{clock(facts.due)}前{verb}，"
            f"截至{clock(facts.as_of)}已超期{late}，尚未收到。"
        ),
        fields(
            [
                ("舆情事项", cut(facts.matter, 100)),
                ("逾期环节", facts.missing),
                ("原定时限", clock(facts.due, year=True)),
            ]
        ),
        para(f"{until}。确有特殊情况的，请书面说明原因并申请延期；仍未反馈的，将予以{facts.next_step}。"),
        *([para(f"办理链接（限本单位使用）：{cut(facts.link, 300)}")] if facts.link else []),
        para(f"如已办理，请与我办核对反馈时间{f'（{reach}）' if reach else ''}。"),
    ]


def _colophon(facts: Reminder) -> Colophon | None:
    return (
        Colophon((f"抄送：{listed(facts.cc)}。",), facts.office, f"{day(facts.as_of)}印发")
        if facts.cc
        else None
    )
