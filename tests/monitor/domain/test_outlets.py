"""The rank of a medium."""

from __future__ import annotations

import pytest

from monitor.domain.outlets import highest, rank


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("人民日报客户端", 4), ("央视新闻", 4), ("河北日报", 3), ("澎湃新闻", 3), ("湖南卫视", 3),
        ("石家庄日报", 2), ("某市广播电视台", 2), ("青石论坛", 0), ("网民甲", 0), ("", 0),
    ],
)  # fmt: skip
def test_ranks(name: str, expected: int) -> None:
    assert rank(name) == expected


def test_the_highest_of_none_is_nothing() -> None:
    assert highest([]) == highest([None, "贴吧"]) == 0
    assert highest(["贴吧", "石家庄日报", None]) == 2
