"""The same page under its many addresses, and authors nobody can follow."""

from __future__ import annotations

import pytest

from monitor.domain.document import (
    author_alias,
    canonical_url,
    open_author,
    seal_author,
    storable,
    text_digest,
    url_key,
)

KEY = b"k" * 32


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://News.Example.cn:80/a.html#top", "https://news.example.cn/a.html"),
        ("https://a.cn/x?utm_source=wx&id=3&b=1", "https://a.cn/x?b=1&id=3"),
        ("https://a.cn/新闻/1", "https://a.cn/%E6%96%B0%E9%97%BB/1"),
        ("https://a.cn/x;jsessionid=ABC?id=1", "https://a.cn/x?id=1"),
        ("https://a.cn", "https://a.cn/"),
    ],
)
def test_one_page_under_two_addresses(one: str, other: str) -> None:
    assert url_key(one) == url_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.cn/x?id=1", "https://a.cn/x?id=2"),
        ("https://a.cn/s?q=%CD%A3%CB%AE", "https://a.cn/s?q=%CD%A3%B5%E7"),
        ("https://a.cn/#/topic/1", "https://a.cn/#/topic/2"),
        ("https://a.cn:8443/x", "https://a.cn/x"),
        ("https://a.cn/x", "https://b.cn/x"),
    ],
)
def test_two_pages_stay_two(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


@pytest.mark.parametrize(
    "odd", ["", "not an address", "http://[::1", "http://a.cn:port/", "hot:热榜/停水", "\x00\ud800"]
)
def test_what_is_no_address_has_a_key_too(odd: str) -> None:
    assert canonical_url(canonical_url(odd)) == canonical_url(odd)
    assert len(url_key(odd)) == 64


def test_blanks_do_not_make_another_text() -> None:
    assert text_digest("停水", "三 天\n没人管") == text_digest("停水 ", "三天没人管")
    assert text_digest("停水", "三天") != text_digest("停电", "三天")


def test_an_account_is_one_within_an_incident_and_nothing_outside() -> None:
    assert author_alias(KEY, 1, "路人甲") == author_alias(KEY, 1, " 路人甲")
    assert author_alias(KEY, 1, "路人甲") != author_alias(KEY, 1, "路人乙")
    assert author_alias(KEY, 1, "路人甲") != author_alias(KEY, 2, "路人甲")
    assert "路人甲" not in author_alias(KEY, 1, "路人甲")


def test_a_sealed_author_opens_with_the_stations_key_alone() -> None:
    sealed = seal_author(KEY, "路人甲")
    assert "路人甲" not in sealed
    assert open_author(KEY, sealed) == "路人甲"
    assert open_author(b"x" * 32, sealed) is None


def test_what_a_database_refuses_becomes_a_visible_mark() -> None:
    assert storable("停\x00水\ud800") == "停\ufffd水\ufffd"
