"""Normalised text, and the way back to the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.text import changes, fold, plain


@pytest.mark.parametrize(
    ("written", "found", "name"),
    [
        ("小区停 水三天", "停 水", "去除夹入的空格或符号"),
        ("小区停*水三天", "停*水", "去除夹入的空格或符号"),
        ("小区停\u200b水三天", "停\u200b水", "去除夹入的空格或符号"),
        ("小區停電三天", "停電", "繁体转简体"),
        ("强拆qian", "拆qian", "拼音还原"),
        ("ＡＰＰ打不开", "ＡＰＰ", "全角转半角"),
        ("老是停氺", "停氺", "形近字还原"),
    ],
)
def test_each_disguise_is_seen_through_and_named(written: str, found: str, name: str) -> None:
    start = written.index(found)
    assert name in changes(written, start, start + len(found))


def test_offsets_lead_back_to_the_original() -> None:
    written = "小区停 * 水了"
    (squeezed,) = plain(written).squeezed(10)
    assert squeezed.text == "小区停水了"
    start = squeezed.text.index("停水")
    assert written[slice(*squeezed.span(start, start + 2))] == "停 * 水"


def test_only_what_stands_around_a_cut_is_read_again() -> None:
    seen = plain("停*水，" + "天气很好，" * 8 + "停*电了，停*气")
    assert [squeezed.text for squeezed in seen.squeezed(4)] == ["停水,天气", "很好,停电了,停气"]


def test_a_blank_between_clauses_stays_beside_the_squeezed_form() -> None:
    seen = plain("流鼻血 杭州成立调查组")
    assert seen.text == "流鼻血 杭州成立调查组"


@given(st.text(max_size=60))
def test_one_for_one_changes_keep_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(max_size=60))
def test_every_squeezed_character_points_into_the_original(text: str) -> None:
    for squeezed in plain(text).squeezed(5):
        assert len(squeezed.offsets) == len(squeezed.text)
        assert all(0 <= at < len(text) for at in squeezed.offsets)
        assert list(squeezed.offsets) == sorted(squeezed.offsets)
