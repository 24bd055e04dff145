"""Bytes as servers really send them."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.decode import clean, decode, garbled
from spiders.errors import ExtractError

CHINESE = "青石区人民政府今日发布通知：槐树街供水管道已经修复，居民用水恢复正常。"
TAIWAN = "青石區公所今日發布通知：槐樹街供水管線已經修復，居民用水恢復正常，這個問題不會再發生。"


def html(text: str, declared: str) -> str:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    return f"<html><head>{head}</head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    "declared", ["utf-8", "gbk", "gb2312", "GB18030", "big5", "iso-8859-1", "nonsense", ""]
)
@pytest.mark.parametrize("real", ["utf-8", "gbk", "gb18030", "utf-16"])
def test_what_the_bytes_are_outranks_what_they_declare(real: str, declared: str) -> None:
    assert CHINESE in decode(html(CHINESE, declared).encode(real)).text


@pytest.mark.parametrize("declared", ["big5", "utf-8", ""])
def test_traditional_pages_in_big5(declared: str) -> None:
    assert TAIWAN in decode(html(TAIWAN, declared).encode("big5")).text


def test_rare_characters_beyond_gbk() -> None:
    assert "𠮷镕堃" in decode(html("𠮷镕堃" + CHINESE, "gb2312").encode("gb18030")).text


def test_the_header_helps_where_bytes_alone_do_not_tell() -> None:
    raw = "<p>中</p>".encode("big5")
    assert "中" in decode(raw, "text/html; charset=big5").text


def test_marks_of_order_are_believed() -> None:
    for bom, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        found = decode(bom + CHINESE.encode(name))
        assert (found.text, found.encoding) == (CHINESE, name)


def test_utf16_without_a_mark() -> None:
    assert CHINESE in decode(html(CHINESE, "").encode("utf-16-le")).text


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    utf8 = html(CHINESE * 20, "utf-8").encode()
    gbk = html(f"{CHINESE}<br>" * 20, "gbk").encode("gbk")
    assert decode(utf8[:900] + b"\xff" + utf8[900:]).encoding == "utf-8"
    assert CHINESE in decode(gbk[:700] + b"\xff\xff " + gbk[700:]).text


def test_a_page_cut_in_the_middle_of_a_character() -> None:
    raw = html(CHINESE * 3, "").encode()
    cut = raw[: raw.rfind("常".encode()) + 1]
    assert decode(cut).encoding == "utf-8"


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ("latin-1", CHINESE),
        ("cp1252", "石区人民政府今日布通知，居民用水是正常的中国" * 2),
        ("gb18030", "石区人民政府今日发布通知已经修复居民用水恢复正常" * 2),
    ],
)
def test_text_garbled_once_is_put_right(wrong: str, text: str) -> None:
    bad = text.encode().decode(wrong)

    assert decode(f"<p>{bad}</p>".encode()).text == f"<p>{text}</p>"


def test_text_beyond_repair_is_said_to_be_garbled() -> None:
    found = decode(("<p>" + "锟斤拷锟斤拷" * 5 + "</p>").encode())

    assert found.garbled
    assert not garbled(CHINESE)
    assert not garbled("Café à la crème, élève, déjà vu. " * 20)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"%PDF-1.7 ...", "binary"),
        (b"\x89PNG\r\n\x1a\n....", "binary"),
        (bytes(range(1, 20)) * 90, "binary"),
    ],
)
def test_what_is_no_page_says_so(raw: bytes, code: str) -> None:
    with pytest.raises(ExtractError) as caught:
        decode(raw)
    assert caught.value.code == code


def test_lone_surrogates_and_nuls_go() -> None:
    assert clean("青\ud800石\x00区\udfff") == "青\ufffd石区\ufffd"


@given(st.binary(max_size=400))
def test_any_bytes_give_encodable_text_or_a_named_error(raw: bytes) -> None:
    try:
        decode(raw).text.encode()
    except ExtractError as error:
        assert error.code in {"empty", "binary"}
