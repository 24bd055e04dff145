"""Citizens' messages and the offices' replies.

The signs were written looking at every second row from the first on; these are the others.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rules.official import is_official_response
from rules.verdict import Text


def rows(shared_data: Path, name: str) -> list[dict[str, Any]]:
    lines = (shared_data / "complaints" / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines][1::2]


def test_messages_are_not_taken_for_answers(shared_data: Path) -> None:
    messages = rows(shared_data, "with_replies.jsonl") + rows(shared_data, "labelled.jsonl")
    wrong = [r for r in messages if is_official_response(Text("1", r["留言主题"], r["留言详情"]))[0]]
    assert 1 - len(wrong) / len(messages) >= 0.99


def test_answers_are_known(shared_data: Path) -> None:
    replies = rows(shared_data, "with_replies.jsonl")
    for title in ("", "留言主题"):
        known = [r for r in replies if is_official_response(Text("1", r.get(title, ""), r["答复意见"]))[0]]
        assert len(known) / len(replies) >= 0.95
