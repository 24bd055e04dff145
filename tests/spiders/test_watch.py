"""A watch looks for place, matter and unit, ever more slowly, and never for a person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from spiders.watch import Words, next_round, search_ids, words_of

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
PLACES = ("青石区", "南街", "南街市场", "建设路")
UNITS = ("青石燃气公司", "区教育局")
LEAD = "市民王建国（电话13812345678，住南街小区3号楼2单元501室）反映南街市场发生燃气泄漏，青石燃气公司已到场"


def test_words_are_place_matter_and_unit() -> None:
    words = words_of(LEAD, PLACES, UNITS)
    assert words == Words(("南街市场",), ("燃气泄漏",), ("青石燃气公司",))
    assert words.phrases == ("南街市场 燃气泄漏", "青石燃气公司 燃气泄漏", "南街市场 青石燃气公司")


def test_no_person_number_or_door_is_ever_searched() -> None:
    words = words_of(LEAD, (*PLACES, "3号楼2单元501室"), UNITS)
    searched = " ".join(words.phrases)
    assert not any(part in searched for part in ("王建国", "1381", "5678", "501", "单元"))


def test_a_place_alone_is_no_search() -> None:
    assert words_of("南街市场人很多", PLACES, ()).phrases == ()


def test_what_is_found_must_speak_of_place_and_matter() -> None:
    words = words_of(LEAD, PLACES, UNITS)
    assert words.found_in("网传南街市场燃气泄漏")
    assert not words.found_in("某市发生燃气泄漏") and not words.found_in("南街市场促销")


def test_rounds_slow_down_and_end_with_the_incident() -> None:
    ages = [
        timedelta(minutes=10),
        timedelta(hours=2),
        timedelta(hours=12),
        timedelta(days=2),
        timedelta(days=9),
    ]
    waits = [next_round(NOW, NOW + age, False) - (NOW + age) for age in ages]  # type: ignore[operator]
    assert waits == sorted(waits) and waits[0] == timedelta(minutes=5)
    assert next_round(NOW, NOW, True) is None


def test_searches_are_asked_before_lists() -> None:
    assert search_ids([("a", "feed"), ("b", "search"), ("c", "files"), ("d", "hotlist")]) == ("b", "d", "a")
