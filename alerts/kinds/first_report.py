"""突发事件信息初报、续报、终报 to the superior duty office, by the elements of DOMAIN.md §6.4."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from alerts.facts import Fact, Level, Line, Moment, Name, Prose
from alerts.legible import cut
from alerts.sheet import Block, Colophon, Heading, Sheet, Signoff, para
from alerts.wording import LEVELS, clock, day, day_of, listed, numeral, sentence


class Scene(Fact):
    """Who is in charge at the place, and who has come."""

    leaders: tuple[Line, ...] = Field((), description="到位领导")
    commander: Line = Field("", description="现场负责人")
    phone: Line = ""


class FirstReport(Fact):
    """One report of an emergency. What is not known yet stays empty and is written as 正在核实."""

    stage: Literal["初报", "续报", "终报"]
    number: Annotated[int, Field(ge=1)] = Field(1, description="续报序次")
    masthead: Name = "突发事件信息"
    red_head: bool = True
    serial: Line = ""
    office: Name
    signer: Line = ""
    to: Name = Field(description="上级值班室")
    title: Name = Field(description="事由，如“柳荫农贸市场燃气管道泄漏”")
    level: Level
    made_at: Moment
    phoned_at: Moment | None = Field(None, description="已电话报告的时间")
    happened_at: Moment | None = None
    place: Line = ""
    heard_from: Line = Field("", description="信息来源")
    heard_at: Moment | None = None
    cause: Prose = Field("", description="起因和性质")
    course: Prose = Field(min_length=1, description="基本过程")
    casualties: Prose = ""
    reach: Prose = Field("", description="影响范围")
    public_opinion: Prose = Field("", description="网上反映及趋势")
    measures: Prose = ""
    scene: Scene = Scene()
    next_steps: Prose = ""
    contact: Line = ""
    phone: Line = ""
    copies_to: tuple[Line, ...] = ()


Facts = FirstReport
_UNKNOWN = "正在核实，待续报。"


def compose(facts: FirstReport) -> Sheet:
    """A letter upwards: bearing its signer, its parts numbered."""
    stage = f"续报{numeral(facts.number)}" if facts.stage == "续报" else facts.stage
    return Sheet(
        kind="first-report",
        title=f"关于{cut(facts.title, 60)}的情况报告（{stage}）",
        made=day_of(facts.made_at),
        blocks=(*_opening(facts), *_parts(facts), *_close(facts)),
        masthead=facts.masthead if facts.red_head else None,
        head_left=facts.serial or facts.office,
        head_right=f"签发人：{facts.signer or '　　　'}",
        corner="内部资料 注意保存",
        urgency="特急" if facts.level <= 2 else "加急",
        addressee=f"{facts.to}：",
        colophon=_colophon(facts),
        draft=not facts.signer,
    )


def _opening(facts: FirstReport) -> list[Block]:
    phoned = f"（已于{clock(facts.phoned_at)}电话报告）" if facts.phoned_at else ""
    intro = "现将有关情况续报如下：" if facts.stage == "续报" else "现将有关情况报告如下："
    return [
        para(
            f"按照突发事件信息报告有关规定，{intro[:-1]}{phoned}。初步判断，该事件舆情等级为{LEVELS[facts.level]}。"
        )
    ]


def _parts(facts: FirstReport) -> list[Block]:
    blocks: list[Block] = []
    required = facts.stage == "初报"
    parts = (
        ("基本情况", _basics(facts)),
        ("起因和性质", facts.cause),
        ("基本过程", facts.course),
        ("人员伤亡和财产损失", facts.casualties),
        ("影响范围", facts.reach),
        ("网上反映及趋势", facts.public_opinion),
        ("已采取的措施", _measures(facts)),
        ("下一步工作", facts.next_steps),
    )
    number = 0
    for name, text in parts:
        if not text and (not required or name in {"影响范围", "下一步工作", "基本情况"}):
            continue
        number += 1
        blocks += [
            Heading(f"{numeral(number)}、{name}"),
            para(sentence(cut(text, 1200)) if text else _UNKNOWN),
        ]
    return blocks


def _basics(facts: FirstReport) -> str:
    when = f"事发时间：{clock(facts.happened_at, year=True)}" if facts.happened_at else "事发时间：正在核实"
    where = f"地点：{facts.place}" if facts.place else "地点：正在核实"
    heard_at = f"（{clock(facts.heard_at)}）" if facts.heard_at else ""
    source = f"信息来源：{facts.heard_from}{heard_at}" if facts.heard_from else ""
    return "；".join(part for part in (when, where, source) if part)


def _measures(facts: FirstReport) -> str:
    scene = facts.scene
    there = f"{listed(scene.leaders)}已到现场指挥处置" if scene.leaders else ""
    phone = f"（{scene.phone}）" if scene.phone else ""
    lead = f"现场负责人：{scene.commander}{phone}" if scene.commander else ""
    return "".join(sentence(part) for part in (facts.measures, there, lead) if part)


def _close(facts: FirstReport) -> list[Block]:
    end = "以上为终报。" if facts.stage == "终报" else "有关情况正在进一步核实，将及时续报。"
    contact = "，".join(part for part in (facts.contact, facts.phone) if part)
    note = [para(f"（联系人：{contact}）")] if contact else []
    return [para(end), Signoff(facts.office, day(facts.made_at)), *note]


def _colophon(facts: FirstReport) -> Colophon:
    lines = (f"抄送：{listed(facts.copies_to)}。",) if facts.copies_to else ()
    return Colophon(lines, facts.office, f"{day(facts.made_at)}印发")
