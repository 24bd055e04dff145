"""Hand corrections of the learned mood for public affairs: what an office's language and what a cry for help
mean, whatever the learned table makes of the words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).parent / "lexicons" / "affairs.yaml"


@dataclass(frozen=True, slots=True)
class Correction:
    """A pull on the learned mood: `polarity` above 0 to positive, below to negative; `neutral` to neutral."""

    polarity: float
    neutral: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Entry:
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    polarity: float
    neutral: float
    name: str

    def found(self, text: str) -> re.Match[str] | None:
        match = self.pattern.search(text)
        return None if match and self.unless and self.unless.search(text) else match


@cache
def _entries() -> tuple[_Entry, ...]:
    rows = yaml.load(_FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return tuple(_entry(row) for row in rows)


def _entry(row: dict[str, Any]) -> _Entry:
    unless = re.compile(row["unless"]) if "unless" in row else None
    polarity = row.get("polarity", 0.0)
    neutral = row.get("neutral", -abs(polarity) if abs(polarity) >= 2 else 0.0)
    return _Entry(re.compile(row["pattern"]), unless, polarity, neutral, row["name"])


def corrections(text: str) -> tuple[Correction, ...]:
    """The corrections that apply to a text (its first 2,000 characters)."""
    head = text[:2000]
    found = ((e, e.found(head)) for e in _entries())
    return tuple(
        Correction(e.polarity, e.neutral, f"{e.name}：“{m.group()}”") for e, m in found if m is not None
    )
