"""联席会议纪要, in the form of GB/T 9704-2012 §10.3: 标志, 正文, 出席、请假、列席."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from alerts.facts import Line, Moment, Prose
from alerts.kinds.meeting import Action, Meeting, when_and_where
from alerts.legible import cut
from alerts.sheet import Block, Colophon, Para, Run, Sheet, para
from alerts.wording import day, day_of, listed, numeral, sentence


class Minutes(Meeting):
    """What was heard, studied and agreed, and who was there."""

    subject: Line = Field("", description="议题，如“关于农贸市场用气安全工作的会议纪要”；空则不另写标题")
    issue: Annotated[int, Field(ge=1)] | None = Field(None, description="第×期")
    made_at: Moment
    signer: Line = ""
    heard: tuple[Prose, ...] = Field((), description="会议听取")
    studied: tuple[Prose, ...] = Field((), description="会议研究")
    decisions: tuple[Prose, ...] = Field((), description="会议认为、会议要求")
    actions: tuple[Action, ...] = ()
    present: tuple[Line, ...] = Field((), description="出席")
    absent: tuple[Line, ...] = Field((), description="请假")
    sitting_in: tuple[Line, ...] = Field((), description="列席")
    send_to: tuple[Line, ...] = Field((), description="分送")
    copies: Annotated[int, Field(ge=1)] = 20


Facts = Minutes


def compose(facts: Minutes) -> Sheet:
    """Red head with the meeting's name, the text, the lists, the colophon."""
    lines = [f"分送：{listed(facts.send_to)}。"] if facts.send_to else []
    lines.append(f"签发人：{facts.signer or '　　　'}　共印{facts.copies}份")
    return Sheet(
        kind="minutes",
        title=facts.subject or f"{facts.name}纪要",
        headline=bool(facts.subject),
        made=day_of(facts.made_at),
        blocks=(*_text(facts), *_people(facts)),
        masthead=f"{facts.name}纪要",
        serial=f"第{facts.issue}期" if facts.issue else "（送审稿，签发时编期）",
        head_left=facts.office,
        head_right=day(facts.made_at),
        corner="内部资料 注意保存",
        colophon=Colophon(tuple(lines), facts.office, f"{day(facts.made_at)}印发"),
        draft=facts.issue is None,
    )


def _text(facts: Minutes) -> list[Block]:
    chair = f"，{facts.chair}主持召开" if facts.chair else "，召开"
    heard = f"会议听取了{cut('，'.join(facts.heard), 400)}，" if facts.heard else "会议"
    studied = f"研究了{cut('，'.join(facts.studied), 400)}，" if facts.studied else ""
    opening = f"{when_and_where(facts)}{chair}{facts.name}（{facts.kind}）。{heard}{studied}议定如下："
    said = [para(sentence(cut(text, 600))) for text in facts.decisions]
    return [para(opening), *said, *(_action(index, action) for index, action in enumerate(facts.actions, 1))]


def _action(index: int, action: Action) -> Para:
    assist = f"，{listed(action.assist)}配合" if action.assist else ""
    due = f"；完成时限：{day(action.due_at)}" if action.due_at else ""
    text = sentence(cut(action.text, 400)).rstrip("。")
    return para(Run(f"{numeral(index)}、", "hei"), f"{text}。（责任单位：{action.lead}{assist}{due}）")


def _people(facts: Minutes) -> list[Block]:
    lists = (("出席", facts.present), ("请假", facts.absent), ("列席", facts.sitting_in))
    rows = [para(Run(f"{name}：", "hei"), cut(listed(people), 600)) for name, people in lists if people]
    return [para("", indent=0), *rows] if rows else []
