"""The rank of a medium by its name: 4 central, 3 provincial, 2 municipal, else 0. Data: outlets.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import yaml


@cache
def _lists() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    facts = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return tuple(facts["central"]), tuple(facts["provincial"]), tuple(facts["municipal_endings"])


@cache
def rank(medium: str) -> int:
    """How high a medium stands; 0 for people's accounts, forums and what is not known."""
    central, provincial, endings = _lists()
    if any(name in medium for name in central):
        return 4
    if any(name in medium for name in provincial):
        return 3
    return 2 if medium.endswith(endings) else 0


def highest(media: Iterable[str | None]) -> int:
    """The highest rank among them, 0 for none."""
    return max((rank(name) for name in media if name), default=0)
