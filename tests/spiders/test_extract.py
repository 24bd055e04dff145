"""Pages of many systems, read as a person would read them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import datetime

import pytest

from spiders.dates import CHINA
from spiders.errors import ExtractError
from spiders.extract import Selectors, extract, extract_links
from tests.spiders.layouts import FOOT, LAYOUTS, NAV, PARAS, SIDE, TITLE, TRS, Layout, P, page

NOW = datetime(2026, 3, 18, 12, 26, 40, tzinfo=CHINA)


def _grams(text: str) -> Counter[str]:
    kept = "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())
    return Counter(kept[i : i + 2] for i in range(len(kept) - 1))


def closeness(gold: str, found: str) -> float:
    """Bigram F1, as the pages are judged."""
    a, b = _grams(gold), _grams(found)
    return 2 * (a & b).total() / max(1, a.total() + b.total())


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda x: x.name)
def test_layout(layout: Layout) -> None:
    found = extract(layout.raw, url=layout.url, fetched_at=NOW)

    assert found.title == layout.title
    assert closeness("\n".join(layout.text), found.text) > 0.97, found.text
    assert not [words for words in layout.never if words in found.text]
    shown = found.published_at and found.published_at.isoformat()[: 16 if found.has_minute else 10]
    assert shown == layout.time
    assert found.kind == layout.kind
    if layout.media:
        assert found.media == layout.media
    for name, value in layout.extra.items():
        assert getattr(found, name) == value


STAMP = "<div>2026-03-18 09:26 来源：青石网</div>"


def test_an_article_of_pictures_is_an_article_not_the_list_beside_it() -> None:
    found = extract(page(f"<h1>{TITLE}</h1>{STAMP}<div class=zoom><img src=1></div>{SIDE.format('s')}{FOOT}"))

    assert (found.kind, found.text, found.title) == ("article", "", TITLE)


def test_verse_has_no_full_stops_and_is_text_all_the_same() -> None:
    verse = ["春风吹过老街", "槐花落满井台", "孩子追着风筝", "老人晒着太阳", "有人提水归来"]
    found = extract(
        page(f"{NAV}<h1>{TITLE}</h1>{STAMP}<div>{'<br>'.join(verse)}</div>{SIDE.format('s')}{FOOT}")
    )

    assert found.text.splitlines() == verse


def test_a_headline_cut_short_in_the_title_element_is_read_whole() -> None:
    assert extract(page(f"<h1>{TITLE}</h1>{STAMP}{PARAS}", title=TITLE[:10] + "...")).title == TITLE


@pytest.mark.parametrize("text", ["页面不存在，请返回首页。", "请完成验证后继续访问。"])
def test_error_pages_are_no_articles(text: str) -> None:
    assert extract(f"<html><head><title>提示</title></head><body><p>{text}</p></body></html>").kind == "other"


@pytest.mark.parametrize(
    "line",
    [
        "投诉人称，此前已多次向物业反映。",
        "举报人说，来电三十余个。",
        "打印店老板说，停水一天少做了不少生意。",
    ],
)
def test_sentences_that_begin_like_furniture_stay(line: str) -> None:
    assert line in extract(page(f"<h1>{TITLE}</h1>{STAMP}<div class=k>{PARAS}<p>{line}</p></div>")).text


def test_selectors_of_a_source_override_what_is_found() -> None:
    html = page(
        f"<h1>{TITLE}</h1><b class=sub>停水的一夜</b><i class=when>昨天 21:05</i><u class=who>老槐树</u>"
        f"<div class=main>{PARAS}</div><div class=box><p>{P[0]}</p><p class=ad>广告：买水管。</p></div>"
    )
    own = Selectors(title=".sub", body=".box", time=".when", author=".who", media="h1", remove=(".ad",))
    found = extract(html, fetched_at=NOW, selectors=own)

    assert (found.title, found.text, found.author, found.media) == ("停水的一夜", P[0], "老槐树", TITLE)
    assert found.published_at == datetime(2026, 3, 17, 21, 5, tzinfo=CHINA)


def test_a_selector_that_cannot_be_read_or_finds_nothing_changes_nothing() -> None:
    assert extract(TRS.raw, selectors=Selectors(title="[[", body="#absent", time="..")) == extract(TRS.raw)


HOSTILE = {
    "deep": "<div>" * 100_000 + "文字，内容。",
    "deep_and_closed": "<div>" * 100_000 + "x" + "</div>" * 100_000,
    "formatting": "<i><b><u>" * 30_000 + "x",
    "tables": "<table><tr><td>" * 30_000,
    "attributes": "<p " + 'a="b" ' * 100_000 + ">x",
    "angles": "<" * 300_000,
    "json": '<script id="__NEXT_DATA__" type="application/json">' + "[" * 200_000 + "</script>",
    "years": "<p>" + "2020-" * 50_000,
    "spaces": "<title>" + " " * 300_000 + "x</title><p>" + " " * 300_000 + "。",
    "separators": "<title>" + "- " * 50_000 + "</title><h1>" + "x" * 100_000,
    "surrogates": "<p>\ud800正文\udfff内容，很好。</p>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_neither_hangs_nor_crashes(name: str) -> None:
    extract(HOSTILE[name]).text.encode()


def test_pages_beyond_the_limit_are_refused() -> None:
    with pytest.raises(ExtractError) as caught:
        extract(b"<p>" + b"x" * (10 * 1024 * 1024))
    assert caught.value.code == "too_large"


def test_links_alone() -> None:
    html = page(
        "<ul>"
        + "".join(f'<li><a href="/n/{i}.html">青石区第{i}号公告发布</a></li>' for i in range(6))
        + "</ul>"
    )

    links = extract_links(html, url="https://qingshi.example/gg/")
    assert [link.url for link in links] == [f"https://qingshi.example/n/{i}.html" for i in range(6)]
