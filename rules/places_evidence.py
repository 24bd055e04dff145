"""Weighing the names found: which are ours, which speak against, and what follows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from rules.places_context import is_branch, is_campus, is_plainly_there, is_scene
from rules.places_divisions import Division
from rules.places_names import OVERSEAS, TRUSTED, Claim, Kind
from rules.places_spans import Mention
from rules.verdict import InPlace

_COUNTED = frozenset("一某两二三四五六七八九十数0123456789")
_SEPARATORS = frozenset({"", " ", "·", "-", "・", "，"})
_LEAD = 150
"""Characters of a body in which its subject is expected."""
_AUTHORITY = re.compile(
    r"^(?:县城|城区|区委|县委|市委|区政府|县政府|市政府|警方|公安|法院|检察院|交警|消防|文旅局|应急局|教育局|卫健|"
    r"一(?:男子|女子|公司|工地|[一-鿿]{0,3}[厂矿店校园楼馆院场区村房桥库吧])|某(?:小区|学校|工厂|村))"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The conclusion, its reasons, and the names of ours behind it."""

    decision: InPlace
    why: tuple[str, ...] = ()
    own: tuple[Mention, ...] = ()


@dataclass(slots=True)
class _Piles:
    """The mentions of one text: ours, perhaps ours, superiors of ours, and others."""

    region: Division
    own: list[Mention] = field(default_factory=list)
    doubtful: list[Mention] = field(default_factory=list)
    superior: list[Mention] = field(default_factory=list)
    others: list[Mention] = field(default_factory=list)
    refuted: dict[str, str] = field(default_factory=dict)


def weigh(mentions: list[Mention], region: Division, local: bool) -> Evidence:
    """The conclusion from all mentions of a text; `local`: its medium is local.

    Mentions of field `media` are names in the medium's own name: they say which namesake is meant, no more.
    """
    settled = _settle(mentions)
    piles = _Piles(region)
    for mention in settled:
        if mention.field != "media":
            _pile(piles, mention)
    _promote(piles, settled, local)
    return _conclude(piles, local)


def _under(parent: Mention, child: Claim) -> bool:
    return any(child.code.startswith(c.code) and c.code != child.code for c in parent.claims)


def _settle(mentions: list[Mention]) -> list[Mention]:
    """石家庄新华区: the name just before decides which 新华区; 信阳衡水高中 is a school in 信阳."""
    out: list[Mention] = []
    for mention in mentions:
        last = out[-1] if out else None
        if last and _is_campus_of(last, mention):
            out[-1] = last.acting("brand")
            out.append(mention)
            continue
        out.append(_beside(last, mention) if last and _adjacent(last, mention) else mention)
    return out


def _is_campus_of(last: Mention, mention: Mention) -> bool:
    """北京大学深圳医院 is in Shenzhen."""
    near = last.field == mention.field and 0 <= mention.start - last.end <= 3
    landmark = all(c.kind in ("landmark", "shared") for c in last.claims)
    return near and landmark and is_campus(mention.after)


def _adjacent(last: Mention, mention: Mention) -> bool:
    gap = (
        mention.before[len(mention.before) - (mention.start - last.end) :] if mention.start > last.end else ""
    )
    return last.field == mention.field and 0 <= mention.start - last.end <= 1 and gap in _SEPARATORS


def _beside(last: Mention, mention: Mention) -> Mention:
    if _put_elsewhere(last, mention):
        return mention.acting("brand")
    under = [c for c in mention.claims if _under(last, c)]
    province = [c for c in mention.claims if len(c.code) == 2 and c.kind == "short"]
    if under and not province:
        return mention.settled(*(replace(c, kind=_firm(c)) for c in under))
    related = under or any(p.code.startswith(c.code) for p in last.claims for c in mention.claims)
    if not related and last.end == mention.start and is_branch(mention.after):
        return mention.acting("brand")
    return mention


def _put_elsewhere(last: Mention, mention: Mention) -> bool:
    """邯郸骆家庄: a name given for a place inside ours, here said to be in another's."""
    given = all(c.kind == "alias" and len(c.code) >= 6 for c in mention.claims)
    firm = [p for p in last.claims if p.kind in TRUSTED]
    return given and bool(firm) and all(_apart(p.code, c.code) for p in firm for c in mention.claims)


def _apart(a: str, b: str) -> bool:
    return not (a.startswith(b) or b.startswith(a))


def _firm(claim: Claim) -> Kind:
    return claim.kind if claim.kind == "mark" else "full"


def _pile(piles: _Piles, mention: Mention) -> None:
    code = piles.region.code
    ours = [c for c in mention.claims if c.code.startswith(code)]
    above = [c for c in mention.claims if code.startswith(c.code) and c.code != code]
    rivals = [c for c in mention.claims if c not in ours and c not in above]
    if ours:
        certain = any(c.kind in TRUSTED for c in ours) and not _contested(ours, rivals)
        (piles.own if certain and mention.role != "road" else piles.doubtful).append(mention)
    elif above:
        if any(c.kind != "shared" for c in above):
            piles.superior.append(mention)
    elif any(c.kind in TRUSTED for c in rivals):
        piles.others.append(mention)


def _contested(ours: list[Claim], rivals: list[Claim]) -> bool:
    """Whether another place has as good a claim: no lower in rank, and to a name that stands by itself."""
    rank = min(len(c.code) for c in ours if c.kind in TRUSTED)
    trusted = [c for c in rivals if c.kind in TRUSTED and c.kind != "group"]
    return any(len(c.code) <= rank for c in trusted)


def _promote(piles: _Piles, mentions: list[Mention], local: bool) -> None:
    """Doubtful names become ours when something that only fits ours stands in the same text."""
    kept: list[Mention] = []
    for mention in piles.doubtful:
        if _is_road_of_ours(piles, mention, mentions):
            piles.own.append(mention.acting(""))
        elif _supported(piles, mention, mentions, local):
            piles.own.append(mention)
        else:
            kept.append(mention)
    piles.doubtful = kept


def _supported(piles: _Piles, mention: Mention, mentions: list[Mention], local: bool) -> bool:
    if mention.role == "road":
        return False
    if mention.claims[0].kind == "mark":
        return not piles.others
    code = piles.region.code
    ours = [c for c in mention.claims if c.code.startswith(code)]
    rivals = [c for c in mention.claims if not c.code.startswith(code)]
    around = [m for m in mentions if m is not mention]
    against = _speaks_for(around, rivals, ours)
    if against:
        piles.refuted[mention.word] = against.word
        return False
    if local or _speaks_for(around, ours, rivals) is not None:
        return True
    return _alone_with_authority(piles, mention, rivals)


def _is_road_of_ours(piles: _Piles, mention: Mention, mentions: list[Mention]) -> bool:
    """石家庄联盟西路: a name given for a place inside ours, in a road's name, right after our city's."""
    region = piles.region
    given = mention.word not in (region.name, region.short) and any(
        c.code == region.code for c in mention.claims
    )
    if mention.role != "road" or len(region.code) < 6 or not given:
        return False
    return any(
        region.code.startswith(c.code)
        for m in mentions
        if m.field == mention.field and m.end == mention.start
        for c in m.claims
    )


def _speaks_for(around: list[Mention], these: list[Claim], those: list[Claim]) -> Mention | None:
    """Another name that is a superior or a sister of these claims, and of none of those."""
    return next((m for m in around if _kin(m, these) and not _kin(m, those)), None)


def _kin(mention: Mention, claims: list[Claim]) -> bool:
    return any(_related(m, c) for m in mention.claims for c in claims)


def _related(m: Claim, c: Claim) -> bool:
    """A superior; itself under another name; or a sister under the same city."""
    if m.kind == "word" or m.code == OVERSEAS:
        return False
    if c.code.startswith(m.code):
        return m.code != c.code or m.kind in TRUSTED
    return len(m.code) >= 6 and len(c.code) >= 6 and m.code[:4] == c.code[:4]


def _alone_with_authority(piles: _Piles, mention: Mention, rivals: list[Claim]) -> bool:
    """大厂警方, 和平一小区: an ordinary word used as a place, where nobody else has a claim."""
    word = any(c.kind in ("word", "shared") for c in mention.claims)
    return word and not rivals and not piles.others and bool(_AUTHORITY.match(mention.after))


def _conclude(piles: _Piles, local: bool) -> Evidence:
    scenes = [m for m in piles.others if m.role in ("", "shop", "origin") and _is_scene(m)]
    live = [m for m in piles.own if _live(m, piles, scenes)]
    if live:
        return _subject(piles, live)
    if piles.own:
        return _demoted(piles, local)
    if piles.doubtful:
        return _doubtful(piles)
    return _elsewhere(piles, local)


def _is_scene(mention: Mention) -> bool:
    """三亚一游客 is in Sanya; 三亚游客 is from there."""
    if mention.role == "origin":
        return mention.after[:1] in _COUNTED
    return is_scene(mention.before, mention.after)


def _live(mention: Mention, piles: _Piles, scenes: list[Mention]) -> bool:
    if mention.role == "origin":
        if mention.after[:1] in _COUNTED:  # 杭州一男子 is in Hangzhou, unless said outright to be elsewhere
            return not any(is_plainly_there(m.before) for m in scenes)
        return not scenes and not _goes_on_elsewhere(mention, piles)
    if mention.role == "shop":
        return not piles.others
    return mention.role == ""


def _goes_on_elsewhere(origin: Mention, piles: _Piles) -> bool:
    """成都夫妻自驾西藏翻车: after the person's origin the same sentence names the scene."""
    return any(m.field == origin.field and m.role == "" and m.start > origin.end for m in piles.others)


def _subject(piles: _Piles, live: list[Mention]) -> Evidence:
    """A name in the title or the lead is the subject; one in passing in a long body is not."""
    name = piles.region.name
    leading = [m for m in live if m.field == "title" or m.start < _LEAD]
    others = {m.word for m in piles.others if m.role == ""}
    titled = [m for m in piles.others if m.field == "title" and m.role == ""]
    if any(m.field == "title" for m in live) or (leading and not titled):
        return Evidence("yes", (f"{_where(live[0])}提到{name}的“{live[0].word}”",), tuple(live))
    if len(live) >= 2 and len(live) * 2 >= len(others):
        return Evidence("yes", (f"正文多次提到{name}的“{live[0].word}”",), tuple(live))
    if others:
        why = f"“{live[0].word}”只在正文中顺带提到，文中主要是{'、'.join(sorted(others)[:3])}"
        return Evidence("no", (why,), tuple(live))
    return Evidence("unsure", (f"“{live[0].word}”只在正文后部提到",), tuple(live))


def _where(mention: Mention) -> str:
    return "标题" if mention.field == "title" else "正文"


_OPEN = ("team", "product")
_REASONS = {
    "leaving": "“{}”是离开的地方",
    "admitted": "“{}”只是当事人就读的学校",
    "compare": "“{}”只用来比较",
    "product": "“{}”只是产品名的一部分",
    "shop": "“{}”只是店名的一部分",
    "team": "“{}”是队名的一部分",
    "club": "“{}”是俱乐部名的一部分",
    "company": "“{}”是企业名的一部分",
    "road": "“{}”是路名的一部分",
    "brand": "“{}”是别处学校或单位名的一部分",
    "media": "“{}”是媒体名的一部分",
}


def _demoted(piles: _Piles, local: bool) -> Evidence:
    """Names of ours, none of them the scene."""
    mention = piles.own[0]
    others = [m for m in piles.others if m.role == ""]
    if mention.role == "origin":
        where = others[0].word if others else "别处"
        return Evidence("no", (f"“{mention.word}”只是当事人的来处，事在{where}",), tuple(piles.own))
    open_question = mention.role in ("company", "media") or (
        mention.role in ("team", "product") and not others
    )
    decision: InPlace = "unsure" if open_question or local else "no"
    return Evidence(decision, (_REASONS[mention.role].format(mention.word),), tuple(piles.own))


def _doubtful(piles: _Piles) -> Evidence:
    mention = piles.doubtful[0]
    if mention.role == "road":
        return Evidence("no", (_REASONS["road"].format(mention.word),))
    if mention.word in piles.refuted:
        return Evidence("no", (f"“{mention.word}”与{piles.refuted[mention.word]}同现，是别处的同名地",))
    if piles.others:
        return Evidence("no", (f"“{mention.word}”没有本地佐证，文中另有{piles.others[0].word}",))
    if mention.word != piles.region.name and _all_ordinary(piles):
        return Evidence("no", (f"“{mention.word}”也是常用词，没有本地佐证",))
    return Evidence("unsure", (f"“{mention.word}”不止一处，没有本地佐证",), tuple(piles.doubtful))


def _all_ordinary(piles: _Piles) -> bool:
    """Whether every doubtful name is an ordinary word or a shared one, as far as it could be ours."""
    code = piles.region.code
    return all(
        c.kind in ("word", "shared") for m in piles.doubtful for c in m.claims if c.code.startswith(code)
    )


def _elsewhere(piles: _Piles, local: bool) -> Evidence:
    others = [m for m in piles.others if m.role in ("", "origin")]
    if others:
        return Evidence(
            "no", (f"文中地名是{'、'.join(dict.fromkeys(m.word for m in others[:3]))}，不在本地",)
        )
    nearest = [m for m in piles.superior if any(len(c.code) == len(piles.region.code) - 2 for c in m.claims)]
    if nearest and len(piles.region.code) == 6:
        return Evidence("unsure", (f"只提到上级“{nearest[0].word}”，不能确定在{piles.region.name}",))
    if local:
        return Evidence("unsure", ("文中没有确定的本地地名，但来源是本地媒体",))
    return Evidence("no", ("文中没有确定的本地地名",))
