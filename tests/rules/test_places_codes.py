"""Which divisions a headline names, and when two headlines cannot mean one place."""

from __future__ import annotations

import pytest

from rules.places_codes import codes, conflict


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("河北兴隆突发山洪", {"130822"}),
        ("杭州余杭区自来水有异味", {"330110"}),
        ("杭州通报自来水异味", {"3301"}),
        ("生意兴隆，财源广进", set()),
        ("今天天气真好", set()),
    ],
)
def test_the_finest_certain_divisions(text: str, named: set[str]) -> None:
    assert codes(text) == named


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ({"130822"}, {"130824"}, True),
        ({"130822"}, {"1308"}, False),
        ({"130822"}, {"13"}, False),
        ({"130822"}, set(), False),
        ({"3301", "130822"}, {"330110"}, False),
        ({"3301"}, {"4301"}, True),
    ],
)
def test_conflict(one: set[str], other: set[str], apart: bool) -> None:
    assert conflict(one, other) is apart
    assert conflict(other, one) is apart
