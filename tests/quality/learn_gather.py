"""Learns the weights of rules/joining.py. Run by hand: `python -m tests.quality.learn_gather` prints them.

From 杭州 and 河北 of incidents/gold.jsonl and the tuning halves of streams.py, each alone and all of them
folded into twenty days, so that a busy stream is learned too. While it learns, each headline is put where it
belongs; every happening that was a candidate is an example. The threshold and what conflicts of names take
off were then chosen on the same streams.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from benchmarks.shared import shared_data
from rules.happening import Profile, conflicts
from rules.joining import FEATURES, features
from rules.sameness import Gatherer, Item
from tests.quality.streams import INVENTED, REAL, Told, invented, real
from tests.quality.test_gather import GOLD, PLACES, lines, of_place

FOLD = timedelta(days=20)
RIDGE, ROUNDS = 1.0, 60
START = datetime(2025, 4, 28)


class Taught(Gatherer):
    """Puts each text where it belongs, and notes what it had to choose from."""

    def __init__(self, truth: dict[str, str]) -> None:
        super().__init__()
        self.truth, self.seen, self.homes, self.now = truth, list[tuple[list[float], bool]](), {}, ""

    def learn(self, item: Item) -> None:
        self.now = item.id
        self.homes.setdefault(self.truth[item.id], self.add(item).incident)

    def _settle(self, name: str) -> str:
        return name

    def _best(self, profile: Profile, above: float = 0.0) -> tuple[str | None, float]:
        wanted, names = self.homes.get(self.truth[self.now]), self._candidates(profile)
        others = [self._profiles[name] for name in names]
        rows = features(profile, others, self._pace(profile.last), self._room) if others else []
        for name, other, row in zip(names, others, rows, strict=True):
            self.seen.append(([*row.tolist(), *map(float, conflicts(profile, other))], name == wanted))
        return (wanted, 1.0) if wanted in self._profiles else (None, 0.0)


def streams() -> Iterator[list[Told]]:
    """Those to learn from."""
    rows, others = lines(shared_data() / "incidents" / "gold.jsonl", GOLD), real(shared_data())
    alone = [of_place(rows, place) for place in PLACES]
    alone += [invented(name) for name in INVENTED["tuning"]] + [others[name] for name in REAL["tuning"]]
    yield from alone
    yield sorted(folded(alone), key=lambda one: one.at)


def folded(every: Sequence[Sequence[Told]]) -> Iterator[Told]:
    for number, told in enumerate(every):
        for one in told:
            event = None if one.event is None else f"{number} {one.event}"
            yield Told(START + (one.at - START) % FOLD, one.title, event)


def examples(told: Sequence[Told]) -> list[tuple[list[float], bool]]:
    taught = Taught({str(n): one.event or f"~{n}" for n, one in enumerate(told)})
    for n, one in enumerate(told):
        taught.learn(Item(str(n), one.title, at=one.at))
    return taught.seen


def fitted(rows: Any, truth: Any) -> tuple[Any, float]:
    """Weights and intercept of a ridge logistic regression (Newton's method)."""
    mean, spread = rows.mean(0), np.maximum(rows.std(0), 1e-3)
    z = np.column_stack([(rows - mean) / spread, np.ones(len(truth))])
    penalty = RIDGE * np.eye(z.shape[1])
    penalty[-1, -1] = 0.0
    w = np.zeros(z.shape[1])
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-z @ w))
        hessian = z.T @ (z * (p * (1 - p))[:, None]) + penalty
        w -= np.linalg.solve(hessian, z.T @ (p - truth) + penalty @ w)
    weights = w[:-1] / spread
    return weights, float(w[-1] - weights @ mean)


def main() -> None:
    found = [one for told in streams() for one in examples(told)]
    rows, truth = np.array([row for row, _ in found]), np.array([right for _, right in found], float)
    weights, intercept = fitted(rows, truth)
    names = (*FEATURES, "other place", "other house", "other site")
    print(len(truth), "examples,", int(truth.sum()), "of them right")
    print(*(f"{name} {weight:.2f}" for name, weight in zip(names, weights, strict=True)), sep=", ")
    print(f"intercept {intercept:.2f}, less 0.5 for precision")


if __name__ == "__main__":
    main()
