"""Levels of an incident: what spread and media suggest (DOMAIN.md §2.4), and who may change what.

Level = the gravest of what its nature, its spread and its media suggest. Rules suggest and may only raise;
a person confirms, and alone may lower, with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from monitor.errors import CaifengError

NUMERALS = {1: "Ⅰ", 2: "Ⅱ", 3: "Ⅲ", 4: "Ⅳ"}
NAMES = {1: "特别重大", 2: "重大", 3: "较大", 4: "一般"}
RANKS = {4: "中央", 3: "省级", 2: "市级", 1: "本地"}
COLOURS = {1: "红色", 2: "橙色", 3: "黄色", 4: "蓝色"}


class NeedsReason(CaifengError):
    """Lowering a level, dismissing or closing without saying why."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}须写明理由")


def full_name(level: int) -> str:
    """Ⅱ级（重大）"""
    return f"{NUMERALS[level]}级（{NAMES[level]}）"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """One level's figures within 24 hours; any one reached suggests it. None: not used at this level."""

    level: int
    views: int | None = None
    reactions: int | None = None  # comments and reposts of one page
    platforms: int | None = None
    growth: float | None = None  # posts of the last 3 h ÷ the 3 h before
    rank: int | None = None  # rank of the highest medium, 4 central … 1 local


DEFAULT_THRESHOLDS: tuple[Thresholds, ...] = (
    Thresholds(1, views=1_000_000, reactions=10_000, rank=4),
    Thresholds(2, views=100_000, reactions=1_000, growth=3.0, rank=3),
    Thresholds(3, views=10_000, reactions=100, platforms=2, rank=2),
)


@dataclass(frozen=True, slots=True)
class Spread:
    """How far an incident has gone: the largest page's figures, and growth against three hours before."""

    documents: int
    platforms: int
    views: int = 0
    reactions: int = 0
    growth: float | None = None
    rank: int = 0
    medium: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A level with the conditions that made it, in Chinese."""

    level: int
    why: tuple[str, ...]


def suggest(
    nature: int, why: Iterable[str], spread: Spread, thresholds: Iterable[Thresholds] = DEFAULT_THRESHOLDS
) -> Suggestion:
    """The level suggested now. `nature` is the gravest level the rules gave one of its documents."""
    level, reasons = nature, list(why)
    for row in thresholds:
        if row.level < level and (met := _met(row, spread)):
            level, reasons = row.level, met + reasons
    return Suggestion(level, tuple(reasons))


def _met(row: Thresholds, spread: Spread) -> list[str]:
    """Which of a level's conditions the spread meets."""
    found = []
    if row.views is not None and spread.views >= row.views:
        found.append(f"单条浏览{spread.views}次，达到{row.views}次")
    if row.reactions is not None and spread.reactions >= row.reactions:
        found.append(f"单条转评{spread.reactions}次，达到{row.reactions}次")
    if row.platforms is not None and spread.platforms >= row.platforms and spread.documents >= 5:
        found.append(f"涉及{spread.platforms}个平台，达到{row.platforms}个")
    if (
        row.growth is not None
        and spread.growth is not None
        and spread.growth >= row.growth
        and spread.documents >= 30
    ):
        found.append(f"近3小时信息量为此前的{spread.growth:.1f}倍，达到{row.growth:g}倍")
    if row.rank is not None and spread.rank >= row.rank:
        found.append(
            f"{ {4: '中央', 3: '省级', 2: '市级'}[row.rank] }媒体已报道"
            + (f"（{spread.medium}）" if spread.medium else "")
        )
    return found


def effective(suggested: int, confirmed: int | None) -> int:
    """The level everything follows: the confirmed one, else the suggested one."""
    return confirmed if confirmed is not None else suggested


def checked_change(current: int | None, wanted: int, why: str) -> None:
    """Refuse a level that does not exist, and one that lowers without a reason."""
    if wanted not in NUMERALS:
        raise CaifengError(f"没有第{wanted}级，只有Ⅰ级（1）至Ⅳ级（4）")
    if current is not None and wanted > current and not why.strip():
        raise NeedsReason(f"由{full_name(current)}降为{full_name(wanted)}")
