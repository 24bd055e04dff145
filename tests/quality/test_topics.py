"""Complaints to offices, emergencies to kinds. Rules were tuned on even rows; odd ones are reported."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from rules.judge import Judge
from rules.verdict import Text
from tests.quality.judging import emergency, macro_f1, office


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    return Judge.load(cache=tmp_path_factory.mktemp("cache"))


def test_complaints_reach_their_office(judge: Judge, shared_data: Path) -> None:
    lines = (shared_data / "complaints" / "labelled.jsonl").read_text(encoding="utf-8").splitlines()[1::2]
    pairs = []
    for row in map(json.loads, lines):
        verdict = judge.judge(Text(row["留言编号"], row["留言主题"], row["留言详情"]))
        pairs.append((row["一级分类"], office(verdict)))
    assert macro_f1(pairs) >= 0.85


def test_emergencies_are_told_apart(judge: Judge, shared_data: Path) -> None:
    pairs = []
    for path in sorted((shared_data / "emergencies").glob("*/*.xml"))[1::2]:
        title, body = _article(path)
        pairs.append((path.parent.name, emergency(judge.judge(Text(path.name, title, body)))))
    assert macro_f1(pairs) >= 0.93


def _article(path: Path) -> tuple[str, str]:
    raw = path.read_text(encoding="utf-8", errors="replace")
    title = re.search(r"<Title>(.*?)</Title>", raw, re.S)
    body = re.search(r"<Content>(.*?)</Content>", raw, re.S)
    strip = re.compile(r"<[^>]+>|[ \t\n\u3000]")
    return strip.sub("", title[1]) if title else "", strip.sub("", body[1] if body else raw)
