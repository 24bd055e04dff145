"""Learning the sentiment table from labelled text, with numpy alone.

Each column is a linear model over features that count once (x = 1/√n for a text of n known features), and so
a plain weight for each word. A column is the mean of two fits whose features are scaled by their log-odds
between the classes (Wang & Manning, ACL 2012): for `everyday` over two views of the features, for the three
classes one of the two over inverse document frequencies instead. Texts of the two-class kind (no neutral)
teach `everyday` and `style` only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rules.lexicon_file import COLUMNS, Floats, Table
from rules.optimise import minimise
from rules.sentiment_features import WORD, features, unit_count

Ints = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]

CLASSES = ("negative", "neutral", "positive")


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled text. `two_class`: its set knows no neutral. `weight` multiplies its say."""

    text: str
    label: str
    two_class: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How strongly to fit: inverse L2 penalties, how many rounds, how rare a feature may be."""

    everyday: float = 15.0
    style: float = 4.0
    classes: float = 25.0
    frequencies: float = 20.0
    rounds: int = 60
    min_count: int = 2
    size: int = 150_000


class Matrix:
    """Which text has which features, by rows and by columns."""

    def __init__(self, rows: Sequence[Ints], columns: int) -> None:
        sizes = np.array([len(r) for r in rows])
        self.rows, self.columns = len(rows), columns
        self._column = np.concatenate(rows) if rows else np.zeros(0, np.int32)
        self._row = np.repeat(np.arange(len(rows), dtype=np.int32), sizes)
        self.value = (1 / np.sqrt(np.maximum(sizes, 1))).astype(np.float32)

    def times(self, weights: Floats) -> Floats:
        """The score of every row."""
        sums = np.bincount(self._row, weights[self._column], self.rows)
        return np.asarray(sums * self.value, np.float32)

    def transposed_times(self, values: Floats) -> Floats:
        """What every row's value says of every column."""
        sums = np.bincount(self._column, (values * self.value)[self._row], self.columns)
        return np.asarray(sums, np.float32)

    def counts(self, chosen: Mask) -> Floats:
        """In how many of the chosen rows each column occurs."""
        return np.asarray(np.bincount(self._column, chosen[self._row], self.columns), np.float32)

    def only(self, chosen: Mask) -> Matrix:
        """The chosen rows."""
        part = Matrix.__new__(Matrix)
        part.rows, part.columns = int(chosen.sum()), self.columns
        renumbered = (np.cumsum(chosen) - 1).astype(np.int32)
        kept = chosen[self._row]
        part._column, part._row = self._column[kept], renumbered[self._row[kept]]
        part.value = self.value[chosen]
        return part


def learn(examples: Sequence[Example], plan: Plan | None = None) -> Table:
    """Fit a table. Raises ValueError when a label is unknown or a class has no example."""
    plan = plan or Plan()
    labels = _labels(examples)
    found = [features(e.text) for e in examples]
    vocabulary = _vocabulary(found, plan.min_count)
    index = {f: i for i, f in enumerate(vocabulary)}
    rows = [np.array(sorted(index[f] for f in fs if f in index), np.int32) for fs in found]
    matrix = Matrix(rows, len(vocabulary))
    two = np.array([e.two_class for e in examples])
    say = np.array([e.weight for e in examples], np.float32)
    everyday, style = _everyday_and_style(matrix, labels, two, say, _views(vocabulary), plan)
    classes = _classes(matrix, labels, two, say, plan)
    columns = [_levelled(everyday, classes, matrix.only(two)), style, *classes]
    weights = np.stack([w for w, _ in columns], axis=1)
    bias = np.array([b for _, b in columns], np.float32)
    return Table(tuple(vocabulary), weights, bias).pruned(plan.size)


def _check_labels(examples: Sequence[Example]) -> None:
    for e in examples:
        if e.label not in CLASSES:
            raise ValueError(f"标签“{e.label}”应为 {'、'.join(CLASSES)} 之一：{e.text[:30]}")


def _labels(examples: Sequence[Example]) -> Ints:
    _check_labels(examples)
    labels = np.array([CLASSES.index(e.label) for e in examples], np.int32)
    missing = [c for i, c in enumerate(CLASSES) if not (labels == i).any()]
    if missing:
        raise ValueError(f"没有标签为 {'、'.join(missing)} 的样本")
    return labels


def _vocabulary(found: Sequence[set[str]], min_count: int) -> list[str]:
    frequency: Counter[str] = Counter()
    for fs in found:
        frequency.update(fs)
    return sorted(f for f, n in frequency.items() if n >= min_count and "\n" not in f)


_Fit = tuple[Floats, float]


def _everyday_and_style(
    matrix: Matrix, labels: Ints, two: Mask, say: Floats, views: Sequence[Mask], plan: Plan
) -> list[_Fit]:
    nothing: _Fit = (np.zeros(matrix.columns, np.float32), 0.0)
    if not two.any() or two.all():
        return [nothing, nothing]
    mooded = two & (labels != 1)
    odds = _log_odds(matrix, mooded & (labels == 2), mooded & (labels == 0))
    everyday = _mean(
        [_fit(matrix, mooded, labels == 2, say, odds * view, plan.everyday, plan.rounds) for view in views]
    )
    everything = np.ones(len(labels), bool)
    style = _fit(matrix, everything, two, say, _log_odds(matrix, two, ~two), plan.style, plan.rounds)
    return [everyday, style]


def _views(vocabulary: Sequence[str]) -> list[Mask]:
    """Words with pieces of one and two characters; and pieces of one to three without words.

    Fits over each err differently, and their mean errs less than one fit over everything.
    """
    word = np.array([f.startswith(WORD) and len(f) > 1 for f in vocabulary])
    long = np.array([unit_count(f) > 2 for f in vocabulary]) & ~word
    return [~long, ~word]


def _mean(fits: Sequence[_Fit]) -> _Fit:
    weights = np.mean([w for w, _ in fits], axis=0)
    return np.asarray(weights, np.float32), sum(b for _, b in fits) / len(fits)


def _levelled(everyday: _Fit, classes: Sequence[_Fit], posts: Matrix) -> _Fit:
    """Brought to the spread of positive against negative over the same posts: scoring blends the two."""
    spread = float(posts.times(everyday[0]).std()) if posts.rows else 0.0
    wanted = float(posts.times(classes[2][0] - classes[0][0]).std()) if posts.rows else 0.0
    factor = np.float32(wanted / spread if spread > 0 and wanted > 0 else 1.0)
    return everyday[0] * factor, everyday[1] * float(factor)


def _classes(matrix: Matrix, labels: Ints, two: Mask, say: Floats, plan: Plan) -> list[_Fit]:
    three = ~two
    rarity = _rarity(matrix)
    fits: list[_Fit] = []
    for k in range(len(CLASSES)):
        this = labels == k
        weighed = say * _balance(three, this)
        odds = _log_odds(matrix, three & this, three & ~this)
        a, a0 = _fit(matrix, three, this, weighed, odds, plan.classes, plan.rounds)
        b, b0 = _fit(matrix, three, this, weighed, rarity, plan.frequencies, plan.rounds)
        fits.append((np.asarray((a + b) / 2, np.float32), (a0 + b0) / 2))
    return fits


def _rarity(matrix: Matrix) -> Floats:
    """Inverse document frequency, scaled to a mean square of one."""
    idf = np.log((1 + matrix.rows) / (1 + matrix.counts(np.ones(matrix.rows, bool)))) + 1
    return np.asarray(idf / np.sqrt((idf**2).mean()), np.float32)


def _balance(three: Mask, this: Mask) -> Floats:
    """Half-way to making a class weigh as much as the rest."""
    share = float((three & this).sum()) / float(three.sum())
    return np.asarray(np.where(this, (0.5 / share) ** 0.6, (0.5 / (1 - share)) ** 0.6), np.float32)


def _log_odds(matrix: Matrix, these: Mask, those: Mask) -> Floats:
    a, b = matrix.counts(these) + 1, matrix.counts(those) + 1
    return np.asarray(np.log((a / a.sum()) / (b / b.sum())), np.float32)


def _fit(
    matrix: Matrix,
    chosen: Mask,
    target: Mask,
    say: Floats,
    scale: Floats,
    strength: float,
    rounds: int,
) -> _Fit:
    """Logistic regression over the chosen rows, features scaled; gives weights for plain features."""
    part = matrix.only(chosen)
    truth, weight = target[chosen].astype(np.float32), say[chosen]

    def loss(x: Floats) -> tuple[float, Floats]:
        w, b = x[:-1], x[-1]
        logit = part.times(w * scale) + b
        error = (_chance(logit) - truth) * weight
        value = float((weight * (np.logaddexp(0, logit) - truth * logit)).sum())
        gradient = np.append(part.transposed_times(error) * scale + w / strength, error.sum())
        return value + float(w @ w) / (2 * strength), gradient.astype(np.float32)

    x = minimise(loss, np.zeros(matrix.columns + 1, np.float32), rounds)
    return x[:-1] * scale, float(x[-1])


def _chance(logit: Floats) -> Floats:
    return np.asarray(0.5 * (1 + np.tanh(logit / 2)), np.float32)


def adapt(table: Table, examples: Sequence[Example], strength: float = 1.0, rounds: int = 40) -> Table:
    """A table drawn towards a station's own verdicts, staying near where it was.

    Only features the table knows are moved. Raises ValueError when a label is unknown.
    """
    _check_labels(examples)
    index = {f: i for i, f in enumerate(table.vocabulary)}
    found = [[index[f] for f in features(e.text) if f in index] for e in examples]
    matrix = Matrix([np.array(sorted(fs), np.int32) for fs in found], len(index))
    weights = table.weights.copy()
    for name in CLASSES:
        column = COLUMNS.index(name)
        truth = np.array([e.label == name for e in examples], np.float32)
        say = np.array([e.weight for e in examples], np.float32)
        start, bias = weights[:, column].copy(), float(table.bias[column])
        weights[:, column] = start + _step(matrix, start, bias, truth, say, strength, rounds)
    return Table(table.vocabulary, weights, table.bias)


def _step(
    matrix: Matrix, start: Floats, bias: float, truth: Floats, say: Floats, strength: float, rounds: int
) -> Floats:
    def loss(step: Floats) -> tuple[float, Floats]:
        logit = matrix.times(start + step) + bias
        error = (_chance(logit) - truth) * say
        value = float((say * (np.logaddexp(0, logit) - truth * logit)).sum())
        return value + float(step @ step) / (2 * strength), matrix.transposed_times(error) + step / strength

    return minimise(loss, np.zeros_like(start), rounds)


__all__ = ["CLASSES", "COLUMNS", "Example", "Plan", "adapt", "learn"]
