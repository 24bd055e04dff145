"""Real headlines of hot lists that nothing was learned from: the report half of stream_labels.tsv.

Rules were made with some of them in sight, the table was not.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.judge import Judge
from rules.verdict import Text, Verdict
from tests.quality.stream import Read, read_headlines

Judged = list[tuple[Read, Verdict]]


@pytest.fixture(scope="module")
def judged(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Judged:
    judge = Judge.load(cache=tmp_path_factory.mktemp("cache"))
    return [
        (read, judge.judge(Text("", read.title)))
        for read in read_headlines(shared_data)
        if read.half == "report" and read.incident is not None
    ]


def test_incidents_are_told_from_other_news(judged: Judged) -> None:
    hit = sum(bool(read.incident) and said.incident for read, said in judged)
    told = sum(bool(read.incident) for read, _ in judged) + sum(said.incident for _, said in judged)
    assert 2 * hit / told >= 0.74


def test_incidents_reach_their_topic(judged: Judged) -> None:
    rows = [
        (read.topics, [t.id for t in said.topics]) for read, said in judged if read.incident and said.incident
    ]
    assert sum(said[:1] == [true[0]] for true, said in rows) / len(rows) >= 0.70
    assert sum(bool(said) and said[0] in true for true, said in rows) / len(rows) >= 0.87
    assert sum(bool({*true} & {*said}) for true, said in rows) / len(rows) >= 0.91
    assert sum(map(len, (said for _, said in rows))) / len(rows) <= 2.0
