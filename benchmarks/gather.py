"""Documents gathered a second with 10,000 in the archive: real hot-list titles where they are, else composed.

The titles are those that the archive did not have. Processor time: one process that waits for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from time import process_time

from benchmarks.headlines import composed, hot
from rules.sameness import Gatherer, Item

ARCHIVED, ROUNDS, EACH, TARGET = 10_000, 7, 700, 2_000


def speed(gatherer: Gatherer, items: Sequence[Item]) -> float:
    """Documents a second."""
    start = process_time()
    for item in items:
        gatherer.add(item)
    return len(items) / (process_time() - start)


def main() -> None:
    """One line: the median of the rounds."""
    gatherer = Gatherer()
    speed(gatherer, list(composed(ARCHIVED, per_day=ARCHIVED)))
    told = hot(ROUNDS * EACH) or list(composed(ROUNDS * EACH, per_day=ARCHIVED, seed=2))
    rounds = [speed(gatherer, told[n : n + EACH]) for n in range(0, len(told), EACH)]
    print(f"gather {median(rounds):.0f} documents/s target {TARGET}")


if __name__ == "__main__":
    main()
