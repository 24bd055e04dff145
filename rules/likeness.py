"""How much a bare headline reads like those of incidents, and of which topic: a learned table of weights.

Rules know what they were told; a headline of a sort nobody thought of ("男子…遭驱赶 景区回应") is caught by
its wording. The table (lexicons/likeness.tsv) holds weights per n-gram of one to three characters, one for
"tells of an incident" and one for each topic that the piece speaks for or against
(tests/quality/learn_likeness.py names the data). It is evidence beside the rules, with the pieces that
weighed most as its reason, and it reads headlines only, never a page's text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

TABLE = Path(__file__).parent / "lexicons" / "likeness.tsv"
LONGEST = 60  # characters of a headline
TOPIC_TABLE = TABLE.with_suffix(".npz")
TOPICS = 21
BIAS, PLACED = "(bias)", "(placed)"
_NAMED = 4
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Likeness:
    """The chance in [0, 1] that a headline tells of an incident, and the pieces of the table found in it."""

    chance: float
    found: frozenset[int] = frozenset()
    text: str = ""

    @property
    def odds(self) -> float:
        """The chance as its log-odds."""
        return math.log(self.chance / (1 - self.chance))

    @property
    def words(self) -> tuple[str, ...]:
        """The longer pieces that say so most."""
        table = _table()
        return self._named((table.weights[i], i) for i in self.found)

    def topics(self) -> dict[str, float]:
        """The share of each topic, by its number: about 1 for a clear case, about 0 for none."""
        shares, table = _topic_table(), _table()
        rows = [*self.found, *(table.single_rows[c] for c in set(self.text) if c in table.single_rows)]
        scale = shares.step / math.sqrt(max(1, len(self.text)))
        total = shares.usual + shares.steps[rows].sum(0) * scale
        return {str(number): float(share) for number, share in enumerate(total, 1)}

    def words_for(self, topic: str) -> tuple[str, ...]:
        """The longer pieces that speak most for a topic."""
        column = _topic_table().steps[:, int(topic) - 1]
        return self._named((float(column[i]), i) for i in self.found)

    def _named(self, weighed: Iterable[tuple[float, int]]) -> tuple[str, ...]:
        table = _table()
        longer = sorted((-weight, table.longer[i]) for weight, i in weighed if weight > 0)
        return tuple(piece for _, piece in longer[:_NAMED])


@dataclass(frozen=True, slots=True)
class _Table:
    """Longer pieces are found in one pass over the text, single characters looked up: their rows are last."""

    bias: float
    placed: float
    single: dict[str, float]
    single_rows: dict[str, int]
    longer: tuple[str, ...]
    weights: tuple[float, ...]
    automaton: AhoCorasick


@dataclass(frozen=True, slots=True)
class _TopicTable:
    """A row of whole steps for each piece, a column for each topic; and how usual each topic is."""

    steps: npt.NDArray[np.int16]
    step: float
    usual: npt.NDArray[np.float32]


def likeness(title: str, placed: bool = False) -> Likeness:
    """Read a headline (normalised). A piece counts once. `placed`: it names a place that we watch."""
    table = _table()
    text = _DIGIT.sub("0", title[:LONGEST])
    found = frozenset([hit[0] for hit in table.automaton.find_matches_as_indexes(text, overlapping=True)])
    single, weights = table.single, table.weights
    total = table.bias + sum(map(single.get, set(text), repeat(0.0))) + sum([weights[i] for i in found])
    total += table.placed if placed else 0.0
    return Likeness(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), found, text)


def pieces(title: str) -> set[str]:
    """Every n-gram of one to three characters, digits as 0: what the table is learned from."""
    text = _DIGIT.sub("0", title[:LONGEST])
    found = set(text)
    found.update(map(str.__add__, text, text[1:]))
    found.update(text[i : i + 3] for i in range(len(text) - 2))
    return found


@cache
def _table() -> _Table:
    rows = _rows()
    bias, placed = rows.pop(BIAS), rows.pop(PLACED)
    longer = {piece: weight for piece, weight in rows.items() if len(piece) > 1}
    single = {piece: weight for piece, weight in rows.items() if len(piece) == 1}
    numbers = {piece: number for number, piece in enumerate(single, len(longer))}
    automaton = AhoCorasick(list(longer), store_patterns=False)
    return _Table(bias, placed, single, numbers, tuple(longer), tuple(longer.values()), automaton)


@cache
def _topic_table() -> _TopicTable:
    import numpy as np  # late: it takes a tenth of a second, and only an incident's headline asks

    with np.load(TOPIC_TABLE, allow_pickle=False) as file:
        return _TopicTable(file["steps"].astype(np.int16), float(file["step"]), file["shares"])


def _rows() -> dict[str, float]:
    rows = (line.rsplit("\t", 1) for line in TABLE.read_text(encoding="utf-8").split("\n") if "\t" in line)
    return {piece: float(weight) for piece, weight in rows if not piece.startswith("##")}
