"""Same happening or not, for two texts without a stream around them."""

from __future__ import annotations

import pytest

from rules.pairs import SAME, learn, likenesses, same
from rules.sameness import Item


def verdict(a: str, b: str) -> bool:
    found, score = same(Item("a", a), Item("b", b))
    assert found is (score >= SAME)
    return found


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("杭州余杭区自来水有异味，官方回应", "余杭区自来水发臭有异味，水务公司致歉"),
        ("河北兴隆山洪致3人遇难", "兴隆县突发山洪，已致3人死亡"),
        ("翠屏苑小区连续停水三天，居民投诉无门", "翠屏苑小区停水三天，物业称正在抢修"),
    ],
)
def test_the_same(a: str, b: str) -> None:
    assert verdict(a, b)
    assert verdict(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("杭州东站旅客滞留，多趟列车晚点", "长沙一小学食堂午餐吃出虫子"),
        ("某地居民楼起火致2人受伤", "某地举行春季招聘会"),
        ("", "杭州东站旅客滞留"),
    ],
)
def test_not_the_same(a: str, b: str) -> None:
    assert not verdict(a, b)


def test_one_and_the_same_text() -> None:
    assert verdict("翠屏苑小区停水三天没人管", "翠屏苑小区停水三天没人管")


def test_the_score_does_not_depend_on_the_order() -> None:
    a, b = "河北兴隆山洪致3人遇难", "兴隆县突发山洪，已致3人死亡"
    assert likenesses(a, b) == pytest.approx(likenesses(b, a))


def test_learning_finds_what_separates() -> None:
    alike = [(f"柏林小区{n}号楼起火", f"柏林小区{n}号楼发生火灾") for n in range(20)]
    unlike = [(f"柏林小区{n}号楼起火", f"翠屏苑今年第{n}次停水") for n in range(20)]
    learned = learn(alike + unlike, [1] * 20 + [0] * 20, ridge=1.0)
    assert len(learned.weight) == len(likenesses("甲", "乙"))
    assert all(spread > 0 for spread in learned.spread)
