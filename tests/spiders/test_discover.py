"""An address says what it is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from spiders.discover import candidates, draft
from spiders.errors import SpiderError
from spiders.extract import Selectors, extract
from spiders.kinds.shape import Answer, Fetch
from spiders.source import Source
from tests.spiders.site import front, rss, story

TITLES = {f"/news/{n}.html": f"青石区第{n}号供水管网检修公告及注意事项" for n in range(6)}
NOW = datetime(2026, 11, 22, tzinfo=UTC)
BOARD = '{"data": [{"title": "某地暴雨", "hot": 5}, {"title": "地铁停运", "hot": 3}]}'
ROWS = '{"items": [{"title": "某地暴雨", "url": "https://a.example/1"}]}'
MAP = "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>"


def kinds(body: str, url: str = "https://news.example/x") -> list[str]:
    page = None
    if body.startswith("<html"):
        page = extract(body, url=url, selectors=Selectors(listing="<ul" in body))
    answer = Answer(Fetch(url), url, body.encode(), NOW, None, page)
    return [candidate.kind for candidate in candidates(answer)]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (rss(TITLES), ["feed"]),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": []}', ["feed"]),
        (MAP, ["sitemap"]),
        (BOARD, ["hotlist", "api"]),
        (ROWS, ["api"]),
        ("微博\n1. 某地暴雨\n2. 地铁停运\n3. 新番上线\n", ["hotlist"]),
        (front(TITLES), ["listing"]),
        (front(TITLES).replace("<title>要闻", "<title>实时热榜"), ["hotlist", "listing"]),
        (story("某地暴雨"), []),
        ("{broken", []),
        ("no list at all", []),
    ],
)
def test_what_an_answer_is(body: str, found: list[str]) -> None:
    assert kinds(body) == found


def test_a_forum_is_known_by_its_address() -> None:
    assert kinds(front(TITLES), "https://bbs.example/forum-2-1.html") == ["forum", "listing"]


def test_entities_are_refused_here_too() -> None:
    with pytest.raises(SpiderError, match="DTD"):
        kinds("<?xml version='1.0'?><!DOCTYPE r [<!ENTITY x 'y'>]><rss/>")


def test_a_draft_is_a_valid_entry_with_an_id_nobody_has() -> None:
    answer = Answer(
        Fetch("https://www.news.example/rss"), "https://www.news.example/rss", rss(TITLES).encode(), NOW
    )
    (candidate,) = candidates(answer)
    entry = draft(candidate, ["news-example-rss"], purpose="目的", legal_ground="依据")
    assert entry["id"] == "news-example-rss-2" and Source.parse(entry).enabled
    assert not draft(candidate, ())["enabled"]
