"""Mood of public affairs, with reasons; learning it, and correcting it by a station's own verdicts."""

from __future__ import annotations

import time
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rules.learn import Example, Plan, adapt, learn
from rules.lexicon_file import load, save
from rules.sentiment import SHIPPED, SentimentModel
from rules.sentiment_features import features

NEGATIVE = (
    "停水三天没人管，投诉无门",
    "难道就没有人管吗？物业收钱不办事",
    "楼下烧烤店半夜噪音扰民，打了十几个电话互相推诿",
    "学校食堂的饭菜里吃出虫子，家长苦不堪言",
    "说好年底交房，但是到现在还是没人理",
    "对处理结果很不满意",
    "老板跑路，拖欠我们三个月工资",
    "小区门口臭气熏天[怒]",
)
NEUTRAL = (
    "召开重点工作推进会",
    "事故已妥善处置",
    "区政府召开第十二次常务会议",
    "关于2026年中秋节放假安排的通知",
    "明火已被扑灭，未造成人员伤亡",
    "您的来信收悉，现将有关情况回复如下",
    "新建停车场预计10月投用",
)
POSITIVE = (
    "为民警的热心点赞[赞]",
    "社区工作人员服务非常好，非常感谢",
    "今天的晚霞太美了[心]",
    "之前漏水，好在物业半小时就修好了，很满意",
)


@pytest.fixture(scope="module")
def shipped() -> SentimentModel:
    return SentimentModel.shipped()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        *((t, "negative") for t in NEGATIVE),
        *((t, "neutral") for t in NEUTRAL),
        *((t, "positive") for t in POSITIVE),
    ],
)
def test_public_affairs(shipped: SentimentModel, text: str, label: str) -> None:
    assert shipped.score(text).label == label


def test_label_and_score_agree_and_stay_in_range(shipped: SentimentModel) -> None:
    for text in (*NEGATIVE, *POSITIVE):
        mood = shipped.score("", text)
        assert -1 <= mood.score <= 1
        assert (mood.score >= 0) == (mood.label == "positive")


def test_the_words_that_weighed_are_named(shipped: SentimentModel) -> None:
    why = shipped.score("停水三天没人管，投诉无门").why
    assert why[0] == "投诉无门：“没人管”"
    assert any("投诉" in reason and "偏负面" in reason for reason in why[1:])


def test_campaigns_against_idleness_are_not_complaints(shipped: SentimentModel) -> None:
    assert shipped.score("全区开展整治不作为专项行动").label == "neutral"


@pytest.mark.parametrize("text", ["", " ", "\x00\x01", "\ud800", "🙂", "[", "[]" * 5000, "啊" * 200_000])
def test_odd_input_gets_a_mood(shipped: SentimentModel, text: str) -> None:
    assert shipped.score(text, text).label in ("negative", "neutral", "positive")


@given(st.text(st.characters(), max_size=80), st.text(st.characters(categories=["Cs", "Cc", "Lo", "So"])))
@example("\ud800" * 10, "\x00[\udfff]")
@settings(max_examples=150, deadline=None)
def test_any_text_gets_a_finite_mood_without_a_warning(title: str, body: str) -> None:
    with warnings.catch_warnings(), np.errstate(all="raise", under="ignore"):
        warnings.simplefilter("error")
        mood = SentimentModel.shipped().score(title, body)
    assert -1 <= mood.score <= 1
    assert mood.label in ("negative", "neutral", "positive")


def test_ten_million_characters_take_no_longer_than_a_page(shipped: SentimentModel) -> None:
    started = time.process_time()
    for piece in ("啊", "[泪]", "停水三天没人管。", "\x00", "\ud800", "0311", "@"):
        shipped.score("", piece * (10_000_000 // len(piece)))
    assert time.process_time() - started < 10


def test_an_emoticon_is_one_feature_and_a_repeated_one_counts_once() -> None:
    assert "[泪]" in features("好累[泪][泪]")
    assert features("好好好") >= {"好", "好好", "好好好"}


TAUGHT = [
    *(Example(f"这家饭店{w}难吃，再也不来了", "negative") for w in ("太", "很", "最", "真", "好")),
    *(Example(f"这家饭店{w}好吃，下次还来", "positive") for w in ("太", "很", "最", "真", "特别")),
    *(Example(f"饭店在{w}路口", "neutral") for w in ("东", "西", "南", "北", "前")),
]


def test_a_table_is_learned_saved_and_read(tmp_path: Path) -> None:
    table = learn(TAUGHT, Plan(size=500))
    save(table, tmp_path / "own.npz")
    model = SentimentModel.load(tmp_path / "own.npz")
    assert model.score("难吃").label == "negative"
    assert model.score("好吃").label == "positive"
    assert model.score("路口").label == "neutral"


def test_learning_says_what_is_wrong_with_the_labels() -> None:
    with pytest.raises(ValueError, match="bad"):
        learn([Example("差", "bad")])
    with pytest.raises(ValueError, match="neutral"):
        learn([e for e in TAUGHT if e.label != "neutral"])


def test_a_stations_verdicts_move_the_shipped_table() -> None:
    shipped = load(SHIPPED)
    text = "某某花园二期又是周末集中检修"
    before = SentimentModel(shipped).score(text)
    verdicts = [Example(text, "negative", weight=5.0)] * 5
    moved = SentimentModel(adapt(shipped, verdicts, strength=20.0)).score(text)
    assert moved.label == "negative"
    assert moved.label != before.label or moved.score <= before.score


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.npz").write_bytes(b"no table")
    with pytest.raises((ValueError, OSError)):
        SentimentModel.load(tmp_path / "x.npz")
