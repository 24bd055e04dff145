"""How official Chinese writes dates, levels, counts and enumerations (DOMAIN.md §3.3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from alerts.facts import Claim, FirstPost, Spread

BEIJING = ZoneInfo("Asia/Shanghai")
NUMERALS = "一二三四五六七八九十"
LEVELS = {1: "Ⅰ级（特别重大）", 2: "Ⅱ级（重大）", 3: "Ⅲ级（较大）", 4: "Ⅳ级（一般）"}
COLOURS = {1: "红色", 2: "橙色", 3: "黄色", 4: "蓝色"}
STEMS = "甲乙丙丁戊己庚辛壬癸"


def day(moment: datetime | date) -> str:
    """2026年9月1日"""
    at = moment.astimezone(BEIJING) if isinstance(moment, datetime) else moment
    return f"{at.year}年{at.month}月{at.day}日"


def day_of(moment: datetime) -> date:
    """The calendar day in China."""
    return moment.astimezone(BEIJING).date()


def clock(moment: datetime, *, year: bool = False) -> str:
    """9月1日8时05分, or with the year."""
    at = moment.astimezone(BEIJING)
    minute = f"{at.minute:02d}分" if at.minute else ""
    head = f"{at.year}年" if year else ""
    return f"{head}{at.month}月{at.day}日{at.hour}时{minute}"


def numeral(number: int) -> str:
    """一 … 九十九"""
    tens, ones = divmod(number, 10)
    if not tens:
        return NUMERALS[ones - 1]
    return ("" if tens == 1 else NUMERALS[tens - 1]) + "十" + (NUMERALS[ones - 1] if ones else "")


def period(since: datetime, until: datetime) -> str:
    """2026年8月31日至9月6日 for whole days, one day by its date; with the hour where it is not midnight."""
    first, last = since.astimezone(BEIJING), until.astimezone(BEIJING)
    if (first.hour, first.minute, last.hour, last.minute) != (0, 0, 0, 0):
        return f"{clock(first, year=True)}至{clock(last)}"
    last -= timedelta(days=1)
    if first.date() >= last.date():
        return day(first)
    year = "" if first.year == last.year else f"{last.year}年"
    return f"{day(first)}至{year}{last.month}月{last.day}日"


def listed(parts: Iterable[str]) -> str:
    """甲、乙、丙"""
    return "、".join(part for part in parts if part)


def sentence(text: str) -> str:
    """Text closed by a full stop, once."""
    text = text.strip()
    return text if not text or text[-1] in "。！？…）”" else text.rstrip("；，、;,.") + "。"


def masked(index: int) -> str:
    """网民甲 … 网民癸, then 网民11."""
    return f"网民{STEMS[index]}" if index < len(STEMS) else f"网民{index + 1}"


def span(seconds: float) -> str:
    """3天2小时5分"""
    minutes = int(seconds // 60)
    parts = ((minutes // 1440, "天"), (minutes % 1440 // 60, "小时"), (minutes % 60, "分"))
    return "".join(f"{value}{unit}" for value, unit in parts if value) or "不足1分钟"


def author(first: FirstPost) -> str:
    """媒体、单位署名；个人一律“网民甲”。"""
    if first.author_kind == "person" or not first.author:
        return "“网民甲”"
    return "" if first.author == first.platform else f"“{first.author}”"


def first_words(origin: str, noted_at: datetime, first: FirstPost | None, claim: Claim, brief: str) -> str:
    """The opening of §3.3: 经监测（据……线索），×月×日×时×分，××平台用户“××”发布信息，反映……"""
    source = "经监测" if origin == "网络监测" else f"据{origin}线索"
    brief = sentence(brief)
    if first is None or not first.platform:
        return f"{source}，{clock(noted_at)}，有群众{claim}：{brief}"
    at = clock(first.posted_at) if first.posted_at else f"截至{clock(noted_at)}"
    role = "用户" if first.author_kind == "person" else ""
    return f"{source}，{at}，{first.platform}{role}{author(first)}发布信息，{claim}：{brief}"


def counts(spread: Spread) -> str:
    """截至×月×日×时，相关信息×条，浏览×次、评论×条、转发×次。"""
    figures = listed(
        f"{name}{value}{unit}"
        for name, value, unit in (
            ("浏览", spread.views, "次"),
            ("评论", spread.comments, "条"),
            ("转发", spread.reposts, "次"),
            ("点赞", spread.likes, "次"),
        )
        if value is not None
    )
    where = f"涉及{spread.platforms}个平台，" if spread.platforms else ""
    tail = f"，{figures}" if figures else ""
    return f"截至{clock(spread.as_of)}，{where}相关信息{spread.documents}条{tail}。"


def movement(spread: Spread) -> str:
    """较上次统计上升25%，总体呈上升趋势。"""
    parts = []
    if spread.growth is not None:
        way = "上升" if spread.growth > 0 else "下降"
        size = f"{abs(spread.growth) * 100:.0f}%"
        parts.append(f"信息量较上次统计{way}{size}" if spread.growth else "信息量与上次统计持平")
    if spread.trend:
        parts.append(f"总体呈{spread.trend}态势" if spread.trend != "平稳" else "总体平稳")
    return sentence("，".join(parts))


def title_lines(title: str, widest: int = 20) -> list[str]:
    """A title in lines of even length (GB/T 9704: 梯形或菱形), broken where a word is likely to end."""
    count = -(-len(title) // widest)
    if count <= 1:
        return [title]
    target = -(-len(title) // count)
    near = sorted(range(max(target - 4, 2), min(target + 3, widest) + 1), key=lambda at: abs(at - target))
    at = next((at for at in near if _may_break(title[at - 1], title[at])), target)
    return [title[:at], *title_lines(title[at:], widest)]


def _may_break(before: str, after: str) -> bool:
    return (before in "，、；：的和与及）”》" or after in "（“《") and after not in "，、；：。）”》"
