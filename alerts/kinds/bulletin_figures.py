"""The parts of a periodic bulletin that are figures: counts, units, topics, each with its sources."""

from __future__ import annotations

from collections.abc import Sequence

from alerts import charts, outline
from alerts.kinds.bulletin_facts import Bulletin, MessageUnit, UnitRecord
from alerts.kinds.citations import Paper
from alerts.legible import cut
from alerts.outline import Sentence
from alerts.sheet import Block, listing
from alerts.wording import clock, period


def overall(bulletin: Bulletin, paper: Paper) -> list[Block]:
    """The period in figures, with its two charts."""
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


def progress(bulletin: Bulletin, paper: Paper) -> list[Block]:
    """Each notice and where it stands."""
    rows = [
        (item.serial, item.unit, item.state, clock(item.due_at) if item.due_at else "—")
        for incident in bulletin.incidents
        for item in incident.handling
    ]
    table = [listing(("通知书编号", "牵头单位", "状态", "办理时限"), rows, (8, 9, 4, 7))] if rows else []
    return [*table, *charts.funnel(bulletin.funnel)]


def ranking(bulletin: Bulletin, paper: Paper) -> list[Block]:
    """How the units handled what they were given."""
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
    return [paper.say([Sentence(intro, tuple(sources))]), listing(heads, rows, (8.4, 3, 4, 4, 3, 5.6))]


def topics(bulletin: Bulletin, paper: Paper) -> list[Block]:
    """What it was about."""
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


def messages(bulletin: Bulletin, paper: Paper) -> list[Block]:
    """留言 received, answered, late."""
    facts, limits = bulletin.messages, bulletin.period
    assert facts is not None and limits is not None
    rate = (
        f"，回复率{facts.answered * 100 / facts.received:.0f}%"
        if facts.received >= outline.ENOUGH_FOR_SHARES
        else ""
    )
    span, channels = period(limits.since, limits.until), _by_channel(facts.channels)
    text = (
        f"{span}，共收到网民留言{facts.received}条{channels}，"
        f"回复{facts.answered}条{rate}，"
        f"超时回复{facts.late}条。"
    )
    return [paper.say([Sentence(text, facts.sources)])]


def _by_channel(channels: Sequence[charts.Count]) -> str:
    told = [f"{cut(channel.name, 20)}{channel.count}条" for channel in channels if channel.count]
    return f"（{'、'.join(told)}）" if len(told) > 1 else ""


def message_units(bulletin: Bulletin, paper: Paper) -> list[Block]:
    """Units by the messages they were given, the first five in words; else by what they did with notices."""
    facts = bulletin.messages
    if facts is None:
        return []
    if not facts.by_unit:
        return [*_records(facts.units, paper, facts.sources), *charts.times(facts.units)]
    ranked = sorted(facts.by_unit, key=lambda unit: (-unit.received, unit.unit))
    first = "、".join(f"{cut(unit.unit, 30)}{unit.received}条" for unit in ranked[:5])
    rows = [
        (unit.unit, f"{unit.received}", f"{unit.answered}", _rate(unit), f"{unit.late}") for unit in ranked
    ]
    heads = ("单位", "留言", "回复", "回复率", "超时回复")
    intro = Sentence(f"留言涉及{len(ranked)}个单位，数量居前的是{first}。各单位办理情况如下：", facts.sources)
    return [paper.say([intro]), listing(heads, rows, (10, 4, 4, 5, 5))]


def _rate(unit: MessageUnit) -> str:
    """Shares only from 30 up."""
    return (
        f"{unit.answered * 100 / unit.received:.0f}%" if unit.received >= outline.ENOUGH_FOR_SHARES else "—"
    )


def message_topics(bulletin: Bulletin, paper: Paper) -> list[Block]:
    """What the messages were about."""
    facts = bulletin.messages
    return _hot(facts.topics, "留言主题分布", paper, facts.sources) if facts else []
