"""Which headline an incident goes by."""

from __future__ import annotations

import pytest

from monitor.domain.headline import Telling, clearest

CRY = Telling("太可怕了！！柏林小区着火了快看", None, "forum", ("柏林小区",), ("着火",))
TOLD = Telling("新华区柏林小区一居民楼起火 暂无伤亡", "燕赵都市报", "article", ("新华区",), ("起火",))
ASKED = Telling("如何看待新华区柏林小区居民楼起火？", "知乎", "hot", ("新华区",), ("起火",))
BARE = Telling("最新通报来了", "人民日报", "article", (), ())


def test_a_paper_that_names_place_and_matter_is_preferred_to_a_cry_and_a_question() -> None:
    assert clearest([CRY, ASKED, TOLD], CRY.title) == TOLD.title


def test_a_high_medium_that_says_nothing_is_not() -> None:
    assert clearest([TOLD, BARE], TOLD.title) == TOLD.title


def test_what_is_hardly_clearer_does_not_take_the_place_of_the_present_one() -> None:
    now = Telling("柏林小区起火原因查明 无人员伤亡", "某新闻网站", "article", ("柏林小区",), ("起火",))
    other = Telling("柏林小区火灾起火点查明 无伤亡", "街道公众号", "article", ("柏林小区",), ("起火",), True)
    assert clearest([now, other], now.title) == now.title


@pytest.mark.parametrize("tellings", [[], [Telling("  ", None, "forum")]])
def test_without_a_headline_the_present_one_stays(tellings: list[Telling]) -> None:
    assert clearest(tellings, "事件") == "事件"
