"""How much a bare headline reads like those of incidents: a learned table of weights over pieces of text.

Rules know what they were told; a headline of a sort nobody thought of ("男子…遭驱赶 景区回应") is caught by
its wording. The table (lexicons/likeness.tsv) holds one weight per n-gram of one to three characters, learned
by logistic regression (tests/quality/learn_likeness.py names the data). It is evidence beside the rules, with
the pieces that weighed most as its reason, and it reads headlines only, never a page's text.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from pathlib import Path

TABLE = Path(__file__).parent / "lexicons" / "likeness.tsv"
LONGEST = 60  # characters of a headline
_WORTH_NAMING = -2.0  # log-odds below which nobody asks for the pieces
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Likeness:
    """The chance in [0, 1] that a headline tells of an incident, and the pieces that say so."""

    chance: float
    words: tuple[str, ...]


def likeness(title: str) -> Likeness:
    """Read a headline (normalised). A piece counts once."""
    bias, weights = _table()
    seen = pieces(title)
    total = bias + sum(map(weights.get, seen, repeat(0.0)))
    words = _strongest(seen, weights) if total > _WORTH_NAMING else ()
    return Likeness(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), words)


def _strongest(seen: set[str], weights: dict[str, float]) -> tuple[str, ...]:
    longer = sorted((p for p in seen if len(p) > 1), key=lambda p: -weights.get(p, 0.0))
    return tuple(p for p in longer[:4] if weights.get(p, 0.0) > 0)


def pieces(title: str) -> set[str]:
    """Every n-gram of one to three characters, digits as 0."""
    text = _DIGIT.sub("0", title[:LONGEST])
    found = set(text)
    found.update(map(str.__add__, text, text[1:]))
    found.update(text[i : i + 3] for i in range(len(text) - 2))
    return found


@cache
def _table() -> tuple[float, dict[str, float]]:
    rows = (line.rsplit("\t", 1) for line in TABLE.read_text(encoding="utf-8").split("\n") if "\t" in line)
    weights = {piece: float(weight) for piece, weight in rows if not piece.startswith("##")}
    return weights.pop("(bias)"), weights
