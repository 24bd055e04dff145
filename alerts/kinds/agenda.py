"""联席会议议程: the last meeting's open actions, the period's state, the gravest incidents."""

from __future__ import annotations

from pydantic import Field

from alerts.facts import Line, Moment, Prose
from alerts.kinds.meeting import Action, Case, Meeting, actions
from alerts.legible import cut
from alerts.sheet import Block, Heading, Para, Sheet, Signoff, fields, para
from alerts.wording import clock, day, day_of, listed, numeral, sentence


class Agenda(Meeting):
    """What will be talked about, in the order of DOMAIN.md §7."""

    made_at: Moment
    present: tuple[Line, ...] = Field((), description="参会单位")
    sitting_in: tuple[Line, ...] = Field((), description="列席")
    open_actions: tuple[Action, ...] = Field((), description="上次议定事项")
    state: tuple[Prose, ...] = Field((), description="本期态势，由统计得出的句子")
    cases: tuple[Case, ...] = Field((), description="重点个案")
    sprouts: tuple[Prose, ...] = Field((), description="苗头与节点风险")
    to_decide: tuple[Prose, ...] = Field((), description="拟议定事项")


Facts = Agenda


def compose(facts: Agenda) -> Sheet:
    """One table of who and when, then the items."""
    return Sheet(
        kind="agenda",
        title=f"{facts.name}议程",
        made=day_of(facts.made_at),
        blocks=(_frame(facts), *_items(facts), Signoff(facts.office, day(facts.made_at))),
        subtitle=f"（{facts.kind}）",
        corner="内部资料 注意保存",
    )


def _frame(facts: Agenda) -> Block:
    return fields(
        [
            ("时间", clock(facts.at, year=True)),
            ("地点", facts.place),
            ("主持", facts.chair),
            ("参加", listed(facts.present)),
            ("列席", listed(facts.sitting_in)),
        ],
        label=4,
    )


def _items(facts: Agenda) -> list[Block]:
    parts: tuple[tuple[str, list[Block], str], ...] = (
        ("通报上次议定事项落实情况", actions(facts.open_actions), "没有未办结的议定事项。"),
        ("通报本期舆情态势", _plain(facts.state), "由办公室通报。"),
        ("会商重点个案", _cases(facts.cases), "本期没有需要会商的个案。"),
        ("研判苗头和节点风险", _plain(facts.sprouts), "由各成员单位提出，会议研判。"),
        ("议定有关事项", _plain(facts.to_decide), "根据会商情况议定，明确责任单位和完成时限。"),
    )
    blocks: list[Block] = []
    for index, (name, body, otherwise) in enumerate(parts, 1):
        blocks += [Heading(f"{numeral(index)}、{name}"), *(body or [para(otherwise)])]
    return blocks


def _plain(texts: tuple[str, ...]) -> list[Block]:
    return [para(sentence(cut(text, 300))) for text in texts]


def _cases(cases: tuple[Case, ...]) -> list[Block]:
    return [_case(index, case) for index, case in enumerate(cases, 1)]


def _case(index: int, case: Case) -> Para:
    level = "ⅠⅡⅢⅣ"[case.level - 1]
    told = sentence(cut(case.account, 300)) if case.account else ""
    unit = f"汇报单位：{case.unit}。" if case.unit else ""
    state = f"目前{case.state}。" if case.state else ""
    return para(f"{index}.{cut(case.title, 80)}（{level}级）。{told}{state}{unit}")
