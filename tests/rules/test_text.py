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
    seen = plain(written)
    assert seen.squeezed == "小区停水了"
    start = seen.squeezed.index("停水")
    assert written[slice(*seen.span(start, start + 2, squeezed=True))] == "停 * 水"


def test_a_blank_between_clauses_stays_beside_the_squeezed_form() -> None:
    seen = plain("流鼻血 杭州成立调查组")
    assert seen.text == "流鼻血 杭州成立调查组"


@given(st.text(max_size=60))
def test_one_for_one_changes_keep_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(max_size=60))
def test_every_squeezed_character_points_into_the_original(text: str) -> None:
    seen = plain(text)
    if seen.squeezed is not None:
        assert seen.offsets is not None
        assert len(seen.offsets) == len(seen.squeezed)
        assert all(0 <= at < len(text) for at in seen.offsets)
        assert list(seen.offsets) == sorted(seen.offsets)
