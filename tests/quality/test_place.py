"""In our place or not: the namesake districts and the traps, in sentences; and real headlines.

The sentences of place_dev.py, place_first.py and place_second.py were tuned on, those of place_sentences.py
and place_third.py were not; of the headlines the part "dev" was tuned on, "test" was not.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from types import ModuleType

import pytest

from rules.place import PlaceJudge
from rules.verdict import Text
from tests.quality import place_dev, place_first, place_second, place_sentences, place_third
from tests.quality.place_cases import Case, made, namesakes

judge_for = lru_cache(maxsize=128)(PlaceJudge.for_region)


def counted(cases: Iterable[tuple[str, Text, str]]) -> Counter[tuple[str, str]]:
    """How often each right answer got each answer."""
    return Counter((right, judge_for(region).judge(text).in_place) for region, text, right in cases)


def right_among_decided(counts: Counter[tuple[str, str]]) -> float:
    decided = sum(n for (_, given), n in counts.items() if given != "unsure")
    return sum(n for (right, given), n in counts.items() if right == given != "unsure") / decided


def decided_share(counts: Counter[tuple[str, str]]) -> float:
    return sum(n for (_, given), n in counts.items() if given != "unsure") / counts.total()


def as_text(case: Case) -> tuple[str, Text, str]:
    return case.region, Text("1", case.title, media=case.media), case.right


def measured() -> Iterable[tuple[str, Text, str]]:
    there = place_sentences
    yield from map(as_text, made({"yes": there.YES, "no": there.NO, "unsure": there.UNSURE}))
    yield from ((region, Text("1", title), right) for region, title, right in there.TRAPS)
    for region, title, media, right in there.WITH_MEDIA:
        yield region, Text("1", title, media=media), right
    for region, title, body, right in there.WITH_TEXT:
        yield region, Text("1", title, body), right


def test_there_are_at_least_26_names_in_two_provinces_or_more() -> None:
    assert len(namesakes()) >= 26


def test_namesakes_and_traps_in_sentences_not_tuned_on() -> None:
    counts = counted(measured())
    assert right_among_decided(counts) >= 0.97, counts
    assert decided_share(counts) >= 0.80, counts


def test_namesakes_and_traps_in_sentences_tuned_on() -> None:
    dev = place_dev
    templates = {"yes": dev.YES, "no": dev.NO, "unsure": dev.UNSURE}
    counts = counted([*map(as_text, made(templates)), *((r, Text("1", t), w) for r, t, w in dev.TRAPS)])
    assert right_among_decided(counts) >= 0.99, counts
    assert decided_share(counts) >= 0.90, counts


@pytest.mark.parametrize(
    ("lot", "right", "decided"),
    [(place_first, 0.98, 0.95), (place_second, 0.98, 0.95), (place_third, 0.96, 0.95)],
    ids=["first", "second", "third"],
)
def test_headlines_and_posts_written_one_by_one(lot: ModuleType, right: float, decided: float) -> None:
    """The first two lots were tuned on after a first run (.975 and .955 right); the third was not."""
    counts = counted(one_by_one(lot))
    for region, names, title, answer in lot.LOCAL:
        judge = PlaceJudge.for_region(region, local_names=names)
        counts[answer, judge.judge(Text("1", title)).in_place] += 1
    assert right_among_decided(counts) >= right, counts
    assert decided_share(counts) >= decided, counts


def one_by_one(lot: ModuleType) -> Iterable[tuple[str, Text, str]]:
    yield from ((region, Text("1", title), answer) for region, title, answer in lot.TITLES)
    for region, title, body, media, answer in lot.BODIES:
        yield region, Text("1", title, body, media=media or None), answer


@pytest.mark.parametrize(("split", "floor"), [("dev", 0.975), ("test", 0.94)])
def test_real_headlines(shared_data: Path, split: str, floor: float) -> None:
    codes = {"杭州市": "330100", "河北省": "13"}
    lines = (shared_data / "incidents" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [r for r in map(json.loads, lines) if r["split"] == split and r["concerns_place"] != "unsure"]
    counts = counted((codes[r["place"]], Text("1", r["title"]), r["concerns_place"]) for r in rows)
    right = sum(n for (gold, given), n in counts.items() if gold == given)
    assert right / counts.total() >= floor, counts
