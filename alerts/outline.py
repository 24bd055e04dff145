"""Sentences of a bulletin from stored facts. Pure: the same facts give the same text, byte for byte.

Each sentence carries the ids of what it rests on. What has not been verified is 反映/称/网传; persons are
网民甲、乙、丙; shares are given from 30 posts up, below that counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from alerts.facts import AuthorKind, Spread
from alerts.incident_facts import Answer, Handling, Incident, Instruction, Risk, Statement, Suggestion, View
from alerts.legible import cut
from alerts.wording import LEVELS, clock, counts, listed, masked, movement, sentence

ENOUGH_FOR_SHARES: Final = 30
SIDES: Final = ("官方", "媒体", "网民")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and the ids of its sources."""

    text: str
    sources: tuple[str, ...] = ()


@dataclass(slots=True)
class Masks:
    """Who is 网民甲: persons in the order one incident meets them; media keep their names."""

    names: list[str] = field(default_factory=list)

    def call(self, author: str, kind: AuthorKind) -> str:
        """How the paper names an author."""
        if kind != "person" and author:
            return cut(author, 30)
        if author not in self.names:
            self.names.append(author)
        return masked(self.names.index(author))


def opening(incident: Incident, masks: Masks) -> Sentence:
    """经监测，9月1日8时12分，青石论坛网民甲发布信息，反映：……"""
    return _told(incident.opening, masks, "经监测，")


def timeline(incident: Incident, masks: Masks) -> list[Sentence]:
    """What happened since, in order of time."""
    return [_told(moment, masks) for moment in sorted(incident.timeline, key=lambda moment: moment.at)]


def _told(said: Statement, masks: Masks, before: str = "") -> Sentence:
    text = sentence(cut(said.text, 300))
    who = (
        f"{cut(said.platform, 30)}{masks.call(said.author, said.author_kind)}"
        if said.author or said.claim
        else ""
    )
    if said.claim is None:
        return Sentence(f"{before}{clock(said.at)}，{who}{text}", said.sources)
    verb = "有信息" if not said.platform and not said.author else f"{who}发布信息"
    return Sentence(f"{before}{clock(said.at)}，{verb}，{said.claim}：{text}", said.sources)


def spread(facts: Spread) -> list[Sentence]:
    """Counts with their instant and method; media by name."""
    lines = [Sentence(counts(facts), facts.sources)]
    if moved := movement(facts):
        lines.append(Sentence(moved, facts.sources))
    media = f"参与报道的媒体有{cut(listed(facts.media), 120)}。" if facts.media else "暂未发现媒体报道。"
    lines.append(Sentence(media, facts.sources))
    if facts.method:
        lines.append(Sentence(f"（统计口径：{cut(facts.method, 80)}）"))
    return lines


def views(all_views: Sequence[View], masks: Masks) -> list[list[Sentence]]:
    """One paragraph for each side that spoke: officials, media, public; the most widely held first."""
    return [
        _side(side, held, masks)
        for side in SIDES
        if (held := [view for view in all_views if view.side == side])
    ]


def _side(side: str, held: list[View], masks: Masks) -> list[Sentence]:
    total = sum(view.posts for view in held)
    shares = total >= ENOUGH_FOR_SHARES
    intro = f"{side}观点（样本{total}条" + (
        "）：" if shares else f"，不足{ENOUGH_FOR_SHARES}条，只列条数）："
    )
    ranked = sorted(held, key=lambda view: (-view.posts, view.label))
    return [
        Sentence(intro),
        *(_view(index, view, total, shares, masks) for index, view in enumerate(ranked, 1)),
    ]


def _view(index: int, view: View, total: int, shares: bool, masks: Masks) -> Sentence:
    size = f"占{view.posts * 100 / total:.0f}%（{view.posts}条）" if shares else f"{view.posts}条"
    quote = f"，如{masks.call(view.author, view.author_kind)}称“{cut(view.quote, 60)}”" if view.quote else ""
    return Sentence(f"{index}.{cut(view.label, 60)}，{size}{quote}。", view.sources)


def risk(facts: Risk) -> Sentence:
    """事实风险：……（置信度：中；信息缺口：……）"""
    gaps = f"；信息缺口：{cut(facts.gaps, 80)}" if facts.gaps else ""
    text = sentence(cut(facts.text, 200)).rstrip("。")
    return Sentence(f"{facts.kind}：{text}（置信度：{facts.confidence}{gaps}）。", facts.sources)


def handling(facts: Handling) -> Sentence:
    """新舆警〔2026〕1号，区城管局：9月1日10时12分下发，10时40分签收，……"""
    steps = [
        f"{clock(at)}{verb}"
        for at, verb in (
            (facts.issued_at, "下发"),
            (facts.signed_at, "签收"),
            (facts.reported_at, "反馈"),
        )
        if at
    ]
    due = f"，办理时限{clock(facts.due_at)}" if facts.due_at and not facts.reported_at else ""
    finding = f"，核查结论为{facts.finding}" if facts.finding else ""
    text = f"。{sentence(cut(facts.text, 200))}" if facts.text else "。"
    done = "，" + "、".join(steps) if steps else ""
    return Sentence(
        f"{facts.serial}（{facts.unit}）{done}{due}，目前{facts.state}{finding}{text}", facts.sources
    )


def answer(facts: Answer) -> list[Sentence]:
    """The public answer and the spread before and after it."""
    gist = f"，{sentence(cut(facts.gist, 200))}" if facts.gist else "。"
    said = Sentence(
        f"{clock(facts.at)}，{facts.unit}通过{cut(facts.channel, 60)}公开回应{gist}", facts.sources
    )
    if facts.before is None or facts.after is None:
        return [said]
    before, after = facts.before, facts.after
    grown = after.documents - before.documents
    change = f"新增{grown}条" if grown > 0 else "无新增"
    effect = (
        f"回应前（截至{clock(before.as_of)}）相关信息{before.documents}条，"
        f"回应后（截至{clock(after.as_of)}）{after.documents}条，其间{change}。"
    )
    return [said, Sentence(effect, (*before.sources, *after.sources))]


def instruction(facts: Instruction) -> Sentence:
    """What a leader asked for and what became of it."""
    on = f"在{facts.on}上" if facts.on else ""
    unit = f"由{facts.unit}办理，" if facts.unit else ""
    due = f"（时限{clock(facts.due_at)}）" if facts.due_at and facts.state != "已办结" else ""
    result = f"：{sentence(cut(facts.result, 200))}" if facts.result else "。"
    said = f"{facts.post}{facts.leader}{clock(facts.at)}{on}批示：“{cut(facts.text, 200)}”。"
    return Sentence(f"{said}{unit}目前{facts.state}{due}{result}", facts.sources)


def suggestion(facts: Suggestion) -> Sentence:
    """单位＋动作＋时限。"""
    action = sentence(cut(facts.action, 200)).rstrip("。")
    return Sentence(f"建议{facts.unit}{action}" + (f"，{facts.due}完成。" if facts.due else "。"))


def grades(incidents: Iterable[Incident]) -> str:
    """其中Ⅱ级（重大）1件、Ⅳ级（一般）3件"""
    levels = [incident.level for incident in incidents]
    parts = [f"{LEVELS[level]}{levels.count(level)}件" for level in LEVELS if level in levels]
    return f"其中{listed(parts)}" if parts else ""


def brief(incident: Incident, masks: Masks) -> list[Sentence]:
    """One incident in a daily or weekly paper: what is said, how far it went, who handles it."""
    lines = [opening(incident, masks)]
    if incident.spread:
        lines.append(Sentence(counts(incident.spread), incident.spread.sources))
    lines += [handling(item) for item in incident.handling[:2]]
    for item in incident.answers[-1:]:
        lines += answer(item)
    return lines if incident.handling else [*lines, Sentence("尚未下发通知书。")]
