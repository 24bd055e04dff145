"""Which platforms nobody listened to in a period, and why: a bulletin says it beside what was heard. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

COMMON: dict[str, tuple[str, ...]] = {
    "微博": ("微博",),
    "微信公众号": ("微信", "公众号"),
    "抖音": ("抖音",),
    "快手": ("快手",),
    "今日头条": ("头条",),
    "小红书": ("小红书",),
    "百度贴吧": ("贴吧",),
    "知乎": ("知乎",),
    "哔哩哔哩": ("哔哩", "B站", "bilibili"),
}
"""Where the public speaks, and the words a source's name shows it by."""
ABSENT, ONLY_BOARD, NOT_PUSHED, NOT_VISITED = "未接入", "只采热榜", "本期没有送达", "本期未采集"
_MOST = 30


@dataclass(frozen=True, slots=True)
class Heard:
    """One source in a period: for which platform it speaks, and whether anything came through.

    `superior` is a superior platform's delivery (the main road), `board` a hot list only, `trouble` the
    reason where it failed.
    """

    platform: str
    enabled: bool
    well: bool
    superior: bool = False
    board: bool = False
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A platform not covered, and why."""

    platform: str
    why: str


def gaps(heard: Sequence[Heard]) -> tuple[Gap, ...]:
    """Superior platforms first, then our own sources that failed, then the common platforms nobody covers.

    A superior platform that delivers listens to the common ones for us; a hot list shows what is hot in the
    country, not what is said of our place.
    """
    superior = _silent([one for one in heard if one.superior])
    own = _silent([one for one in heard if one.enabled and not one.superior])
    named = {gap.platform for gap in (*superior, *own)}
    common = () if any(one.superior and one.well for one in heard) else _common(heard)
    return (*superior, *own, *(gap for gap in common if gap.platform not in named))[:_MOST]


def _silent(heard: Iterable[Heard]) -> tuple[Gap, ...]:
    """Platforms of which no source was well."""
    by_name: dict[str, list[Heard]] = {}
    for one in heard:
        by_name.setdefault(one.platform, []).append(one)
    silent = {name: ones for name, ones in by_name.items() if not any(one.well for one in ones)}
    return tuple(Gap(name, _why(ones)) for name, ones in silent.items())


def _why(ones: Sequence[Heard]) -> str:
    tried = [one for one in ones if one.enabled]
    if not tried:
        return ABSENT
    return tried[0].trouble or (NOT_PUSHED if tried[0].superior else NOT_VISITED)


def _common(heard: Sequence[Heard]) -> tuple[Gap, ...]:
    found = []
    for name, words in COMMON.items():
        well = [one for one in heard if one.well and any(word in one.platform for word in words)]
        if all(one.board for one in well):
            found.append(Gap(name, ONLY_BOARD if well else ABSENT))
    return tuple(found)
