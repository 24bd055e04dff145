"""Speed of gathering with 1,000,000 documents in the archive ÷ that with 10,000, signatures on disk included.

By default the archive is a tenth of that, with a tenth of the signatures in memory; FULL=1 takes the million.
A day has 33,000 documents, so that thirty days of them fill the window. Processor time, system's included.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from statistics import median
from time import process_time

from benchmarks.headlines import composed
from rules.sameness import Gatherer, Item
from rules.twins import Twins

FEW, MANY, PER_DAY = 10_000, 1_000_000, 33_000
IN_MEMORY, SMALLER = 200_000, 10
ROUNDS, EACH, TARGET = 9, 500, 0.8
WINDOW = timedelta(days=30)


def fill(gatherer: Gatherer, items: Iterator[Item], count: int) -> None:
    for item in islice(items, count):
        gatherer.add(item)


def speed(gatherer: Gatherer, items: Iterator[Item]) -> float:
    """Documents a second: the median of the rounds."""
    rounds = [list(islice(items, EACH)) for _ in range(ROUNDS)]
    spent = []
    for told in rounds:
        start = process_time()
        for item in told:
            gatherer.add(item)
        spent.append(process_time() - start)
    return EACH / median(spent)


def main() -> None:
    """One line: the ratio."""
    by = 1 if os.environ.get("FULL") else SMALLER
    gatherer = Gatherer(WINDOW, twins=Twins(WINDOW, in_memory=IN_MEMORY // by))
    items = composed(MANY // by + 2 * ROUNDS * EACH, PER_DAY)
    fill(gatherer, items, FEW)
    few = speed(gatherer, items)
    fill(gatherer, items, MANY // by - FEW - ROUNDS * EACH)
    print(f"archive {speed(gatherer, items) / few:.2f} x target {TARGET}")


if __name__ == "__main__":
    main()
