"""Numbers as people write them, and the level they ask for."""

from __future__ import annotations

import pytest

from rules.level import Thresholds, number, suggest, toll


@pytest.mark.parametrize(
    ("written", "means"),
    [("3", 3), ("1,200", 1200), ("三", 3), ("十二", 12), ("三十二", 32), ("一百零五", 105), ("两千", 2000),
     ("数十", 30), ("上百", 100), ("几十", 30), ("十余", 11), ("多", 3)],
)  # fmt: skip
def test_numbers(written: str, means: int) -> None:
    assert number(written) == means


@pytest.mark.parametrize(
    ("text", "kind", "people"),
    [
        ("事故造成3人死亡", "deaths", 3),
        ("致8死18失联", "missing", 18),
        ("死亡人数升至12人", "deaths", 12),
        ("男子触电身亡", "deaths", 1),
        ("数十名学生呕吐", "ill", 30),
        ("上百名业主聚集", "crowd", 100),
        ("多人受伤", "injured", 3),
        ("火灾无人员伤亡", "deaths", 0),
        ("死刑判决公布", "deaths", 0),
    ],
)
def test_toll(text: str, kind: str, people: int) -> None:
    assert getattr(toll(text), kind) == people


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("死亡31人", 1),
        ("致11人死亡", 2),
        ("8人遇难18人失联", 2),
        ("1人死亡", 3),
        ("3名工人受伤", 3),
        ("路灯不亮", 4),
    ],
)
def test_levels(text: str, level: int) -> None:
    found, why = suggest(text, [])
    assert found == level
    assert why and all(line.startswith("建议") for line in why)


def test_thresholds_and_media_are_the_offices_to_set() -> None:
    assert suggest("2人死亡", [], thresholds=Thresholds(deaths=(3, 2, 1)))[0] == 2
    assert suggest("路灯不亮", [], media="某台新闻", thresholds=Thresholds(central_media=("某台",)))[0] == 1
    assert suggest("全市停课", [], thresholds=Thresholds(words={2: ("全市停课",)}))[0] == 2


def test_what_a_rule_asks_for_counts() -> None:
    level, why = suggest("自来水发臭", [(2, "规则“水质”的条件")])
    assert (level, why) == (2, ("建议Ⅱ级：规则“水质”的条件",))
