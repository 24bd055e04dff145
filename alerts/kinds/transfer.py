"""线索移交登记单: a clue handed to whom may investigate. A register, no investigation (DOMAIN.md §1.4)."""

from __future__ import annotations

from pydantic import Field

from alerts.facts import Claim, Evidence, Fact, FirstPost, Line, Moment, Name, Origin, Prose
from alerts.legible import cut
from alerts.sheet import Cell, Note, Row, Sheet, Table
from alerts.wording import clock, day_of, sentence


class Transfer(Fact):
    """What is handed over, to whom, on what grounds. Persons accused or reporting are not named on it."""

    serial: Line = ""
    office: Name
    to: Name = Field(description="接收单位，如公安、网信、纪检监察机关")
    grounds: Prose = Field(min_length=1, description="移交依据和理由")
    title: Name
    origin: Origin = "网络监测"
    claim: Claim = "网传"
    brief: Prose = Field(min_length=1)
    found_at: Moment
    first: FirstPost | None = None
    evidence: tuple[Evidence, ...] = ()
    restricted: bool = Field(False, description="举报类线索：只向有权机关移交，不得转给被反映单位或个人")
    asked: Prose = Field("", description="请接收单位办理的事项")
    handler: Line = ""
    approver: Line = ""
    made_at: Moment


Facts = Transfer


def compose(facts: Transfer) -> Sheet:
    """A register sheet with the receiver's signature."""
    note = "本单只登记移交情况，所述内容未经核实；移交单位不开展调查取证。"
    guard = "举报人信息依法严格保密，不得转给被反映的单位或个人。" if facts.restricted else ""
    return Sheet(
        kind="transfer",
        title="互联网舆情线索移交登记单",
        made=day_of(facts.made_at),
        blocks=(_form(facts), Note(f"（{note}{guard}）")),
        serial=facts.serial,
        corner="内部资料 注意保存",
        draft=not facts.serial,
        compact=True,
    )


def _form(facts: Transfer) -> Table:
    first = facts.first
    where = f"{first.platform}{'，' + clock(first.posted_at) if first.posted_at else ''}" if first else ""
    links = "\n".join(cut(link, 160) for link in first.links[:5]) if first else ""
    proof = "\n".join(f"{cut(item.name, 40)}　SHA-256：{item.sha256}" for item in facts.evidence[:6])
    return Table(
        (5, 9, 5, 9),
        (
            _pair("移交单位", facts.office, "接收单位", facts.to),
            _wide("线索标题", cut(facts.title, 80)),
            _pair("线索来源", facts.origin, "发现时间", clock(facts.found_at, year=True)),
            _wide("首发平台", where),
            _wide("内容摘要", f"{facts.claim}：{sentence(cut(facts.brief, 400))}", 26),
            _wide("原文链接", links),
            _wide("存证材料", proof),
            _wide("移交依据", sentence(cut(facts.grounds, 300)), 13),
            _wide("请办事项", sentence(cut(facts.asked, 300)), 13),
            _pair("经办人", facts.handler, "审批人", facts.approver, 12),
            _pair("移交时间", clock(facts.made_at, year=True), "接收时间", "    年   月   日   时", 12),
            _wide("接收单位\n签收", "\n\n（签字或盖章）", 24, right=True),
        ),
        small=True,
    )


def _wide(name: str, value: str, height: float = 9, right: bool = False) -> Row:
    return Row((Cell(name, label=True), Cell(value, span=3, align="right" if right else "left")), height)


def _pair(name: str, value: str, other: str, value_of_other: str, height: float = 9) -> Row:
    return Row((Cell(name, label=True), Cell(value), Cell(other, label=True), Cell(value_of_other)), height)
