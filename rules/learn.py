"""Learning the sentiment table from labelled text, with numpy alone.

A multinomial logistic regression over tf-idf n-grams with L2 penalty, fitted by L-BFGS. Texts labelled with
only two classes (no neutral) count by their odds between those two, so that sets with and without neutral
teach one model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rules.sentiment_features import grams

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

CLASSES = ("negative", "neutral", "positive")


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled text. `two_class`: its set knows no neutral. `weight` multiplies its say."""

    text: str
    label: str
    two_class: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Learned:
    """The fitted table: for each n-gram its idf and its weights for the classes; and the biases."""

    vocabulary: tuple[str, ...]
    idf: Floats
    weights: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class _Matrix:
    """Rows of features, stored by rows and by columns."""

    rows: int
    columns: int
    by_row: tuple[Floats, Ints, Ints]
    by_column: tuple[Floats, Ints, Ints]

    def times(self, weights: Floats) -> Floats:
        data, column, start = self.by_row
        return _segment_sums(data, column, start, weights, self.rows)

    def transposed_times(self, values: Floats) -> Floats:
        data, row, start = self.by_column
        return _segment_sums(data, row, start, values, self.columns)


def _segment_sums(data: Floats, index: Ints, start: Ints, dense: Floats, n: int) -> Floats:
    out = np.empty((n, dense.shape[1]), np.float32)
    for k in range(dense.shape[1]):
        out[:, k] = np.add.reduceat(data * dense[index, k], start)
    return out


def learn(
    examples: Sequence[Example], *, strength: float = 8.0, min_count: int = 2, rounds: int = 80
) -> Learned:
    """Fit a table. `strength` is the inverse of the L2 penalty (the C of other libraries).

    Raises ValueError when a label is unknown or a class has no example.
    """
    labels = _labels(examples)
    counted = [grams(e.text) for e in examples]
    vocabulary, idf = _vocabulary(counted, min_count)
    matrix = _matrix(counted, vocabulary, idf)
    two = np.array([e.two_class for e in examples])
    say = np.array([e.weight for e in examples], np.float32) * _balance(labels, two)
    weights = _fit(matrix, labels, two, say, strength, rounds)
    return Learned(tuple(vocabulary), idf, weights[:-1], weights[-1])


def _labels(examples: Sequence[Example]) -> Ints:
    for e in examples:
        if e.label not in CLASSES:
            raise ValueError(f"标签“{e.label}”应为 {'、'.join(CLASSES)} 之一：{e.text[:30]}")
    labels = np.array([CLASSES.index(e.label) for e in examples], np.int32)
    missing = [c for i, c in enumerate(CLASSES) if not (labels == i).any()]
    if missing:
        raise ValueError(f"没有标签为 {'、'.join(missing)} 的样本")
    return labels


def _balance(labels: Ints, two: npt.NDArray[np.bool_]) -> Floats:
    """Make the classes of the three-class texts count alike."""
    say = np.ones(len(labels), np.float32)
    three = ~two
    for k in range(len(CLASSES)):
        chosen = three & (labels == k)
        if chosen.any():
            say[chosen] = three.sum() / (len(CLASSES) * chosen.sum())
    return say


def _vocabulary(counted: Iterable[Counter[str]], min_count: int) -> tuple[dict[str, int], Floats]:
    frequency: Counter[str] = Counter()
    total = 0
    for counts in counted:
        frequency.update(counts.keys())
        total += 1
    kept = sorted(g for g, n in frequency.items() if n >= min_count)
    idf = np.array([np.log((1 + total) / (1 + frequency[g])) + 1 for g in kept], np.float32)
    return {g: i for i, g in enumerate(kept)}, idf


def _matrix(counted: Sequence[Counter[str]], vocabulary: dict[str, int], idf: Floats) -> _Matrix:
    columns, values, sizes = [], [], []
    bias = len(vocabulary)
    for counts in counted:
        known = [(vocabulary[g], n) for g, n in counts.items() if g in vocabulary]
        index = np.array([i for i, _ in known], np.int32)
        value = (1 + np.log(np.array([n for _, n in known], np.float32))) * idf[index] if known else idf[:0]
        norm = float(np.sqrt((value**2).sum())) or 1.0
        columns.append(np.append(index, bias))
        values.append(np.append(value / norm, 1.0))
        sizes.append(len(known) + 1)
    column = np.concatenate(columns).astype(np.int32)
    data = np.concatenate(values).astype(np.float32)
    row = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    order = np.argsort(column, kind="stable")
    start_row = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int32)
    start_column = np.searchsorted(column[order], np.arange(bias + 1)).astype(np.int32)
    return _Matrix(
        len(sizes), bias + 1, (data, column, start_row), (data[order], row[order], start_column)
    )


def _fit(
    matrix: _Matrix, labels: Ints, two: npt.NDArray[np.bool_], say: Floats, strength: float, rounds: int
) -> Floats:
    k = len(CLASSES)
    truth = np.zeros((matrix.rows, k), np.float32)
    truth[np.arange(matrix.rows), labels] = 1

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(matrix.columns, k)
        logits = matrix.times(weights)
        logits[two, 1] = -1e9
        logits -= logits.max(axis=1, keepdims=True)
        chance = np.exp(logits)
        chance /= chance.sum(axis=1, keepdims=True)
        picked = np.clip(chance[np.arange(matrix.rows), labels], 1e-12, 1)
        gradient = matrix.transposed_times((chance - truth) * say[:, None])
        penalty = weights.copy()
        penalty[-1] = 0
        value = -float((say * np.log(picked)).sum()) + float((penalty**2).sum()) / (2 * strength)
        return value, (gradient + penalty / strength).ravel()

    return minimise(loss, np.zeros(matrix.columns * k, np.float32), rounds).reshape(matrix.columns, k)


def minimise(
    function: Callable[[Floats], tuple[float, Floats]], start: Floats, rounds: int, memory: int = 8
) -> Floats:
    """L-BFGS (Nocedal 1980) with a backtracking line search."""
    x = start
    value, gradient = function(x)
    steps: list[tuple[Floats, Floats, float]] = []
    for _ in range(rounds):
        direction = _direction(gradient, steps)
        slope = float(direction @ gradient)
        size, x_new, value_new, gradient_new = _search(function, x, value, direction, slope, not steps)
        if not size:
            break
        s, y = x_new - x, gradient_new - gradient
        curvature = float(s @ y)
        if curvature > 1e-10:
            steps = [*steps[-memory + 1 :], (s, y, 1 / curvature)]
        done = value - value_new < 1e-5 * abs(value_new)
        x, value, gradient = x_new, value_new, gradient_new
        if done:
            break
    return x


def _direction(gradient: Floats, steps: list[tuple[Floats, Floats, float]]) -> Floats:
    q = -gradient
    alphas = []
    for s, y, rho in reversed(steps):
        alpha = rho * float(s @ q)
        q = q - alpha * y
        alphas.append(alpha)
    if steps:
        s, y, _ = steps[-1]
        q = q * (float(s @ y) / float(y @ y))
    for (s, y, rho), alpha in zip(steps, reversed(alphas), strict=True):
        q = q + (alpha - rho * float(y @ q)) * s
    return q


def _search(
    function: Callable[[Floats], tuple[float, Floats]],
    x: Floats,
    value: float,
    direction: Floats,
    slope: float,
    first: bool,
) -> tuple[float, Floats, float, Floats]:
    size = min(1.0, 1.0 / float(np.abs(direction).sum() + 1e-12) * 100) if first else 1.0
    for _ in range(20):
        candidate = x + np.float32(size) * direction
        new_value, new_gradient = function(candidate)
        if new_value <= value + 1e-4 * size * slope:
            return size, candidate, new_value, new_gradient
        size /= 2
    return 0.0, x, value, direction
