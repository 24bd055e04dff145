"""Floors for gathering, on data whose digest is pinned.

Pairs: the weights were learned and the threshold was fixed on the even lines; the figure is of the odd ones.
Events: method and constants were chosen while looking at these two places, so the floors keep what there is
and are no estimate for other places. They hold for any day on which the four-day stretches may begin.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Hashable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from rules.pairs import same
from rules.sameness import Gatherer, Item

PAIRS = "76860d8769c2f901"  # SHA-256, first 16 digits
GOLD = "a3da89b05d27d63b"
PLACES = ("杭州市", "河北省")


def lines(path: Path, digest: str) -> list[dict[str, Any]]:
    data = path.read_bytes()
    assert hashlib.sha256(data).hexdigest()[:16] == digest, f"{path.name} is not the data of these floors"
    return [json.loads(line) for line in data.decode("utf-8").splitlines()]


def test_pairs_of_the_odd_lines(shared_data: Path) -> None:
    rows = lines(shared_data / "pairs" / "same_event.jsonl", PAIRS)[1::2]
    told = Counter((same(Item("a", r["source"]), Item("b", r["target"]))[0], bool(r["label"])) for r in rows)
    assert f1(told[True, True], told[True, False], told[False, True]) >= 0.60


@pytest.mark.parametrize("days", [0, 1, 2, 3])
def test_seven_months_of_incidents(shared_data: Path, days: int) -> None:
    rows = lines(shared_data / "incidents" / "gold.jsonl", GOLD)
    scores = [scored(of_place(rows, place), timedelta(days=days)) for place in PLACES]
    on_arrival, settled = zip(*scores, strict=True)
    assert mean(f for f, _ in settled) >= 0.85
    assert mean(f for f, _ in on_arrival) >= 0.80
    assert min(mean(p for _, p in each) for each in (settled, on_arrival)) >= 0.95


def of_place(rows: Sequence[dict[str, Any]], place: str) -> list[dict[str, Any]]:
    mine = [r for r in rows if (r["place"], r["concerns_place"], r["incident"]) == (place, "yes", "yes")]
    return sorted(mine, key=lambda row: row["first"])


def scored(rows: list[dict[str, Any]], later: timedelta) -> tuple[tuple[float, float], tuple[float, float]]:
    """Pair-F and B³ precision, as placed on arrival and as settled."""
    gatherer = Gatherer()
    items = [
        Item(str(n), row["title"], at=datetime.fromisoformat(row["first"]) + later)
        for n, row in enumerate(rows)
    ]
    placed = [gatherer.add(item).incident for item in items]
    events = [row["event"] for row in rows]
    return agreement(events, placed), agreement(events, [gatherer.home(name) for name in placed])


def agreement(truth: Sequence[Hashable], found: Sequence[Hashable]) -> tuple[float, float]:
    both = Counter(zip(truth, found, strict=True))
    together, wanted, given = (pairs(c) for c in (both, Counter(truth), Counter(found)))
    sizes = Counter(found)
    pure = sum(both[event, name] / sizes[name] for event, name in zip(truth, found, strict=True))
    return f1(together, given - together, wanted - together), pure / len(truth)


def pairs(sizes: Counter[Any]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes.values())


def f1(right: int, wrong: int, missed: int) -> float:
    return 2 * right / (2 * right + wrong + missed)
