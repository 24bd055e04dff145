"""Real headlines, invented ones of many cities, and calm news.

Rules and table were made on the dev half of the real ones and the tune half of the invented ones; the other
halves are reported.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from rules.judge import Judge
from rules.place import PlaceJudge
from rules.verdict import Text, Verdict
from tests.quality.headlines import FILE, Headline, headlines

CODES = {"杭州市": "330100", "河北省": "130000"}
PINNED_F1 = 0.83  # the target is 0.85: see the table
PINNED_HEADLINES = "aee75f184e106854"  # of headlines.txt
Row = dict[str, Any]


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
    hit = sum(t is True and f for t, f in pairs)
    f1 = 2 * hit / (sum(t is True for t, _ in pairs) + sum(f for _, f in pairs))
    assert f1 >= PINNED_F1


def test_headlines_of_elsewhere_are_left_alone(judged: list[tuple[Row, Verdict]]) -> None:
    alarms = [r["title"] for r, v in judged if r["set"] == "random" and truth(r) is False and v.flag]
    assert len(alarms) <= 1


def test_level_is_within_one_and_mostly_exact(judged: list[tuple[Row, Verdict]]) -> None:
    pairs = [(r["level"], v.level) for r, v in judged if truth(r) and v.flag and r["level"]]
    assert sum(abs(a - b) <= 1 for a, b in pairs) / len(pairs) >= 0.95
    assert sum(a == b for a, b in pairs) / len(pairs) >= 0.75


def test_topics_of_real_headlines(judged: list[tuple[Row, Verdict]]) -> None:
    told = [(r, [t.name for t in v.topics]) for r, v in judged if truth(r) and v.flag]
    assert sum(said[:1] == [r["topic"]] for r, said in told) / len(told) >= 0.58
    assert sum(bool({r["topic"], *r["topic_alt"]} & {*said}) for r, said in told) / len(told) >= 0.75


def test_the_invented_headlines_are_the_ones_the_floors_were_set_on() -> None:
    assert hashlib.sha256(FILE.read_bytes()).hexdigest()[:16] == PINNED_HEADLINES


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Headline, Verdict]]:
    cache = tmp_path_factory.mktemp("cache")
    rows = headlines("report")
    judges = {region: Judge.load(region=region, cache=cache) for region in {h.region for h in rows}}
    return [(h, judges[h.region].judge(Text("", h.title))) for h in rows]


def test_flag_on_headlines_of_other_cities(invented: list[tuple[Headline, Verdict]]) -> None:
    ours = [(h.incident and h.in_place, v.flag) for h, v in invented]
    assert f1(ours) >= 0.92
    assert f1([(h.incident, v.incident) for h, v in invented]) >= 0.94


def test_topics_of_headlines_of_other_cities(invented: list[tuple[Headline, Verdict]]) -> None:
    told = [(h.topics, [t.id for t in v.topics]) for h, v in invented if h.incident and v.flag]
    assert sum(said[:1] == [true[0]] for true, said in told) / len(told) >= 0.80
    assert sum(bool({*true} & {*said}) for true, said in told) / len(told) >= 0.92


def f1(pairs: Sequence[tuple[bool, bool]]) -> float:
    hit = sum(truth and said for truth, said in pairs)
    return 2 * hit / (sum(truth for truth, _ in pairs) + sum(said for _, said in pairs))


@pytest.mark.parametrize(
    "title",
    ["冬季取暖 谨防一氧化碳中毒", "南方某省高速公路发生多车追尾", "消防走进社区 教老人用灭火器"],
)
def test_advice_and_tales_of_elsewhere_from_a_local_medium_are_left_alone(title: str, tmp_path: Path) -> None:
    place = PlaceJudge.for_region("130105", local_media=("新华晚报",))
    judge = Judge.load(place=place, cache=tmp_path)
    assert judge.judge(Text("", "高速公路发生多车追尾", media="新华晚报")).flag
    assert not judge.judge(Text("", title, media="新华晚报")).flag


@pytest.mark.slow
@pytest.mark.parametrize("code", ["110000", "130000", "350000", "440000", "330100"])
def test_national_news_raises_no_false_alarms(code: str, shared_data: Path, tmp_path: Path) -> None:
    judge = Judge.load(region=code, cache=tmp_path)
    with gzip.open(shared_data / "news" / "xinwenlianbo.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file][1::2]
    alarms = sum(judge.judge(Text("", row["title"], row["text"])).flag for row in rows)
    assert alarms / len(rows) <= 0.005
