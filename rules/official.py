"""Is this an office's own answer or announcement, or a citizen speaking? Signs for and against, named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from rules.places_names import national_table
from rules.verdict import Text

_SIGNS = Path(__file__).parent / "lexicons" / "official.yaml"
_THRESHOLD = 2.4
_ANSWER = 3.0
_LONGEST = 6000

_ANSWERS = re.compile(
    r"(?:^|[，。？！：:；、\s”」｜|])(?P<who>[一-鿿]{2,14}?)(?:就[^，。？！]{2,16})?(?:最新|紧急|再次|深夜|首次|多次|连夜)?"
    r"(?:回应|通报|辟谣|致歉|道歉|核查|介入调查)"
)
_OFFICE = re.compile(
    r"(?:[省市区县镇乡村州旗局委办厅院校站馆队部处所]|官方|校方|警方|院方|园方|公安|交警|政府|部门|街道|社区|纪委|消防|水务|供电|燃气|"
    r"学校|中学|小学|大学|幼儿园|医院|地铁|机场|景区|铁路|法院|检察院|公园|动物园|当地|有关方面|多方|热线|环境局|网信|文旅|教育|"
    r"疾控|应急|城管|住建|市监)$"
)


@dataclass(frozen=True, slots=True)
class _Sign:
    name: str
    where: str
    bare: bool
    pattern: re.Pattern[str]
    weight: float
    part: slice
    needs: tuple[str, ...]

    def found(self, text: Text) -> bool:
        if self.bare and text.text:
            return False
        whole = text.text if self.where == "text" else text.title
        part = whole[self.part]  # first of all: a text may be enormous
        if not part or (self.needs and not any(word in part for word in self.needs)):
            return False
        return self.pattern.search(part) is not None


@cache
def _signs() -> tuple[_Sign, ...]:
    rows = yaml.load(_SIGNS.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return tuple(_sign(row) for row in rows)


def _sign(row: dict[str, Any]) -> _Sign:
    part = slice(-row["tail"], None) if "tail" in row else slice(row.get("within", _LONGEST))
    needs = tuple(row.get("needs", "").split())
    pattern = re.compile(row["pattern"])
    return _Sign(row["name"], row["where"], row.get("bare", False), pattern, row["weight"], part, needs)


def is_official_response(text: Text) -> tuple[bool, tuple[str, ...]]:
    """Whether an office answers or announces here, with the signs for it, or those that outweighed them.

    A headline suffices when it says that an office answered; a body counts by its own words.
    """
    found = [(s.name, s.weight) for s in _signs() if s.weight > 0 and s.found(text)]
    office = _answering_office(text.title[:_LONGEST])
    if office:
        found.append((f"标题说“{office}”作了回应", _ANSWER))
    speaks_for = sum(weight for _, weight in found)
    if speaks_for < _THRESHOLD:
        return False, ()
    against = [s for s in _signs() if s.weight < 0 and s.found(text)]
    if speaks_for + sum(s.weight for s in against) < _THRESHOLD:
        return False, tuple(s.name for s in against)
    return True, tuple(name for name, _ in found)


def _answering_office(title: str) -> str | None:
    """Who answers in the headline, if it is an office, a public institution or a place."""
    for match in _ANSWERS.finditer(title):
        who = match["who"]
        if _OFFICE.search(who) or national_table().get(who):
            return who
    return None
