"""Hand corrections of the learned mood for public affairs: what an office's language means, and what a cry for
help means, whatever the learned table makes of the words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).parent / "lexicons" / "affairs.yaml"


@dataclass(frozen=True, slots=True)
class Correction:
    """A pull on the learned mood: `polarity` towards positive (negative when below 0), `neutral` towards neutral."""

    polarity: float
    neutral: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Entry:
    pattern: re.Pattern[str]
    polarity: float
    neutral: float
    name: str


@cache
def _entries() -> tuple[_Entry, ...]:
    rows = yaml.load(_FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return tuple(
        _Entry(re.compile(r["pattern"]), r.get("polarity", 0.0), r.get("neutral", 0.0), r["name"]) for r in rows
    )


def corrections(text: str) -> tuple[Correction, ...]:
    """The corrections that apply to a text (its first 2,000 characters)."""
    head = text[:2000]
    found = ((e, e.pattern.search(head)) for e in _entries())
    return tuple(
        Correction(e.polarity, e.neutral, f"{e.name}：“{m.group()}”") for e, m in found if m is not None
    )
