"""Times as pages write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.dates import CHINA, find_times, from_epoch, parse_stamp, parse_time

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)  # 15:00 in China


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-22T00:00:00Z", "2026-11-22T08:00"),
        ("2026-11-22T08:00:00.123+08:00", "2026-11-22T08:00"),
        ("2026-11-22T08:00:00+0800", "2026-11-22T08:00"),
        ("2026-11-21 23:30:00 +0000", "2026-11-22T07:30"),
        ("2026-11-22 08:30", "2026-11-22T08:30"),
        ("2026-11-2208:30", "2026-11-22T08:30"),
        ("2026/1/2 8:05:09", "2026-01-02T08:05"),
        ("2026.11.22", "2026-11-22"),
        ("2026年11月22日", "2026-11-22"),
        ("2026年 11月 2日 星期一 下午3点20分", "2026-11-02T15:20"),
        ("２０２６年１１月２日　８：３０", "2026-11-02T08:30"),
        ("2026年11月2日晚上8时许", "2026-11-02T20:00"),
        ("2026年11月2日凌晨2时30分", "2026-11-02T02:30"),
        ("2026年11月2日中午12:10", "2026-11-02T12:10"),
        ("二〇二六年十一月二十二日", "2026-11-22"),
        ("二○二六年一月三十一日", "2026-01-31"),
        ("18-03-08 23:16", "2018-03-08T23:16"),
        ("11-21 08:30", "2026-11-21T08:30"),
        ("11月21日 08:30", "2026-11-21T08:30"),
        ("12-30 10:00", "2025-12-30T10:00"),
        ("11-20", "2026-11-20"),
        ("今天 08:30", "2026-11-22T08:30"),
        ("今日08:30", "2026-11-22T08:30"),
        ("昨天", "2026-11-21"),
        ("昨天 23:59", "2026-11-21T23:59"),
        ("前天 10:00", "2026-11-20T10:00"),
        ("3小时前", "2026-11-22T12:00"),
        ("半小时前", "2026-11-22T14:30"),
        ("10 分钟前", "2026-11-22T14:50"),
        ("两天前", "2026-11-20"),
        ("刚刚", "2026-11-22T15:00"),
        ("Sun, 22 Nov 2026 00:30:00 GMT", "2026-11-22T08:30"),
        ("Nov 5, 2026", "2026-11-05"),
        ("发布时间：2026-11-22 08:30 来源：青石网", "2026-11-22T08:30"),
    ],
)
def test_written_forms(written: str, meant: str) -> None:
    found = parse_time(written, NOW)

    assert found is not None
    assert found.at.isoformat()[: 16 if found.has_minute else 10] == meant
    assert found.at.utcoffset() == CHINA.utcoffset(None)


@pytest.mark.parametrize("written", ["3小时前", "昨天 10:00", "11-21 08:30", "刚刚"])
def test_forms_that_need_an_anchor_are_nothing_without_one(written: str) -> None:
    assert parse_time(written) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "电话 0311-8888888",
        "编号 2026-00031",
        "比分 3-2",
        "2026-13-45",
        "1234567890123",
        "版本 1.2.3",
        "2026年2月30日",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert parse_time(text) is None


@pytest.mark.parametrize(
    ("stamp", "meant"),
    [
        ("1575936000", "2019-12-10T08:00"),
        (1575936000000, "2019-12-10T08:00"),
        ("20201122083000", "2020-11-22T08:30"),
        ("20201122", "2020-11-22"),
    ],
)
def test_machines_stamps(stamp: str | int, meant: str) -> None:
    found = parse_stamp(stamp)

    assert found is not None
    assert found.at.isoformat().startswith(meant)


def test_stamps_of_other_centuries_are_ids_not_times() -> None:
    assert from_epoch(12) is None
    assert from_epoch(9_999_999_999) is None


def test_all_times_of_a_line_are_found() -> None:
    days = [m.at.day for m in find_times("2026-11-20 至 2026-11-22，昨天有效", NOW)]
    assert days == [20, 22, 21]


@given(st.text(max_size=80))
def test_no_text_breaks_it(text: str) -> None:
    for moment in find_times(text, NOW):
        assert moment.at.tzinfo is not None
