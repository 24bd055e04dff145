"""Mood on held-out microblogs, and on the two sides of a public mailbox.

The shipped table was learned from all of the sets, so that it says nothing to measure it on them. What is
measured is the same learning from four fifths of them and half of the mailbox, on the other part, which was
not looked at while the method was chosen.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from rules.learn import Example, learn
from rules.sentiment import SentimentModel

SETS = ("weibo2018", "weibo_usual", "weibo_virus")


def held_out(text: str) -> bool:
    return int(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(), 16) % 10 < 2


def posts(shared_data: Path, name: str) -> list[dict[str, Any]]:
    path = shared_data / "sentiment" / f"{name}_train.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def mailbox(shared_data: Path, half: int) -> list[tuple[str, str]]:
    path = shared_data / "complaints" / "with_replies.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()][half::2]
    return [(f"{r['留言主题']}\n{r['留言详情']}", r["答复意见"]) for r in rows]


@pytest.fixture(scope="module")
def model(shared_data: Path) -> SentimentModel:
    examples = [
        Example(row["text"], row["label"], two_class=name == "weibo2018")
        for name in SETS
        for row in posts(shared_data, name)
        if not held_out(row["text"])
    ]
    for message, reply in mailbox(shared_data, 0):
        examples += [Example(message, "negative"), Example(reply, "neutral")]
    return SentimentModel(learn(examples))


@pytest.mark.slow
def test_two_classes(shared_data: Path, model: SentimentModel) -> None:
    rows = [r for r in posts(shared_data, "weibo2018") if held_out(r["text"])]
    right = sum((model.score("", r["text"]).score >= 0) == (r["label"] == "positive") for r in rows)
    assert right / len(rows) >= 0.862  # measured .870; the standard error is .0075


@pytest.mark.slow
@pytest.mark.parametrize("name", SETS[1:])
def test_three_classes(shared_data: Path, model: SentimentModel, name: str) -> None:
    rows = [r for r in posts(shared_data, name) if held_out(r["text"])]
    pairs = Counter((r["label"], model.score("", r["text"]).label) for r in rows)
    assert macro_f1(pairs) >= 0.80


@pytest.mark.slow
def test_an_offices_reply_is_seldom_negative(shared_data: Path, model: SentimentModel) -> None:
    replies = [reply for _, reply in mailbox(shared_data, 1)]
    negative = sum(model.score("", reply).label == "negative" for reply in replies)
    assert negative / len(replies) <= 0.10


def macro_f1(pairs: Counter[tuple[str, str]]) -> float:
    scores = []
    for label in ("negative", "neutral", "positive"):
        wrong = sum(n for (a, b), n in pairs.items() if (a == label) != (b == label))
        scores.append(2 * pairs[label, label] / (2 * pairs[label, label] + wrong))
    return sum(scores) / 3
