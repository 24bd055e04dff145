"""Copies: reposts, wire copies, edited headlines; in memory and on disk."""

from __future__ import annotations

from datetime import timedelta

from rules.twins import Twins, whole

DAY = 86_400.0
NEWS = whole(
    "柏林小区居民楼起火",
    "11月23日上午，新华区联盟街道柏林小区一居民楼起火。消防救援人员迅速到场处置，"
    "目前明火已被扑灭，无人员伤亡，起火原因正在调查中。",
)
EDITED = NEWS.replace("迅速到场", "立即到场")
OTHER = whole("翠屏苑停水三天", "居民反映翠屏苑小区停水三天，物业称正在抢修，预计今晚恢复。")


def twins(**more: int) -> Twins:
    return Twins(timedelta(days=30), **more)


def test_a_repost_and_an_edited_text_are_copies_another_is_not() -> None:
    known = twins()
    known.find("a", NEWS, DAY)
    repost, edited = known.find("b", NEWS, 2 * DAY), known.find("c", EDITED, 2 * DAY)
    assert repost is not None and (repost.id, repost.score) == ("a", 1.0)
    assert edited is not None and edited.id == "a" and edited.score >= 0.75
    assert known.find("d", OTHER, 2 * DAY) is None


def test_beyond_the_window_it_is_told_anew() -> None:
    known = twins()
    known.find("a", NEWS, DAY)
    assert known.find("b", NEWS, 32 * DAY) is None
    again = known.find("c", NEWS, 33 * DAY)
    assert again is not None and again.id == "b"


def test_texts_without_time_are_never_too_old() -> None:
    known = twins()
    known.find("a", NEWS, 0.0)
    assert known.find("b", NEWS, 99 * DAY)


def test_what_was_placed_is_remembered_with_its_incident() -> None:
    known = twins()
    known.find("a", NEWS, DAY)
    known.place("a", "#7")
    copy = known.find("b", NEWS, DAY)
    assert copy is not None and copy.incident == "#7"


def test_old_signatures_are_found_on_disk() -> None:
    known = twins(in_memory=4_000)
    known.find("first", NEWS, DAY)
    known.place("first", "#1")
    for n in range(9_000):
        known.find(f"其他{n}", f"第{n}号小区第{n * 7}栋住户反映问题{n * 13}", DAY)
    copy, edited = known.find("b", NEWS, 3 * DAY), known.find("c", EDITED, 3 * DAY)
    assert copy is not None and (copy.id, copy.incident, copy.score) == ("first", "#1", 1.0)
    assert edited is not None and edited.id == "first"
    assert known.find("d", NEWS, 40 * DAY) is None


def test_other_letter_forms_are_the_same_text() -> None:
    assert whole("ＡＢＣ　１２３！", "") == whole("abc123", "")
