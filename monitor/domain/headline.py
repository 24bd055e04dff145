"""The clearest headline of an incident: place and matter, told by a medium, no cry for attention."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.domain.outlets import rank

LEAST, MOST = 10, 36  # characters of a headline that reads well
CLEARER = 1.0  # by how much another must be clearer before it takes the place of the present one
_CRY = re.compile(
    r"[!！]|速看|快看|震惊|太可怕|吓人|太惨|救命|家人们|有没有人|有谁知道|求助|求扩散|扩散|转发|网传|求证|听说|刚刚|突发"
    r"|怎么回事|什么情况|如何看待|惊呆|炸锅|曝光台|真的吗|谁懂|痛心"
)
_ASKS = re.compile(r"[?？]\s*$")
_TALK = frozenset({"forum", "lead"})


@dataclass(frozen=True, slots=True)
class Telling:
    """One document as a headline; `places` and `words` are what the rules found in it."""

    title: str
    medium: str | None
    kind: str
    places: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    official: bool = False


def clarity(telling: Telling) -> float:
    """How well a headline says what happened where; only to compare."""
    title = telling.title
    points = 2.0 * any(place in title for place in telling.places)
    points += 2.0 * any(word in title for word in telling.words)
    points += 0.5 * rank(telling.medium or "") + 0.5 * telling.official
    points -= 1.0 * (telling.kind in _TALK) + 1.0 * bool(_ASKS.search(title))
    points -= 1.0 * min(len(_CRY.findall(title)), 2)
    return points - 1.5 * (not LEAST <= len(title) <= MOST)


def clearest(tellings: Sequence[Telling], present: str) -> str:
    """The clearest of these headlines, the earliest among equals; the present one unless one is clearer."""
    told = [one for one in tellings if one.title.strip()]
    now = max((clarity(one) for one in told if one.title == present), default=None)
    best = max(told, key=clarity, default=None)
    if best is None or (now is not None and clarity(best) < now + CLEARER):
        return present
    return best.title
