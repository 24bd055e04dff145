"""Is this an office's own answer or announcement, or a citizen speaking? Signs for and against, each named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from rules.verdict import Text

_SIGNS = Path(__file__).parent / "lexicons" / "official.yaml"
_THRESHOLD = 2.4


@dataclass(frozen=True, slots=True)
class _Sign:
    name: str
    where: str
    pattern: re.Pattern[str]
    weight: float
    within: int

    def found(self, text: Text) -> bool:
        if self.where == "title":
            return bool(self.pattern.search(text.title[: self.within]))
        return bool(self.pattern.search(text.text[: self.within]))


@cache
def _signs() -> tuple[_Sign, ...]:
    rows = yaml.load(_SIGNS.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return tuple(
        _Sign(r["name"], r["where"], re.compile(r["pattern"]), r["weight"], r.get("within", 6000))
        for r in rows
    )


def is_official_response(text: Text) -> tuple[bool, tuple[str, ...]]:
    """Whether an office answers or announces here, with the signs for it (or, when not, against it).

    A title alone suffices when it says that an office answered; a body counts by its own words.
    """
    found = [s for s in _signs() if s.found(text)]
    official = sum(s.weight for s in found) >= _THRESHOLD
    why = tuple(s.name for s in found if (s.weight > 0) == official)
    return official, why
