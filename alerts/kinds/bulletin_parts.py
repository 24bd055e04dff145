"""The parts of a bulletin and which series has which; a part without facts is left out, numbers follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from alerts import charts, outline
from alerts.incident_facts import Incident, SourceFact
from alerts.legible import cut
from alerts.outline import Masks, Sentence
from alerts.sheet import Block, Heading, Para, Run, Source, listing, para
from alerts.wording import clock, numeral, period, sentence

if TYPE_CHECKING:
    from alerts.kinds.bulletin import Bulletin, UnitRecord


class Paper:
    """Numbers the sources in the order in which the text first cites them."""

    def __init__(self, known: Sequence[SourceFact]) -> None:
        self._known = {source.id: source for source in known}
        self._marks: dict[str, str] = {}

    def mark(self, source: str) -> str:
        """[1], [2] …"""
        return self._marks.setdefault(source, f"[{len(self._marks) + 1}]")

    def say(self, sentences: Iterable[Sentence]) -> Para:
        """One paragraph, each sentence marked with its sources; equal neighbours share their marks."""
        runs: list[Run] = []
        ready = list(sentences)
        for item, following in zip(ready, [*ready[1:], Sentence("")], strict=True):
            runs.append(Run(item.text))
            if item.sources != following.sources:
                runs += [Run(self.mark(source), "cite") for source in dict.fromkeys(item.sources)]
        return Para(tuple(runs))

    def listed(self) -> tuple[Source, ...]:
        """The list at the end of the paper."""
        return tuple(
            Source(mark, source, _source(self._known[source]), cut(self._known[source].url, 200))
            for source, mark in self._marks.items()
        )


def _source(fact: SourceFact) -> str:
    parts = [f"{fact.kind}{fact.id}", cut(fact.media, 30), f"《{cut(fact.title, 60)}》" if fact.title else ""]
    return "，".join(part for part in (*parts, clock(fact.at, year=True) if fact.at else "") if part)


Part = Callable[["Bulletin", Paper], list[Block]]


def compose_parts(bulletin: Bulletin, paper: Paper) -> tuple[Block, ...]:
    """All parts of the series that have something to say."""
    blocks: list[Block] = [*_judgement(bulletin)]
    number = 0
    for name, part in PARTS[bulletin.series]:
        if body := part(bulletin, paper):
            number += 1
            blocks += [Heading(f"{numeral(number)}、{name}"), *body]
    return tuple(blocks)


def _judgement(bulletin: Bulletin) -> list[Block]:
    lines = []
    if bulletin.judgement:
        by = f"（研判人：{bulletin.judged_by}）" if bulletin.judged_by else ""
        lines.append(para(Run("核心研判："), cut(sentence(bulletin.judgement), 400) + by))
    if bulletin.ai_summary:
        lines.append(para(Run("摘要（AI辅助，待核）：", "hei"), Run(cut(bulletin.ai_summary, 600), "kai")))
    return [*lines]


def _overall(bulletin: Bulletin, paper: Paper) -> list[Block]:
    totals, limits = bulletin.totals, bulletin.period
    assert totals is not None and limits is not None
    span = period(limits.since, limits.until)
    if not totals.documents and not bulletin.incidents:
        return [paper.say([Sentence(f"{span}，未监测到需要报告的涉区舆情。", totals.sources)])]
    lines = [
        Sentence(
            f"{span}，共监测到涉区信息{totals.documents}条{_compared(totals.before, totals.documents)}。",
            totals.sources,
        )
    ]
    graded = outline.grades(bulletin.incidents)
    lines.append(
        Sentence(
            f"新增舆情事件{totals.opened}件，办结{totals.closed}件，在办{totals.running}件。", totals.sources
        )
    )
    if graded:
        lines.append(Sentence(f"本期列入{len(bulletin.incidents)}件，{graded}。", totals.sources))
    lines.append(Sentence(f"以上数据截至{clock(bulletin.as_of)}。", totals.sources))
    return [
        paper.say(lines),
        *charts.volume(bulletin.hours, "信息量变化", []),
        *charts.bars(bulletin.media, "信息来源分布"),
    ]


def _compared(before: int | None, now: int) -> str:
    if not before:
        return ""
    change = (now - before) * 100 / before
    if abs(change) < 0.5:
        return f"，与上期（{before}条）基本持平"
    return f"，较上期（{before}条）{'上升' if change > 0 else '下降'}{abs(change):.0f}%"


def _basics(bulletin: Bulletin, paper: Paper) -> list[Block]:
    incident, masks = bulletin.incidents[0], Masks()
    return [
        paper.say([outline.opening(incident, masks)]),
        *(paper.say([line]) for line in outline.timeline(incident, masks)),
    ]


def _changes(bulletin: Bulletin, paper: Paper) -> list[Block]:
    incident, masks = bulletin.incidents[0], Masks()
    since = bulletin.period.since if bulletin.period else None
    moments = tuple(item for item in incident.timeline if since is None or item.at >= since)
    newer = incident.model_copy(update={"timeline": moments})
    return [paper.say([line]) for line in outline.timeline(newer, masks)]


def _spread(bulletin: Bulletin, paper: Paper) -> list[Block]:
    incident = bulletin.incidents[0]
    if incident.spread is None:
        return []
    told = [paper.say(outline.spread(incident.spread))]
    if bulletin.series != "专报":
        return [*told]
    answered = [answer.at for answer in incident.answers]
    return [
        *told,
        *charts.volume(incident.hours, "相关信息逐小时数量", answered),
        *charts.bars(incident.media, "平台和媒体分布"),
    ]


def _views(bulletin: Bulletin, paper: Paper) -> list[Block]:
    incident = bulletin.incidents[0]
    masks = Masks([incident.opening.author])
    said = [paper.say(side) for side in outline.views(incident.views, masks)]
    return [*said, *charts.shares(incident.views)]


def _risks(bulletin: Bulletin, paper: Paper) -> list[Block]:
    return [paper.say([outline.risk(risk)]) for incident in bulletin.incidents for risk in incident.risks]


def _handling(bulletin: Bulletin, paper: Paper) -> list[Block]:
    blocks: list[Block] = []
    for incident in bulletin.incidents:
        blocks += [paper.say([outline.handling(item)]) for item in incident.handling]
        blocks += [paper.say(outline.answer(item)) for item in incident.answers]
    return blocks


def _measures(bulletin: Bulletin, paper: Paper) -> list[Block]:
    done = _handling(bulletin, paper) or [para("正在核实有关情况，拟定处置意见。")]
    return [*done, para("将持续关注相关网上动态，有新情况及时续报。")]


def _links(bulletin: Bulletin, paper: Paper) -> list[Block]:
    known = {source.id: source for source in bulletin.sources}
    urls = dict.fromkeys(
        known[source].url for source in bulletin.incidents[0].opening.sources if known[source].url
    )
    return [para(cut(url, 200), align="left") for url in urls]


def _asks(bulletin: Bulletin, paper: Paper) -> list[Block]:
    asks = [ask for incident in bulletin.incidents for ask in incident.asks]
    return [para(f"{index}.{sentence(cut(ask, 200))}") for index, ask in enumerate(asks, 1)]


def _instructions(bulletin: Bulletin, paper: Paper) -> list[Block]:
    return [paper.say([outline.instruction(item)]) for item in bulletin.instructions]


def _suggestions(bulletin: Bulletin, paper: Paper) -> list[Block]:
    said = [outline.suggestion(item) for incident in bulletin.incidents for item in incident.suggestions]
    return [
        paper.say([Sentence(f"{index}.{item.text}", item.sources)]) for index, item in enumerate(said[:3], 1)
    ]


def _told(incidents: Iterable[Incident], paper: Paper) -> list[Block]:
    blocks: list[Block] = []
    for index, incident in enumerate(incidents, 1):
        level = "ⅠⅡⅢⅣ"[incident.level - 1]
        blocks.append(Heading(f"（{numeral(index)}）{cut(incident.title, 60)}（{level}级）", 2))
        blocks.append(paper.say(outline.brief(incident, Masks())))
    return blocks


def _main(bulletin: Bulletin, paper: Paper) -> list[Block]:
    return _told([item for item in bulletin.incidents if not item.sprout], paper)


def _sprouts(bulletin: Bulletin, paper: Paper) -> list[Block]:
    return _told([item for item in bulletin.incidents if item.sprout], paper)


def _progress(bulletin: Bulletin, paper: Paper) -> list[Block]:
    rows = [
        (item.serial, item.unit, item.state, clock(item.due_at) if item.due_at else "—")
        for incident in bulletin.incidents
        for item in incident.handling
    ]
    table = [listing(("通知书编号", "牵头单位", "状态", "办理时限"), rows, (8, 9, 4, 7))] if rows else []
    return [*table, *charts.funnel(bulletin.funnel)]


def _ranking(bulletin: Bulletin, paper: Paper) -> list[Block]:
    sources = bulletin.totals.sources if bulletin.totals else ()
    return [
        *_records(bulletin.units, paper, sources),
        *charts.funnel(bulletin.funnel),
        *charts.times(bulletin.units),
    ]


def _records(units: Sequence[UnitRecord], paper: Paper, sources: Sequence[str]) -> list[Block]:
    if not units:
        return []
    late = sum(unit.overdue > 0 for unit in units)
    overdue = f"，其中{late}个单位有逾期" if late else "，均无逾期"
    given = sum(unit.given for unit in units)
    intro = f"{len(units)}个单位共承办{given}件{overdue}，按逾期件数和反馈用时排列如下："
    ranked = sorted(
        units, key=lambda unit: (unit.overdue, unit.hours if unit.hours is not None else 1e9, unit.unit)
    )
    rows = [
        (unit.unit, f"{unit.given}", f"{unit.signed_in_time}", f"{unit.reported_in_time}", f"{unit.overdue}",
         f"{unit.hours:.1f}" if unit.hours is not None else "—")
        for unit in ranked
    ]  # fmt: skip
    heads = ("单位", "交办", "按时签收", "按时反馈", "逾期", "用时（小时）")
    return [paper.say([Sentence(intro, tuple(sources))]), listing(heads, rows, (9, 3, 4.2, 4.2, 3, 4.6))]


def _topics(bulletin: Bulletin, paper: Paper) -> list[Block]:
    return _hot(bulletin.topics, "舆情主题分布", paper, bulletin.totals.sources if bulletin.totals else ())


def _hot(topics: Sequence[charts.Count], name: str, paper: Paper, sources: Sequence[str]) -> list[Block]:
    total = sum(topic.count for topic in topics)
    if not total:
        return []
    ranked = sorted(topics, key=lambda topic: (-topic.count, topic.name))[:5]
    enough = total >= outline.ENOUGH_FOR_SHARES
    shares = [f"（{topic.count * 100 / total:.0f}%）" if enough else "" for topic in ranked]
    said = "、".join(
        f"{cut(topic.name, 30)}{topic.count}条{share}" for topic, share in zip(ranked, shares, strict=True)
    )
    hottest = Sentence(f"按主题计{total}条，数量居前的是{said}。", tuple(sources))
    return [paper.say([hottest]), *charts.bars(ranked, name)]


def _next(bulletin: Bulletin, paper: Paper) -> list[Block]:
    return [
        paper.say([Sentence(sentence(cut(item.text, 200)), item.sources)]) for item in bulletin.watch_next
    ]


def _traits(bulletin: Bulletin, paper: Paper) -> list[Block]:
    return [*(para(sentence(cut(text, 400))) for text in bulletin.traits), *_suggestions(bulletin, paper)]


def _messages(bulletin: Bulletin, paper: Paper) -> list[Block]:
    facts, limits = bulletin.messages, bulletin.period
    assert facts is not None and limits is not None
    rate = (
        f"，回复率{facts.answered * 100 / facts.received:.0f}%"
        if facts.received >= outline.ENOUGH_FOR_SHARES
        else ""
    )
    text = (
        f"{period(limits.since, limits.until)}，共收到网民留言{facts.received}条，"
        f"回复{facts.answered}条{rate}，"
        f"超时回复{facts.late}条。"
    )
    return [paper.say([Sentence(text, facts.sources)])]


def _message_units(bulletin: Bulletin, paper: Paper) -> list[Block]:
    facts = bulletin.messages
    return [*_records(facts.units, paper, facts.sources), *charts.times(facts.units)] if facts else []


def _message_topics(bulletin: Bulletin, paper: Paper) -> list[Block]:
    facts = bulletin.messages
    return _hot(facts.topics, "留言主题分布", paper, facts.sources) if facts else []


_TAIL: tuple[tuple[str, Part], ...] = (("请示事项", _asks), ("批示办理情况", _instructions))
_PERIODIC: tuple[tuple[str, Part], ...] = (
    ("总体情况", _overall),
    ("部门办理情况", _ranking),
    ("热点分析", _topics),
    ("重点事件", _main),
    ("苗头性信息", _sprouts),
    *_TAIL,
    ("特点与建议", _traits),
)
PARTS: dict[str, tuple[tuple[str, Part], ...]] = {
    "专报": (
        ("舆情概述", _basics),
        ("传播态势", _spread),
        ("各方观点", _views),
        ("风险研判", _risks),
        ("处置进展", _handling),
        *_TAIL,
        ("工作建议", _suggestions),
    ),
    "快报": (("基本情况", _basics), ("传播情况", _spread), ("工作措施", _measures), ("链接", _links)),
    "续报": (("最新情况", _changes), ("传播变化", _spread), ("处置进展", _handling), *_TAIL),
    "日报": (
        ("总体情况", _overall),
        ("重点舆情", _main),
        ("苗头性信息", _sprouts),
        ("办理进度", _progress),
        *_TAIL,
        ("明日关注", _next),
    ),
    "周报": _PERIODIC,
    "月报": _PERIODIC,
    "留言办理通报": (
        ("留言总体情况", _messages),
        ("部门办理情况", _message_units),
        ("留言热点分析", _message_topics),
        *_TAIL,
    ),
}
