"""What has changed enough about an incident to tell somebody again. Pure; never a timer."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

LEVELS = {1: "Ⅰ级", 2: "Ⅱ级", 3: "Ⅲ级", 4: "Ⅳ级"}
RANKS = {0: "网民发布", 1: "本地媒体", 2: "市级或区县级媒体", 3: "省级媒体", 4: "中央媒体"}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What people were last told of an incident. `rank` 0 (no medium) to 4 (central media).

    `suggested`: the level the rules suggest, which may be graver than the one a person confirmed.
    """

    level: int
    documents: int
    rank: int = 0
    responded: bool = False
    confirmed: bool = False
    suggested: int = 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Snapshot:
        """From what a round stored; unknown keys are somebody else's."""
        return cls(**{name: stored[name] for name in cls.__dataclass_fields__ if name in stored})


@dataclass(frozen=True, slots=True)
class Change:
    """One reason to tell again. `grave`: the escalation starts anew; else those who know are updated."""

    kind: str  # level suggested spread medium response
    why: str
    grave: bool = False


def changes(before: Snapshot, after: Snapshot, *, factor: float = 3.0, least: int = 10) -> tuple[Change, ...]:
    """Why the incident is worth another message; empty when nothing changed that matters."""
    found = []
    if after.level < before.level:
        why = f"等级由{LEVELS[before.level]}升为{LEVELS[after.level]}"
        found.append(Change("level", why, grave=True))
    elif 0 < after.suggested < min(before.suggested or before.level, after.level):
        why = f"已确认{LEVELS[after.level]}，系统建议升为{LEVELS[after.suggested]}，请重新确认"
        found.append(Change("suggested", why, grave=True))
    if after.documents >= max(least, before.documents * factor):
        found.append(Change("spread", f"相关信息由{before.documents}条增至{after.documents}条"))
    if after.rank > before.rank and after.rank >= 2:
        found.append(Change("medium", f"{RANKS[after.rank]}首次报道"))
    if after.responded and not before.responded:
        found.append(Change("response", "官方首次回应已发布"))
    return tuple(found)
