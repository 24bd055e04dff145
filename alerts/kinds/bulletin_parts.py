"""The parts of a bulletin and which series has which; a part without facts is left out, numbers follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from alerts import charts, outline
from alerts.incident_facts import Incident
from alerts.kinds import bulletin_figures as figures
from alerts.kinds.bulletin_facts import Bulletin
from alerts.kinds.citations import Paper
from alerts.legible import cut
from alerts.outline import Masks, Sentence
from alerts.sheet import Block, Heading, Note, Run, para
from alerts.wording import listed, numeral, sentence

# A leader ticks on paper what 批示 the item is to have (DOMAIN.md §4.1).
MARKS = Note("　　批示：□查清报告　□直接回复　□阅示")
Part = Callable[["Bulletin", Paper], list[Block]]


def compose_parts(bulletin: Bulletin, paper: Paper) -> tuple[Block, ...]:
    """All parts of the series that have something to say."""
    blocks: list[Block] = [*_judgement(bulletin)]
    number = 0
    for name, part in PARTS[bulletin.series]:
        if body := part(bulletin, paper):
            number += 1
            blocks += [Heading(f"{numeral(number)}、{name}"), *body]
    blocks += _uncovered(bulletin, paper)
    return (*blocks, MARKS) if bulletin.series in {"专报", "快报", "续报"} else tuple(blocks)


def _uncovered(bulletin: Bulletin, paper: Paper) -> list[Block]:
    """采集范围: the platforms not listened to, by reason."""
    by_reason: dict[str, list[str]] = {}
    for gap in bulletin.uncovered:
        by_reason.setdefault(gap.why, []).append(cut(gap.name, 30))
    if not by_reason:
        return []
    told = "；".join(f"{listed(names)}（{cut(why, 30)}）" for why, names in by_reason.items())
    rests = dict.fromkeys(source for gap in bulletin.uncovered for source in gap.sources)
    return [paper.say([Sentence(f"采集范围：本期未覆盖{told}。", tuple(rests))])]


def _judgement(bulletin: Bulletin) -> list[Block]:
    lines = []
    if bulletin.judgement:
        by = f"（研判人：{bulletin.judged_by}）" if bulletin.judged_by else ""
        lines.append(para(Run("核心研判："), cut(sentence(bulletin.judgement), 400) + by))
    if bulletin.ai_summary:
        lines.append(para(Run("摘要（AI辅助，待核）：", "hei"), Run(cut(bulletin.ai_summary, 600), "kai")))
    return [*lines]


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
    proposed = _suggestions(bulletin, paper)
    return [*done, *proposed, para("将持续关注相关网上动态，有新情况及时续报。")]


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
        masks = Masks()
        blocks.append(paper.say(outline.brief(incident, masks)))
        blocks += [paper.say(side) for side in outline.views(incident.views, masks)]
        blocks += [paper.say([outline.risk(risk)]) for risk in incident.risks]
        blocks.append(MARKS)
    return blocks


def _main(bulletin: Bulletin, paper: Paper) -> list[Block]:
    return _told([item for item in bulletin.incidents if not item.sprout], paper)


def _sprouts(bulletin: Bulletin, paper: Paper) -> list[Block]:
    return _told([item for item in bulletin.incidents if item.sprout], paper)


def _next(bulletin: Bulletin, paper: Paper) -> list[Block]:
    return [
        paper.say([Sentence(sentence(cut(item.text, 200)), item.sources)]) for item in bulletin.watch_next
    ]


def _traits(bulletin: Bulletin, paper: Paper) -> list[Block]:
    return [*(para(sentence(cut(text, 400))) for text in bulletin.traits), *_suggestions(bulletin, paper)]


_TAIL: tuple[tuple[str, Part], ...] = (("请示事项", _asks), ("批示办理情况", _instructions))
_PERIODIC: tuple[tuple[str, Part], ...] = (
    ("总体情况", figures.overall),
    ("部门办理情况", figures.ranking),
    ("热点分析", figures.topics),
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
    "快报": (
        ("基本情况", _basics),
        ("传播情况", _spread),
        ("工作措施", _measures),
        ("链接", _links),
    ),
    "续报": (
        ("最新情况", _changes),
        ("传播变化", _spread),
        ("各方观点", _views),
        ("风险研判", _risks),
        ("处置进展", _handling),
        *_TAIL,
        ("工作建议", _suggestions),
    ),
    "日报": (
        ("总体情况", figures.overall),
        ("重点舆情", _main),
        ("苗头性信息", _sprouts),
        ("办理进度", figures.progress),
        *_TAIL,
        ("工作建议", _suggestions),
        ("明日关注", _next),
    ),
    "周报": _PERIODIC,
    "月报": _PERIODIC,
    "留言办理通报": (
        ("留言总体情况", figures.messages),
        ("部门办理情况", figures.message_units),
        ("留言热点分析", figures.message_topics),
        *_TAIL,
    ),
}
