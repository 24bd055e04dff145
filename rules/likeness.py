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
from pathlib import Path

from ahocorasick_rs import AhoCorasick

TABLE = Path(__file__).parent / "lexicons" / "likeness.tsv"
LONGEST = 60  # characters of a headline
_NAMED = 4
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Likeness:
    """The chance in [0, 1] that a headline tells of an incident, and the pieces of the table found in it."""

    chance: float
    found: frozenset[int] = frozenset()

    @property
    def words(self) -> tuple[str, ...]:
        """The longer pieces that say so most."""
        table = _table()
        longer = ((-table.weights[i], table.longer[i]) for i in self.found if table.weights[i] > 0)
        return tuple(piece for _, piece in sorted(longer)[:_NAMED])


@dataclass(frozen=True, slots=True)
class _Table:
    """Single characters are looked up, longer pieces found in one pass over the text."""

    bias: float
    single: dict[str, float]
    longer: tuple[str, ...]
    weights: tuple[float, ...]
    automaton: AhoCorasick


def likeness(title: str) -> Likeness:
    """Read a headline (normalised). A piece counts once."""
    table = _table()
    text = _DIGIT.sub("0", title[:LONGEST])
    found = frozenset([hit[0] for hit in table.automaton.find_matches_as_indexes(text, overlapping=True)])
    single, weights = table.single, table.weights
    total = table.bias + sum([single[c] for c in set(text) if c in single]) + sum([weights[i] for i in found])
    return Likeness(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), found)


def pieces(title: str) -> set[str]:
    """Every n-gram of one to three characters, digits as 0: what the table is learned from."""
    text = _DIGIT.sub("0", title[:LONGEST])
    found = set(text)
    found.update(map(str.__add__, text, text[1:]))
    found.update(text[i : i + 3] for i in range(len(text) - 2))
    return found


@cache
def _table() -> _Table:
    rows = (line.rsplit("\t", 1) for line in TABLE.read_text(encoding="utf-8").split("\n") if "\t" in line)
    all_of_them = {piece: float(weight) for piece, weight in rows if not piece.startswith("##")}
    bias = all_of_them.pop("(bias)")
    longer = {piece: weight for piece, weight in all_of_them.items() if len(piece) > 1}
    single = {piece: weight for piece, weight in all_of_them.items() if len(piece) == 1}
    automaton = AhoCorasick(list(longer), store_patterns=False)
    return _Table(bias, single, tuple(longer), tuple(longer.values()), automaton)
