"""Do two texts tell of the same happening? A logistic score over a few named likenesses of the pair.

For pairs without a stream around them; a stream is gathered by rules.sameness. The weights are in
lexicons/pairs.json, learned by `learn`; see lexicons/PROVENANCE.md.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import numpy as np
import rjieba

from rules.pieces import plain
from rules.places_codes import codes, conflict
from rules.rarity import rarity
from rules.sameness import Item

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_QUOTED = re.compile(r"[《“\"]([^》”\"]{2,15})[》”\"]")
_LONGEST = 120
SAME = 0.5


@dataclass(frozen=True, slots=True)
class Weights:
    """Of the likenesses, in their order: mean, spread and weight; and the threshold's intercept."""

    mean: tuple[float, ...]
    spread: tuple[float, ...]
    weight: tuple[float, ...]
    intercept: float


def same(a: Item, b: Item) -> tuple[bool, float]:
    """Whether both tell of the same happening, and the score (0 to 1; `SAME` decides)."""
    score = _score(likenesses(_words(a), _words(b)), _weights())
    return score >= SAME, score


def _words(item: Item) -> str:
    return item.title if len(item.title) >= 8 else f"{item.title}{item.text}"


def _score(features: Sequence[float], weights: Weights) -> float:
    parts = zip(features, weights.mean, weights.spread, weights.weight, strict=True)
    z = weights.intercept + sum((x - m) / s * w for x, m, s, w in parts)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))


@cache
def _weights() -> Weights:
    raw = json.loads((Path(__file__).parent / "lexicons" / "pairs.json").read_text("utf-8"))
    return Weights(tuple(raw["mean"]), tuple(raw["spread"]), tuple(raw["weight"]), raw["intercept"])


def likenesses(a: str, b: str) -> list[float]:
    """What is alike in a pair, from characters to places; in the order of the weights."""
    x, y = plain(a), plain(b)
    return [*_shared(x, y), *_common_words(x, y), *_longest_run(x, y), *_named(a, b), *_sizes(x, y)]


def _rare(text: str, n: int) -> dict[str, float]:
    return {g: rarity(g) for g in {text[i : i + n] for i in range(len(text) - n + 1)}}


def _shared(x: str, y: str) -> list[float]:
    """For single characters, pairs and triples: the rare part shared of the shorter text, and of both."""
    found: list[float] = []
    for n in (1, 2, 3):
        one, two = _rare(x, n), _rare(y, n)
        both = sum(w for g, w in one.items() if g in two)
        first, second = sum(one.values()), sum(two.values())
        found += [_ratio(both, min(first, second)), _ratio(both, first + second - both), both / 50]
    return [*found, _likeness(x, y)]


def _likeness(x: str, y: str) -> float:
    one, two = ({g: w**1.5 for n in (1, 2, 3) for g, w in _rare(t, n).items()} for t in (x, y))
    both = sum(w * two[g] for g, w in one.items() if g in two)
    return _ratio(both, math.sqrt(math.prod(sum(w * w for w in v.values()) for v in (one, two))))


def _common_words(x: str, y: str) -> list[float]:
    one, two = ({w for w in rjieba.cut(t) if len(w) > 1} for t in (x, y))
    weights = {w: rarity(w[:3]) for w in one | two}
    common = [weights[w] * len(w) ** 0.5 for w in one & two]
    least = min(sum(weights[w] for w in one), sum(weights[w] for w in two))
    return [_ratio(sum(weights[w] for w in one & two), least), max(common, default=0.0) / 20, len(common) / 5]


def _longest_run(x: str, y: str) -> list[float]:
    x, y = x[:_LONGEST], y[:_LONGEST]
    run = SequenceMatcher(None, x, y, autojunk=False).find_longest_match()
    pairs = sum(rarity(x[i : i + 2]) for i in range(run.a, run.a + run.size - 1))
    return [run.size / 10, _ratio(run.size, min(len(x), len(y))), pairs / 50]


def _named(a: str, b: str) -> list[float]:
    """Numbers, quoted names and places that both have, or that speak against each other."""
    found: list[float] = []
    for pattern in (_NUMBER, _QUOTED):
        one, two = set(pattern.findall(a)), set(pattern.findall(b))
        found += [min(len(one & two), 3) / 3, float(bool(one and two and not one & two))]
    here, there = codes(a), codes(b)
    return [*found, float(bool(here & there)), float(conflict(here, there))]


def _sizes(x: str, y: str) -> list[float]:
    short, long = sorted((min(len(x), 300), min(len(y), 300)))
    return [short / 100, long / 100]


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def learn(pairs: Sequence[tuple[str, str]], labels: Sequence[int], ridge: float = 30.0) -> Weights:
    """Weights by ridge logistic regression (Newton's method); the threshold maximises F1 on these pairs."""
    x, y = np.array([likenesses(a, b) for a, b in pairs]), np.array(labels, float)
    mean, spread = x.mean(0), np.maximum(x.std(0), 1e-3)
    z = np.column_stack([(x - mean) / spread, np.ones(len(y))])
    penalty = ridge * np.eye(z.shape[1])
    penalty[-1, -1] = 0.0
    w = np.zeros(z.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-z @ w))
        hessian = z.T @ (z * (p * (1 - p))[:, None]) + penalty
        w -= np.linalg.solve(hessian, z.T @ (p - y) + penalty @ w)
    cut = _best_cut(z @ w, y)
    means, spreads, weights = (tuple(round(float(v), 5) for v in part) for part in (mean, spread, w[:-1]))
    return Weights(means, spreads, weights, round(float(w[-1] - cut), 5))


def _best_cut(scores: np.typing.NDArray[np.float64], labels: np.typing.NDArray[np.float64]) -> float:
    order = np.argsort(-scores)
    hits = np.cumsum(labels[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + labels.sum())
    return float(scores[order[int(np.argmax(f1))]])
