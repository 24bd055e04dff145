"""通报: units that did not answer in time, told to all, after 催办 and 督办. Issued by a signer."""

from __future__ import annotations

from pydantic import Field

from alerts.facts import Fact, Line, Moment, Name, Prose
from alerts.legible import cut
from alerts.sheet import Block, Colophon, Sheet, Signoff, listing, para
from alerts.wording import clock, day, day_of, listed, sentence, span


class Late(Fact):
    """One paper that a unit has not answered."""

    unit: Name
    notice: Name
    matter: Name
    due: Moment
    reported_at: Moment | None = Field(None, description="超期后反馈的时间；空为至今未反馈")
    reminded: int = Field(0, ge=0)
    supervised: int = Field(0, ge=0)


class Circular(Fact):
    """Which units, which papers, what is demanded."""

    serial: Line = ""
    office: Name
    signer: Line = ""
    to: tuple[Name, ...] = Field(min_length=1)
    as_of: Moment
    late: tuple[Late, ...] = Field(min_length=1)
    demand: Prose = "请上述单位认真查找原因，立即补办反馈，并于3个工作日内书面说明情况。"
    cc: tuple[Name, ...] = ()


Facts = Circular


def compose(facts: Circular) -> Sheet:
    """A letter with one table, longest overdue first."""
    return Sheet(
        kind="circular",
        title="关于互联网舆情办理逾期情况的通报",
        made=day_of(facts.as_of),
        blocks=(*_letter(facts), Signoff(facts.office, day(facts.as_of))),
        serial=facts.serial or "（送审稿，签发时编号）",
        corner="内部资料 注意保存",
        addressee=f"{listed(facts.to)}：",
        colophon=_colophon(facts),
        compact=True,
        draft=not (facts.serial and facts.signer),
    )


def _letter(facts: Circular) -> list[Block]:
    ranked = sorted(
        facts.late, key=lambda item: ((item.reported_at or facts.as_of) - item.due, item.unit), reverse=True
    )
    units = len({item.unit for item in ranked})
    missing = sum(item.reported_at is None for item in ranked)
    rows = [
        (item.unit, item.notice, cut(item.matter, 60), clock(item.due), _late(item, facts.as_of))
        for item in ranked
    ]
    return [
        para(
            f"截至{clock(facts.as_of)}，共有{units}个单位{len(ranked)}件互联网舆情事项未按时反馈，其中{missing}件至今未反馈。"
            "经催办、督办，现将有关情况通报如下："
        ),
        listing(("单位", "文书编号", "舆情事项", "办理时限", "逾期情况"), rows, (6, 7, 6, 4, 5)),
        para(sentence(cut(facts.demand, 400))),
    ]


def _late(item: Late, as_of: Moment) -> str:
    length = span(((item.reported_at or as_of) - item.due).total_seconds())
    return f"超期{length}" + ("后反馈" if item.reported_at else "，未反馈")


def _colophon(facts: Circular) -> Colophon:
    lines = [f"抄送：{listed(facts.cc)}。"] if facts.cc else []
    lines.append(f"签发人：{facts.signer or '　　　'}")
    return Colophon(tuple(lines), facts.office, f"{day(facts.as_of)}印发")
