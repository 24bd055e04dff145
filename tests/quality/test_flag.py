"""Real headlines and calm news. Rules and table were made on the dev half; the test half is reported."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from rules.judge import Judge
from rules.verdict import Text, Verdict

CODES = {"杭州市": "330100", "河北省": "130000"}
PINNED_F1 = 0.80  # the target is 0.85: see the table
Row = dict[str, str | int | None]


@pytest.fixture(scope="module")
def judged(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Row, Verdict]]:
    cache = tmp_path_factory.mktemp("cache")
    judges = {name: Judge.load(region=code, cache=cache) for name, code in CODES.items()}
    rows = map(
        json.loads, (shared_data / "incidents" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    )
    return [
        (r, judges[r["place"]].judge(Text("", r["title"], media=r["src"])))
        for r in rows
        if r["split"] == "test"
    ]


def truth(row: Row) -> bool | None:
    if "no" in (row["concerns_place"], row["incident"]):
        return False
    return True if row["concerns_place"] == row["incident"] == "yes" else None


def test_flag_on_real_headlines(judged: list[tuple[Row, Verdict]]) -> None:
    pairs = [(truth(r), v.flag) for r, v in judged if r["set"] == "candidate" and truth(r) is not None]
    hit = sum(t and f for t, f in pairs)
    f1 = 2 * hit / (sum(t is True for t, _ in pairs) + sum(f for _, f in pairs))
    assert f1 >= PINNED_F1


def test_headlines_of_elsewhere_are_left_alone(judged: list[tuple[Row, Verdict]]) -> None:
    alarms = [r["title"] for r, v in judged if r["set"] == "random" and truth(r) is False and v.flag]
    assert len(alarms) <= 1


def test_level_is_within_one_and_mostly_exact(judged: list[tuple[Row, Verdict]]) -> None:
    pairs = [(r["level"], v.level) for r, v in judged if truth(r) and v.flag and r["level"]]
    assert sum(abs(a - b) <= 1 for a, b in pairs) / len(pairs) >= 0.95
    assert sum(a == b for a, b in pairs) / len(pairs) >= 0.60


@pytest.mark.slow
@pytest.mark.parametrize("code", ["110000", "130000", "350000", "440000", "330100"])
def test_national_news_raises_no_false_alarms(code: str, shared_data: Path, tmp_path: Path) -> None:
    judge = Judge.load(region=code, cache=tmp_path)
    with gzip.open(shared_data / "news" / "xinwenlianbo.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file][1::2]
    alarms = sum(judge.judge(Text("", row["title"], row["text"])).flag for row in rows)
    assert alarms / len(rows) <= 0.005
