"""Telling an office's answer from a citizen's message and from a headline about something else."""

from __future__ import annotations

import pytest

from rules.official import is_official_response
from rules.verdict import Text

ANSWERS = (
    "网友：您好！您的留言收悉，现将有关情况回复如下：经核实，该路段路灯已列入改造计划。感谢您的关心与支持！",
    "您好，您反映的问题我局高度重视，已安排执法人员现场核查。特此回复。",
    "来信人：你好。根据有关规定，您可到户籍所在地街道办事处办理。",
)
MESSAGES = (
    "尊敬的书记：您好！我是某小区业主，我们小区停水三天了，恳请领导尽快解决。",
    "我家楼下烧烤摊每天营业到凌晨，打了无数次电话都没人管，请有关部门查处。",
    "请问孩子户口不在本区，能否在本区上小学？谢谢！",
)


@pytest.mark.parametrize("body", ANSWERS)
def test_answers(body: str) -> None:
    official, why = is_official_response(Text("1", "", body))
    assert official
    assert why


@pytest.mark.parametrize("body", MESSAGES)
def test_messages(body: str) -> None:
    assert not is_official_response(Text("1", "", body))[0]


def test_a_message_that_asks_for_an_answer_is_still_a_message() -> None:
    body = "我于上月投诉过，贵局回复说已处理，但根本没有处理！希望领导过问。"
    assert not is_official_response(Text("1", "再次投诉噪声问题", body))[0]


@pytest.mark.parametrize(
    ("title", "right"),
    [
        ("余杭区水务局回应自来水异味", True),
        ("石家庄通报一学校食堂事件", True),
        ("警方通报：两人因造谣被拘", True),
        ("小区停水三天？官方辟谣", True),
        ("某女星回应恋情", False),
        ("网友回应质疑", False),
        ("小区停水三天无人管", False),
        ("请问什么时候通报调查结果？", False),
    ],
)
def test_headlines(title: str, right: bool) -> None:
    assert is_official_response(Text("1", title))[0] is right


def test_who_answered_is_named() -> None:
    _, why = is_official_response(Text("1", "余杭区水务局回应自来水异味"))
    assert "标题说“余杭区水务局”作了回应" in why
