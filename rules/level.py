"""The suggested level, Ⅰ (1) to Ⅳ (4), with each condition that led to it (DOMAIN.md §2.4).

It is the gravest of what the nature of the event asks for; a person confirms it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

ROMAN = {1: "Ⅰ", 2: "Ⅱ", 3: "Ⅲ", 4: "Ⅳ"}
_READ = 2000  # characters of a text in which casualties are looked for


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From how many people on a level applies. All of them are for the using office to confirm."""

    deaths: tuple[int, int, int] = (30, 10, 1)
    missing: tuple[int, int, int] = (30, 10, 3)
    injured: tuple[int, int, int] = (100, 50, 3)
    trapped: tuple[int, int, int] = (100, 30, 10)
    ill: tuple[int, int, int] = (300, 100, 3)
    crowd: tuple[int, int, int] = (1000, 300, 30)
    words: dict[int, tuple[str, ...]] = field(default_factory=dict)
    central_media: tuple[str, ...] = ()
    provincial_media: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Toll:
    """People counted in a text; a person without a number counts as one."""

    deaths: int = 0
    missing: int = 0
    injured: int = 0
    trapped: int = 0
    ill: int = 0
    crowd: int = 0


_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_VAGUE = {
    "数十": 30, "几十": 30, "数百": 300, "几百": 300, "数千": 3000, "上百": 100, "上千": 1000, "近百": 90,
    "近千": 900, "成百": 100, "成千": 1000, "百余": 100, "十余": 11, "十几": 13, "十多": 11, "数": 3, "几": 3,
    "多": 3, "若干": 3, "大批": 30, "大量": 30,
}  # fmt: skip
_NUMBER = (
    r"(?:\d[\d,]{0,8}|[数几]?[一二两三四五六七八九十百千万]{1,7}|上[百千]|近[百千]|成[百千]"
    r"|数|几|多|若干|大批|大量)"
)
_COUNT = rf"(?P<n>{_NUMBER})[余多几]?"
_PEOPLE = (
    r"(?:个|名|位)?(?:(?:男|女|中|小|大|幼|学)?"
    r"(?:人|生|童|孩子|儿童|工人|学生|业主|居民|村民|群众|游客|乘客|市民|家长|老人|师生|同学|职工|顾客))?"
)
_DEAD = r"(?:死亡|遇难|身亡|丧生|罹难|溺亡|坠亡|殉职|不幸离世|死)(?!者|因|罪|刑|角|机|磕|忠|于)"
_HURT = r"(?:受伤|重伤|轻伤|烧伤|受轻伤|受重伤|伤)(?!害|心|感|员)"
_LOST = r"(?:失联|失踪|下落不明)"
_CAUGHT = r"(?:被困|受困|倒悬|滞留)"
_SICK = r"(?:中毒|腹泻|呕吐|发热|发烧|感染|流鼻血|确诊|住院|送医|不适|过敏)"
_GATHER = r"(?:聚集|维权|讨薪|堵门|堵路|上访|围堵|集体|拉横幅|投诉)"


_ANY_HARM = "(?:死|亡|遇难|身亡|受伤|重伤|轻伤|失联|失踪|被困|中毒)"


def _patterns(word: str) -> tuple[re.Pattern[str], ...]:
    return (
        re.compile(rf"{_COUNT}{_PEOPLE}(?:已|当场|不幸|全部|疑似|均|出现|被|因)?{word}"),
        re.compile(
            rf"{word}(?:的)?(?:人数)?(?:已|达|升至|增至|至|超|约|为|了|到){{0,3}}{_COUNT}(?:人|名|例)(?!{_ANY_HARM})"
        ),
        re.compile(rf"致{_COUNT}{_PEOPLE}{word}"),
    )


_COUNTED = {
    "deaths": _patterns(_DEAD), "missing": _patterns(_LOST), "injured": _patterns(_HURT),
    "trapped": _patterns(_CAUGHT), "ill": _patterns(_SICK), "crowd": _patterns(_GATHER),
}  # fmt: skip
# One of these stands in every match of a kind: most texts are spared its expressions.
_SIGNS = {
    "deaths": "死亡难生罹殉离", "missing": "失下", "injured": "伤", "trapped": "困悬滞",
    "ill": "毒泻吐热烧染血诊院医适敏", "crowd": "聚维讨堵上围集拉投",
}  # fmt: skip
_UNCOUNTED_DEATH = re.compile(
    r"死亡|遇难|身亡|丧生|溺亡|坠亡|猝死|尸体|遗体|殒命|离世|[致已]死(?!角|机)|死者"
)
_NOBODY = re.compile(
    r"(?:无|没有|未造成|未发生|未有|暂无|尚无|未接到|未收到|没造成)(?:任何|有|发现|造成|发生|人|人员|直接|相关){0,3}"
    r"(?:伤亡|受伤|死亡|被困|人员伤亡|伤者)|零伤亡|0伤亡"
)
_NAMES = {
    "deaths": "死亡",
    "missing": "失联",
    "injured": "受伤",
    "trapped": "被困",
    "ill": "患病或不适",
    "crowd": "聚集",
}


def number(text: str) -> int:
    """A count as written: 3, 1,200, 三十二, 数十, 上百, 十余. Vague ones are taken low."""
    bare = text.replace(",", "").rstrip("余多几")
    if bare.isdigit():
        return int(bare)
    if text in _VAGUE or bare in _VAGUE:
        return _VAGUE.get(text, _VAGUE.get(bare, 1))
    return _chinese(bare.lstrip("数几上近成")) or 1


def _chinese(text: str) -> int:
    total, part = 0, 0
    for char in text:
        if char in _DIGITS:
            part = part * 10 + _DIGITS[char] if part and total == 0 and part < 10 else _DIGITS[char]
        elif char == "万":
            total, part = (total + part or 1) * _SCALES[char], 0
        elif char in _SCALES:
            total, part = total + (part or 1) * _SCALES[char], 0
        else:
            return 0
    return total + part


def toll(text: str) -> Toll:
    """Who came to harm, by the numbers in a text; `no casualties` is understood."""
    head = _NOBODY.sub("", text[:_READ])
    characters = set(head)
    counts = {
        kind: 0 if characters.isdisjoint(_SIGNS[kind]) else _most(patterns, head)
        for kind, patterns in _COUNTED.items()
    }
    if counts["deaths"] == 0 and _UNCOUNTED_DEATH.search(head):
        counts["deaths"] = 1
    return Toll(**counts)


def _most(patterns: Iterable[re.Pattern[str]], text: str) -> int:
    return max((number(m["n"]) for p in patterns for m in p.finditer(text)), default=0)


def suggest(
    text: str,
    asked: Sequence[tuple[int, str]],
    *,
    media: str | None = None,
    thresholds: Thresholds | None = None,
) -> tuple[int, tuple[str, ...]]:
    """The level of an incident and the conditions met. `asked`: levels that rules ask for, named."""
    limits = thresholds or Thresholds()
    met = [*_by_toll(toll(text), limits), *_by_words(text, limits), *asked, *_by_media(media, limits)]
    level = min((n for n, _ in met), default=4)
    reasons = tuple(dict.fromkeys(why for n, why in met if n == level))
    return level, tuple(f"建议{ROMAN[level]}级：{why}" for why in reasons or ("未触发更高等级的条件",))


def _by_toll(found: Toll, limits: Thresholds) -> list[tuple[int, str]]:
    met = []
    for kind, name in _NAMES.items():
        people = getattr(found, kind)
        for level, least in enumerate(getattr(limits, kind), start=1):
            if people >= least:
                met.append((level, f"{name} {people} 人（标准 {least} 人以上）"))
                break
    both = found.deaths + found.missing
    if found.missing and found.deaths and both >= limits.deaths[1]:
        met.append((1 if both >= limits.deaths[0] else 2, f"死亡和失联共 {both} 人"))
    return met


def _by_words(text: str, limits: Thresholds) -> list[tuple[int, str]]:
    return [
        (level, f"出现“{word}”")
        for level, words in limits.words.items()
        for word in words
        if word in text[:_READ]
    ]


def _by_media(media: str | None, limits: Thresholds) -> list[tuple[int, str]]:
    if not media:
        return []
    if any(name in media for name in limits.central_media):
        return [(1, f"中央媒体报道（{media}）")]
    if any(name in media for name in limits.provincial_media):
        return [(2, f"省级媒体报道（{media}）")]
    return []
