"""Weighing the names found: which are ours, which speak against, and what follows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rules.places_divisions import Division
from rules.places_names import Claim
from rules.places_spans import Mention, parent_claim
from rules.verdict import InPlace

_NEAR = 2
_AUTHORITY = re.compile(r"^(?:县城|城区|区委|县委|市委|区政府|县政府|市政府|警方|公安|法院|检察院|交警|消防|文旅|应急|教育局|卫健|一小区|一学校|一男子|一女子|一工厂|某)")


@dataclass(slots=True)
class Evidence:
    """The names of ours that count, those of others, and the conclusion."""

    decision: InPlace
    why: tuple[str, ...] = ()
    own: list[Mention] = field(default_factory=list)


@dataclass(slots=True)
class _Piles:
    region: Division
    own: list[Mention] = field(default_factory=list)
    doubtful: list[Mention] = field(default_factory=list)
    superior: list[Mention] = field(default_factory=list)
    others: list[Mention] = field(default_factory=list)


def weigh(mentions: list[Mention], region: Division, local: bool) -> Evidence:
    """The conclusion from all mentions of a text."""
    piles = _sorted(mentions, region)
    _promote(piles, local)
    return _conclude(piles)


def _sorted(mentions: list[Mention], region: Division) -> _Piles:
    piles = _Piles(region)
    last: Mention | None = None
    for mention in mentions:
        settled = _settle_by_neighbour(last, mention)
        _pile(piles, settled)
        last = settled
    return piles


def _settle_by_neighbour(last: Mention | None, mention: Mention) -> Mention:
    """石家庄新华区: the name just before decides which 新华区."""
    if last is None or last.field != mention.field or not 0 <= mention.start - last.end <= _NEAR:
        return mention
    under = [c for c in mention.claims if parent_claim(last, c)]
    if under:
        return mention.settled(*(Claim(c.code, "full" if c.kind != "mark" else c.kind) for c in under))
    return mention


def _pile(piles: _Piles, mention: Mention) -> None:
    code = piles.region.code
    ours = [c for c in mention.claims if c.code.startswith(code)]
    if ours and len(ours) == len(mention.claims):
        trusted = ours[0].kind not in ("word", "street", "mark")
        (piles.own if trusted else piles.doubtful).append(mention)
    elif ours and min(len(c.code) for c in ours) < min(len(c.code) for c in mention.claims if c not in ours):
        piles.own.append(mention)
    elif ours:
        piles.doubtful.append(mention)
    elif any(code.startswith(c.code) for c in mention.claims):
        piles.superior.append(mention)
    elif not all(c.kind == "word" for c in mention.claims):
        piles.others.append(mention)


def _promote(piles: _Piles, local: bool) -> None:
    """Doubtful names become ours when a superior or a certain name of ours stands in the same text."""
    support = local or bool(piles.superior) or bool(piles.own)
    kept = []
    for mention in piles.doubtful:
        alone = mention.claims[0].kind == "word" and _AUTHORITY.match(mention.after) and not piles.others
        if support or alone:
            piles.own.append(mention)
        else:
            kept.append(mention)
    piles.doubtful = kept


def _conclude(piles: _Piles) -> Evidence:
    live = [m for m in piles.own if m.role in ("", "origin") and not (m.role == "origin" and piles.others)]
    if live:
        return Evidence("yes", (f"提到{piles.region.name}的“{live[0].word}”",), live)
    if piles.own:
        return _demoted(piles)
    if piles.doubtful:
        return _doubtful(piles)
    return Evidence("no", ("文中地名都不在本地",))


def _demoted(piles: _Piles) -> Evidence:
    mention = piles.own[0]
    reason = {
        "origin": f"“{mention.word}”只是当事人的来处，事在{piles.others[0].word if piles.others else '别处'}",
        "leaving": f"“{mention.word}”是离开的地方",
        "compare": f"“{mention.word}”只用来比较",
        "product": f"“{mention.word}”只是产品名的一部分",
        "team": f"“{mention.word}”是队名的一部分",
        "company": f"“{mention.word}”是企业名的一部分",
    }[mention.role]
    unsure = not piles.others and mention.role in ("team", "company", "product")
    return Evidence("unsure" if unsure else "no", (reason,), piles.own)


def _doubtful(piles: _Piles) -> Evidence:
    mention = piles.doubtful[0]
    if piles.others:
        return Evidence("no", (f"“{mention.word}”没有本地佐证，文中另有{piles.others[0].word}",))
    if all(c.kind == "word" for m in piles.doubtful for c in m.claims):
        return Evidence("no", (f"“{mention.word}”也是常用词，没有本地佐证",))
    return Evidence("unsure", (f"“{mention.word}”不止一处，没有本地佐证",), piles.doubtful)
