"""Headlines to gather: real ones of the hot lists where they are, else composed from the rules' own examples.

A composed stream tells of happenings as people do: each is a sentence of some rule at some street, told once
or many times within two days, copied, shortened, with a question before it or a follow-up behind it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from benchmarks.shared import shared_data
from rules.pack import load, pack_files
from rules.places_divisions import Division, division, streets
from rules.sameness import Item

START = datetime(2026, 6, 1, tzinfo=UTC)
BEFORE = ("", "", "网传", "网友反映", "如何看待", "求助：", "刚刚，", "突发！", "有没有人知道")
BEHIND = (
    "",
    "",
    "，官方通报",
    "，最新进展来了",
    "，家属发声",
    "，现场视频曝光",
    "，原因正在调查",
    "？街道回应",
)
_STAMP = re.compile(r"(\d+)年(\d+)月(\d+)日_(\d+)时(\d+)分")
_ROW = re.compile(r"\s*\d+\. (?P<title>.+?)\s*(?:[\[(](?:URL|MOBILE|排名|热度)[:：].*)?$")


def hot(count: int) -> list[Item]:
    """Titles of the saved hot lists, each at its first appearance; none where the data are absent."""
    try:
        snapshots = sorted((shared_data() / "stream").glob("*.txt"))
    except SystemExit:
        return []
    first: dict[str, datetime] = {}
    for path in snapshots:
        for row in path.read_text("utf-8").splitlines():
            if found := _ROW.match(row):
                first.setdefault(found["title"], _stamp(path))
    return [Item(f"h{n}", title, at=at) for n, (title, at) in enumerate(first.items())][:count]


def _stamp(path: Path) -> datetime:
    found = _STAMP.search(path.name)
    assert found, path
    year, month, day, hour, minute = map(int, found.groups())
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def composed(count: int, per_day: int, seed: int = 1) -> Iterator[Item]:
    """A stream of so many a day; two in three tell of something told before."""
    chance, going = random.Random(seed), [_happening(random.Random(seed))]
    for n in range(count):
        if chance.random() < 1 / 3:
            going.append(_happening(chance))
            del going[: -2 * per_day // 3]
        told = going[-min(int(chance.paretovariate(0.6)), len(going))]
        yield Item(
            str(n), _telling(told, chance), at=START + timedelta(days=n / per_day), media=f"媒体{n % 40}"
        )


def _happening(chance: random.Random) -> str:
    street = chance.choice(_streets())
    above = division(street.code[:6])
    city = division(street.code[:4]) if chance.random() < 0.5 else above
    number = f"{chance.randint(2, 400)}"
    words = re.sub(r"\d+|[一二三四五六七八九十]+(?=[人名户天个])", number, chance.choice(_sentences()))
    return f"{city.name if city is not above else ''}{above.name}{street.name}{words}"


def _telling(told: str, chance: random.Random) -> str:
    if chance.random() < 0.3:
        return told
    cut = chance.randint(0, 6)
    return chance.choice(BEFORE) + told[cut if chance.random() < 0.5 else 0 :] + chance.choice(BEHIND)


@cache
def _sentences() -> list[str]:
    found = [sentence for rule in load(pack_files()).rules for sentence in (*rule.hits, *rule.misses)]
    return [sentence for sentence in found if 8 <= len(sentence) <= 60]


@cache
def _streets() -> list[Division]:
    return sorted(streets().values(), key=lambda street: street.code)
