"""The invented headlines of headlines.txt: half to tune rules and weights on, half to report."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FILE = Path(__file__).with_name("headlines.txt")
Half = Literal["tune", "report"]


@dataclass(frozen=True, slots=True)
class Headline:
    """One headline and what a reader says of it; `topics`, numbers of topics, are empty where it is calm."""

    title: str
    region: str
    in_place: bool
    topics: tuple[str, ...]
    level: int | None

    @property
    def incident(self) -> bool:
        """Whether it tells of one."""
        return bool(self.topics)

    @property
    def half(self) -> Half:
        """By the title's digest, so that a new headline moves no other."""
        return "tune" if hashlib.sha256(self.title.encode()).digest()[0] % 2 else "report"


def headlines(half: Half | None = None) -> list[Headline]:
    """All, or one half."""
    return [one for one in _read() if half in (None, one.half)]


def _read() -> Iterator[Headline]:
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        region, topics, level, title = line.split("|", 3)
        yield Headline(
            title,
            region.lstrip("!"),
            not region.startswith("!"),
            tuple(topics.split("/")) if topics != "-" else (),
            int(level) if level != "-" else None,
        )
