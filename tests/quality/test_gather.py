"""Floors for gathering, on data whose digest is pinned and on streams written for it.

Pairs: the weights were learned and the threshold was fixed on the even lines; the figure is of the odd ones.
Events: the two places of the shared data and the tuning halves of tests/quality/streams.py were looked at and
learned on; the reporting halves were labelled and written before any measurement and looked at by figures
only. The invented streams are much harder than real ones: no headline in them is told twice.
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
from tests.quality.streams import INVENTED, REAL, Told, invented, real

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
    assert mean(f for f, _ in settled) >= 0.87
    assert mean(f for f, _ in on_arrival) >= 0.85
    assert min(mean(p for _, p in each) for each in (settled, on_arrival)) >= 0.92


@pytest.mark.parametrize(("half", "least", "pure"), [("tuning", 0.90, 0.96), ("reporting", 0.82, 0.94)])
def test_incidents_of_other_provinces(shared_data: Path, half: str, least: float, pure: float) -> None:
    told = real(shared_data)
    scores = [scored(told[province])[1] for province in REAL[half]]
    assert mean(f for f, _ in scores) >= least
    assert mean(p for _, p in scores) >= pure


@pytest.mark.parametrize("half", ["tuning", "reporting"])
def test_invented_streams_in_which_headlines_share_hardly_a_word(half: str) -> None:
    scores = [scored(invented(name))[1] for name in INVENTED[half]]
    assert mean(f for f, _ in scores) >= 0.53
    assert mean(p for _, p in scores) >= 0.97


def of_place(rows: Sequence[dict[str, Any]], place: str) -> list[Told]:
    mine = [r for r in rows if (r["place"], r["concerns_place"], r["incident"]) == (place, "yes", "yes")]
    told = [Told(datetime.fromisoformat(row["first"]), row["title"], row["event"]) for row in mine]
    return sorted(told, key=lambda one: one.at)


def scored(
    told: Sequence[Told], later: timedelta = timedelta()
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Pair-F and B³ precision of what has an event, as placed on arrival and as settled."""
    gatherer = Gatherer()
    items = [Item(str(n), one.title, at=one.at + later) for n, one in enumerate(told)]
    placed = [gatherer.add(item).incident for item in items]
    counted = [(one.event, name) for one, name in zip(told, placed, strict=True) if one.event]
    events, names = zip(*counted, strict=True)
    return agreement(events, names), agreement(events, [gatherer.home(name) for name in names])


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
