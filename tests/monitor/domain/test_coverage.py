"""What a bulletin must say it could not hear."""

from __future__ import annotations

from monitor.domain.coverage import ABSENT, COMMON, NOT_PUSHED, ONLY_BOARD, Gap, Heard, gaps


def test_a_superior_platform_that_delivers_listens_to_the_common_ones_for_us() -> None:
    assert gaps([Heard("市级平台", enabled=True, well=True, superior=True)]) == ()


def test_a_silent_delivery_is_named_first_and_the_common_platforms_with_it() -> None:
    found = gaps([Heard("市级平台", enabled=True, well=False, superior=True)])
    assert found[0] == Gap("市级平台", NOT_PUSHED)
    assert {gap.platform for gap in found[1:]} == set(COMMON)


def test_one_way_in_is_enough_for_a_platform() -> None:
    ways = [
        Heard("市级平台", enabled=True, well=False, superior=True, trouble="采集失败"),
        Heard("市级平台", enabled=True, well=True, superior=True),
    ]
    assert gaps(ways) == ()


def test_a_hot_list_is_not_the_platform() -> None:
    found = gaps([Heard("微博", enabled=True, well=True, board=True), Heard("知乎", enabled=True, well=True)])
    assert Gap("微博", ONLY_BOARD) in found
    assert "知乎" not in {gap.platform for gap in found}


def test_a_source_that_failed_tells_why_and_one_switched_off_is_no_news() -> None:
    found = gaps(
        [
            Heard("本地论坛", enabled=True, well=False, trouble="站点拒绝访问"),
            Heard("某报", enabled=False, well=False),
            Heard("省级平台", enabled=False, well=False, superior=True),
        ]
    )
    assert found[:2] == (Gap("省级平台", ABSENT), Gap("本地论坛", "站点拒绝访问"))
    assert "某报" not in {gap.platform for gap in found}
