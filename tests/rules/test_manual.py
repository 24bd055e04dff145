"""The one-page manual of the language tells the truth: each of its twenty examples can be read."""

from __future__ import annotations

import re
from pathlib import Path

from rules.language import Names, parse

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "规则语言.md"
NAMES = Names(["停供", "人群"], ["utility.cut"])


def test_all_twenty_examples_can_be_read() -> None:
    rows = re.findall(r"^\| (\d+) \| `([^`]+)`", MANUAL.read_text(encoding="utf-8"), re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, 21))
    for _, example in rows:
        assert parse(example, NAMES)
