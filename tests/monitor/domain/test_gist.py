"""What a text says in so many characters, as it may stand in a paper that somebody signs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.gist import gist


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("云州新闻网讯 今天，东关街道一家熟食店起火。", "今天，东关街道一家熟食店起火。"),
        ("本报讯（记者 李某）昨夜停水。\n居民不满。", "昨夜停水。居民不满。"),
        ("某某日报客户端11月22日讯：学校食堂被投诉。", "学校食堂被投诉。"),
        ("新华社北京11月22日电 全区供暖提前。", "全区供暖提前。"),
        ("东关停电半天，无人通知", "东关停电半天，无人通知"),
        ("小区网络断了，报修三天，电话没人接", "小区网络断了，报修三天，电话没人接"),
        ("东关停水了 没人管", "东关停水了 没人管"),
        ("", ""),
    ],
)
def test_datelines_and_blanks_are_left_out(text: str, told: str) -> None:
    assert gist(text, 200) == told


def test_the_cut_is_where_a_sentence_ends() -> None:
    text = "燃气泄漏并引发爆燃，店铺卷帘门被掀开。消防到场处置。目前泄漏原因尚不明确，正在调查。"
    assert gist(text, 30) == "燃气泄漏并引发爆燃，店铺卷帘门被掀开。消防到场处置。"


def test_a_sentence_without_end_is_cut_at_a_comma_and_says_so() -> None:
    assert gist("东关农贸市场南侧停水停电已经半天了，打了很多个电话都没有人接听也没有人管", 24) == (
        "东关农贸市场南侧停水停电已经半天了……"
    )
    assert gist("字" * 50, 24) == "字" * 22 + "……"


@given(st.text(), st.integers(4, 200))
def test_never_longer_than_asked(text: str, limit: int) -> None:
    assert len(gist(text, limit)) <= limit
