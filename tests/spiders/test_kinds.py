"""Each kind of source against a real server, folder or mailbox: what it brings home."""

from __future__ import annotations

import gzip
import io
import json
import re
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from openpyxl import Workbook

from spiders.kinds import KINDS, hotlist
from spiders.kinds.shape import Answer, Fetch
from spiders.page import Page
from spiders.pool import ExtractionPool
from spiders.source import KIND_NAMES
from tests.spiders import layouts
from tests.spiders.crawling import NOW, Crawl, play, source
from tests.spiders.imap_server import Mailbox
from tests.spiders.site import Site, front, rss, story

A, B, C = "/news/1.html", "/news/2.html", "/news/3.html"
TITLES = {A: "青石区南街市场燃气泄漏已处置完毕", B: "青石区第三小学食堂问题通报发布"}
THREE = {**TITLES, C: "建设路改造工程提前完工恢复双向通行"}
STORIES: dict[str, Any] = {path: story(title) for path, title in THREE.items()}
RSS1 = """<?xml version="1.0"?><!DOCTYPE rdf SYSTEM "x.dtd">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<item rdf:about="/news/1.html"><title>青石区南街市场燃气泄漏已处置完毕</title><link>/news/1.html</link></item>
<item rdf:about="/news/2.html"><title>青石区第三小学食堂问题通报发布</title><link>/news/2.html</link></item>
</rdf:RDF>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>青石网</title>
<entry><title>青石区南街市场燃气泄漏已处置完毕</title><link href="/news/1.html"/><updated>2026-11-22T08:00:00+08:00</updated></entry>
<entry><title>青石区第三小学食堂问题通报发布</title><link rel="alternate" href="/news/2.html"/></entry></feed>"""  # noqa: E501
BROKEN = rss(TITLES).replace("</channel></rss>", "").replace("<title>青石区第三", "<title>A & B 青石区第三")
JSON_FEED = json.dumps(
    {"version": "https://jsonfeed.org/version/1.1", "title": "青石网", "items": [
        {"id": "1", "url": "/news/1.html", "title": TITLES[A], "date_published": "2026-11-22T08:00:00+08:00"},
        {"id": "2", "url": "/news/2.html", "title": TITLES[B]}]}
)  # fmt: skip


def visited(
    pool: ExtractionPool, pages: dict[str, Any], kind: str, path: str = "/x", **more: Any
) -> list[Page]:
    """The pages one visit brings."""
    brought: list[Page] = []
    words = more.pop("asked", ())

    async def scenario(crawl: Crawl) -> None:
        async with Site(pages) as site:
            outcome = await crawl.visit(source(kind, site.url(path), **more), words=words)
            assert outcome.status == "ok", outcome.reason
            brought.extend(crawl.pages)

    play(pool, scenario)
    return brought


def test_every_kind_has_a_name_and_the_one_shape() -> None:
    assert set(KINDS) == set(KIND_NAMES)
    for module in KINDS.values():
        assert callable(module.first) and callable(module.read)


@pytest.mark.parametrize(
    "body", [rss(TITLES), RSS1, ATOM, BROKEN, JSON_FEED], ids=["2.0", "1.0", "atom", "broken", "json"]
)
def test_feeds_of_all_ages(pool: ExtractionPool, body: str) -> None:
    pages = visited(pool, {"/x": body, **STORIES}, "feed")
    assert [page.title for page in pages] == list(TITLES.values())
    assert all("有关部门" in page.text for page in pages)


def test_a_feed_with_whole_texts_needs_no_articles(pool: ExtractionPool) -> None:
    body = rss(TITLES).replace(
        "<pubDate>", "<description>&lt;p&gt;全文第一段。&lt;/p&gt;第二段</description><pubDate>"
    )
    pages = visited(pool, {"/x": body}, "feed", follow=False)
    assert [page.text for page in pages] == ["全文第一段。\n第二段"] * 2
    assert pages[0].published_at == datetime(2026, 11, 22, 0, 30, tzinfo=UTC)
    assert pages[0].media == "青石新闻"


def test_a_list_page_by_selector(pool: ExtractionPool) -> None:
    noise = front({"/other/1.html": "其他地区新闻与本区没有任何关系的标题"})
    page = noise.replace("</body>", "<div id=own>" + front(TITLES) + "</div></body>")
    pages = visited(pool, {"/x": page, **STORIES}, "listing", selectors={"links": "#own li a"})
    assert {page.title for page in pages} == set(TITLES.values())


def sitemap(entries: str, root: str = "urlset") -> str:
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    news = "http://www.google.com/schemas/sitemap-news/0.9"
    return f"<?xml version='1.0'?><{root} xmlns='{space}' xmlns:news='{news}'>{entries}</{root}>"


def test_a_site_map_index_of_packed_news_maps(pool: ExtractionPool) -> None:
    base = "http://127.0.0.1"

    async def scenario(crawl: Crawl) -> None:
        async with Site(dict(STORIES)) as site:
            at = site.url("")
            old = f"<url><loc>{base}/old.html</loc><lastmod>2020-01-01</lastmod></url>"
            one = f"<url><loc>{at}{A}</loc><news:news><news:title>{TITLES[A]}</news:title>"
            one += (
                "<news:publication_date>2026-11-22T08:00:00+08:00</news:publication_date></news:news></url>"
            )
            two = f"<url><loc>{at}{B}</loc></url>"
            site.pages["/map.xml.gz"] = gzip.compress(sitemap(one + two + old).encode())
            maps = f"<sitemap><loc>{at}/map.xml.gz</loc></sitemap><sitemap><loc>{at}/2019.xml</loc>"
            site.pages["/x"] = sitemap(maps + "<lastmod>2019-01-01</lastmod></sitemap>", "sitemapindex")
            outcome = await crawl.visit(source("sitemap", site.url("/x")))
            assert outcome.status == "ok", outcome.reason
            assert set(crawl.titles()) == set(TITLES.values())
            assert site.count("/2019.xml") == 0

    play(pool, scenario)


BOARD_JSON = {
    "weibo": {"data": {"realtime": [{"word": "#某地暴雨#", "num": 1234567, "realpos": 1},
                                    {"word": "地铁停运", "num": 99}]}},
    "baidu": {"data": {"cards": [{"content": [{"word": "某地暴雨", "hotScore": "1234567", "url": "https://b.example/1"},
                                             {"word": "地铁停运", "hotScore": "99", "url": "https://b.example/2"}]}]}},
    "zhihu": {"data": [{"target": {"title": "某地暴雨", "url": "https://z.example/1"},
                        "detail_text": "123 万热度"},
                       {"target": {"title": "地铁停运", "url": "https://z.example/2"},
                        "detail_text": "99 万热度"}]},
    "toutiao": {"data": [{"Title": "某地暴雨", "HotValue": "1234567", "Url": "https://t.example/1"},
                         {"Title": "地铁停运", "HotValue": "99", "Url": "https://t.example/2"}]},
    "newsnow": {"status": "success", "items": [{"id": "1", "title": "某地暴雨", "url": "https://n.example/1"},
                                                {"id": "2", "title": "地铁停运", "url": "https://n.example/2"}]},
}  # fmt: skip


@pytest.mark.parametrize("board", list(BOARD_JSON))
def test_hot_lists_as_json(pool: ExtractionPool, board: str) -> None:
    pages = visited(pool, {"/x": json.dumps(BOARD_JSON[board])}, "hotlist", media="热榜")
    assert [(page.title, page.counts.rank) for page in pages] == [("某地暴雨", 1), ("地铁停运", 2)]
    assert all(page.kind == "hot" and page.media == "热榜" for page in pages)
    assert pages[0].counts.heat == {"weibo": 1234567, "baidu": 1234567, "toutiao": 1234567}.get(board)


def test_a_board_may_be_empty_but_not_of_another_shape(pool: ExtractionPool) -> None:
    assert visited(pool, {"/x": '{"items": []}'}, "hotlist") == []

    async def scenario(crawl: Crawl) -> None:
        async with Site({"/x": '{"code": 7, "message": "接口已停用"}'}) as site:
            outcome = await crawl.visit(source("hotlist", site.url("/x")))
            assert outcome.status == "failed" and "mapping.items" in outcome.reason

    play(pool, scenario)


def test_hot_lists_by_mapping(pool: ExtractionPool) -> None:
    board = {"r": {"l": [{"t": "某地暴雨", "n": {"h": "12.5万"}, "p": 3, "u": "/a/1"}]}}
    mapping = {"items": "r.l", "title": "t", "heat": "n.h", "rank": "p", "url": "u"}
    (page,) = visited(pool, {"/x": json.dumps(board)}, "hotlist", mapping=mapping)
    assert (page.counts.rank, page.counts.heat) == (3, 125000) and page.url.endswith("/a/1")


def test_a_hot_list_as_a_page(pool: ExtractionPool) -> None:
    rows = "".join(
        f"<tr><td class='no'>{n}</td><td><a href='/t/{n}'>第{n}条热门话题内容</a></td><td>{n}2345</td></tr>"
        for n in range(1, 9)
    )
    page = f"<html><ul><li><a href='/'>首页</a></li></ul><table><tbody>{rows}</tbody></table></html>"
    pages = visited(pool, {"/x": page}, "hotlist")
    assert [page.counts.rank for page in pages] == list(range(1, 9))
    assert (
        pages[2].title == "第3条热门话题内容"
        and pages[2].counts.heat == 32345
        and pages[2].url.endswith("/t/3")
    )


SNAPSHOT = """weibo
1. 某地暴雨 (排名:1)
2. 地铁停运[组图] (排名:2)

bilibili 热搜
1. 新番上线 [URL:https://b.example/1] [MOBILE:https://m.b.example/1]
2. 3. 数字开头的标题 [URL:https://b.example/2]
"""


def test_a_text_snapshot_of_several_boards(pool: ExtractionPool) -> None:
    pages = visited(pool, {"/x.txt": SNAPSHOT}, "hotlist", "/x.txt")
    assert [(page.media, page.title, page.counts.rank) for page in pages] == [
        ("微博", "某地暴雨", 1),
        ("微博", "地铁停运[组图]", 2),
        ("哔哩哔哩", "新番上线", 1),
        ("哔哩哔哩", "3. 数字开头的标题", 2),
    ]
    assert pages[2].url == "https://b.example/1"
    assert len({page.url for page in pages}) == 4


def test_every_row_of_the_real_snapshots_is_read(shared_data: Path) -> None:
    src = source("hotlist", "http://hot.example/x.txt")
    for path in sorted((shared_data / "stream").glob("*.txt")):
        body = path.read_bytes()
        reading = hotlist.read(src, Answer(Fetch(src.url), src.url, body, NOW))
        numbered = [line for line in body.decode().splitlines() if line.split(". ", 1)[0].isdigit()]
        assert len(reading.pages) == len(numbered)
        assert len({page.media for page in reading.pages}) == 11
        assert all(
            page.title and "[URL:" not in page.title and "(排名" not in page.title for page in reading.pages
        )


def test_an_api_by_mapping_with_pages(pool: ExtractionPool) -> None:
    def part(n: int, after: str | None) -> str:
        row = {
            "id": n,
            "info": {"head": f"第{n}条信息标题", "body": "<p>正文</p>"},
            "ts": 1795312800 + n,
            "read": "1.2万",
        }
        return json.dumps({"code": 0, "data": {"rows": [row], "cursor": after}})

    mapping = {"items": "data.rows", "title": "info.head", "text": "info.body", "published_at": "ts"}
    mapping |= {"views": "read", "next": "data.cursor", "link": "https://p.example/item/{id}"}
    pages = {"/api?c=": part(1, "b"), "/api?c=b": part(2, "c"), "/api?c=c": part(3, None)}
    found = visited(pool, pages, "api", "/api?c={cursor}", mapping=mapping, limits={"depth": 3})
    assert [page.url for page in found] == [f"https://p.example/item/{n}" for n in (1, 2, 3)]
    assert found[0].counts.views == 12000 and found[0].published_at is not None


def test_an_api_whose_rows_are_links(pool: ExtractionPool) -> None:
    async def scenario(crawl: Crawl) -> None:
        async with Site(dict(STORIES)) as site:
            rows = [{"title": title, "url": site.url(path)} for path, title in TITLES.items()]
            site.pages["/x"] = json.dumps({"items": rows})
            await crawl.visit(source("api", site.url("/x")))
            assert all("有关部门" in page.text for page in crawl.pages) and len(crawl.pages) == 2

    play(pool, scenario)


def test_a_search_asks_for_the_words_of_the_watch(pool: ExtractionPool) -> None:
    pages = {f"/s?q={quote('南街市场 燃气')}": front(THREE), **STORIES}
    found = visited(pool, pages, "search", "/s?q={words}", asked=("南街市场 燃气",))
    assert len(found) == 3
    gbk = {f"/s?q={quote('南街市场', encoding='gbk')}": front(THREE), **STORIES}
    assert len(visited(pool, gbk, "search", "/s?q={words}", asked=("南街市场",), format="gbk")) == 3


def thread(page: int, last: bool) -> str:
    posts = "".join(
        f"<div class='post'><b class='who'>网友{page}{n}</b><i class='when'>2026-11-21 2{n}:15</i>"
        f"<div class='say'>第{page}页第{n}楼的发言内容</div></div>"
        for n in range(3)
    )
    more = "" if last else f"<a class='next' href='/t/1?p={page + 1}'>下一页</a>"
    head = "<html><head><meta charset='utf-8'></head><body><h1>小区停水三天没人管</h1>"
    return f"{head}{posts}{more}</body></html>"


def test_a_forum_thread_with_its_replies_page_by_page(pool: ExtractionPool) -> None:
    selectors = {"links": ".list a", "post": ".post", "text": ".say", "author": ".who", "time": ".when"}
    pages = {
        "/x": front({"/t/1": "小区停水三天没人管到底怎么回事"}),
        "/t/1": thread(1, False),
        "/t/1?p=2": thread(2, True),
    }
    first, second = visited(
        pool, pages, "forum", selectors={**selectors, "next_page": ".next"}, media="青石论坛"
    )
    assert first.kind == "forum" and first.title == "小区停水三天没人管"
    assert first.text.splitlines() == [f"第1页第{n}楼的发言内容" for n in range(3)]
    assert first.counts.comments == 2 and first.author == "网友10" and not first.author_is_institution
    assert first.published_at == datetime(2026, 11, 21, 12, 15, tzinfo=UTC)
    assert "第2页第0楼" in second.text


def test_a_forum_without_selectors_is_extracted(pool: ExtractionPool) -> None:
    pages = visited(pool, {"/x": front(THREE), **STORIES}, "forum")
    assert {page.kind for page in pages} == {"forum"} and len(pages) == 3


@pytest.mark.parametrize("kind", ["forum", "listing"])
def test_complaints_in_the_replies_are_kept_and_their_writers_are_not(
    pool: ExtractionPool, kind: str
) -> None:
    front_page = front({"/thread-1-1-1.html": layouts.DISCUZ.title})
    pages = {"/x": front_page, "/thread-1-1-1.html": layouts.DISCUZ.raw}
    [page] = visited(pool, pages, kind, selectors={"links": ".list a"})
    assert page.kind == "forum" and page.text.startswith(layouts.P[0])
    assert page.text.splitlines()[-2:] == [
        "跟帖：楼主说得对，我们小区昨晚也停水了，物业说要到下午才来。",
        "跟帖：顶一下，希望有关部门重视起来，把老管子都换了。",
    ]
    assert page.counts.comments == 2
    assert not re.search("积分|回复|举报|楼主$|网友", page.text)


def test_each_page_of_a_thread_is_fetched_once(pool: ExtractionPool) -> None:
    async def scenario(crawl: Crawl) -> None:
        more = {"/t/1": thread(1, False), "/t/1?p=2": thread(2, True)}
        async with Site({"/x": front({"/t/1": "小区停水三天没人管到底怎么回事"}), **more}) as site:
            src = source("forum", site.url("/x"), selectors={"links": ".list a"})
            assert (await crawl.visit(src)).status == "ok"
            assert [site.count(path) for path in more] == [1, 1]

    play(pool, scenario)


HOTLINE = (
    "12345热线工单导出,,,,\n工单编号,来电时间,标题,诉求内容,联系电话,事发地址,诉求类型\n"
    "XH2026112200017,2026-11-22 08:12:30,南街小区停水,"
    "居民反映南街小区停水三天，电话13812345678,13812345678,南街小区3号楼2单元501室,投诉\n"
    ",,,,,,\nXH2026112200018,2026-11-22 08:40,施工噪音,夜间施工扰民,0311-87654321,建设路,投诉\n"
)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_watched_folder_of_hotline_exports(pool: ExtractionPool, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "工单.csv").write_bytes(HOTLINE.encode(encoding))
    (tmp_path / ".hidden.csv").write_text("x,y\n1,2")

    async def scenario(crawl: Crawl) -> None:
        src = source("files", str(tmp_path), format="hotline-12345", media="12345热线")
        first = await crawl.visit(src)
        assert (first.status, first.pages_new) == ("ok", 2)
        lead = crawl.pages[0]
        assert (lead.kind, lead.title, lead.url) == ("lead", "南街小区停水", "lead:test/XH2026112200017")
        assert lead.extra["phone"] == "13812345678" and "13812345678" not in lead.text
        assert lead.published_at == datetime(2026, 11, 22, 0, 12, 30, tzinfo=UTC)
        assert (await crawl.visit(src, state=first.state)).status == "unchanged"
        (tmp_path / "补充.csv").write_bytes(HOTLINE.replace("00017", "00099").encode())
        assert (await crawl.visit(src, state=first.state)).pages_new == 2

    play(pool, scenario)


def workbook(rows: list[list[Any]]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(out)
    return out.getvalue()


def test_a_platform_export_as_a_table(pool: ExtractionPool, tmp_path: Path) -> None:
    rows = [
        ["省舆情平台导出"],
        ["序号", "标题", "摘要", "原文链接", "媒体名称", "发布时间", "评论数"],
        [1, "某地暴雨", "摘要文字", "https://m.example/1", "某报", datetime(2026, 11, 22, 8, 30), 120],
        [2, None, None, None, None, None, None],
    ]
    (tmp_path / "导出.xlsx").write_bytes(workbook(rows))
    (tmp_path / "坏的.xlsx").write_bytes(b"PK\x03\x04broken")

    async def scenario(crawl: Crawl) -> None:
        outcome = await crawl.visit(source("files", str(tmp_path)))
        assert outcome.pages_new == 1 and len(outcome.faults) == 2
        page = crawl.pages[0]
        assert (page.url, page.media, page.counts.comments) == ("https://m.example/1", "某报", 120)
        assert page.published_at == datetime(2026, 11, 22, 0, 30, tzinfo=UTC)

    play(pool, scenario)


def test_a_folder_that_is_gone_is_a_failure(pool: ExtractionPool, tmp_path: Path) -> None:
    async def scenario(crawl: Crawl) -> None:
        outcome = await crawl.visit(source("files", str(tmp_path / "nowhere")))
        assert outcome.status == "failed" and "不可读" in outcome.reason

    play(pool, scenario)


def alert(subject: str, text: str, table: bytes | None = None) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Date"] = (
        subject,
        "平台 <a@p.example>",
        "Sun, 22 Nov 2026 08:05:00 +0800",
    )
    mail["Message-ID"] = f"<{abs(hash(subject))}@p.example>"
    mail.set_content(text)
    if table is not None:
        mail.add_attachment(table, maintype="application", subtype="octet-stream", filename="预警.csv")
    return mail


def test_a_mailbox_of_alerts(pool: ExtractionPool) -> None:
    async def scenario(crawl: Crawl) -> None:
        with Mailbox("秘密word".replace("秘密", "")) as box:
            async with Site(dict(STORIES)) as site:
                box.add(alert("舆情预警：南街市场燃气泄漏", f"请关注 {site.url(A)} 。"))
                box.add(
                    alert(
                        "每日清单", "见附件", "标题,链接,来源\n某地暴雨,https://m.example/1,某报\n".encode()
                    )
                )
                url = f"imap://duty@127.0.0.1:{box.port}/INBOX"
                src = source("mailbox", url, secret="MAIL_WORD", gap=0)
                first = await crawl.visit(src)
                assert first.status == "ok", first.reason
                assert crawl.titles() == ["舆情预警：南街市场燃气泄漏", "某地暴雨", TITLES[A]]
                assert crawl.pages[0].kind == "lead"
                assert (await crawl.visit(src, state=first.state)).status == "unchanged"
                box.add(alert("第三封", "内容"))
                third = await crawl.visit(src, state=first.state)
                assert third.pages_new == 1 and crawl.titles()[-1] == "第三封"
                assert not any("STORE" in said for said in box.said)
                refused = await crawl.visit(source("mailbox", url, secret="NOT_SET"))
                assert refused.status == "failed" and "NOT_SET" in refused.reason

    play(pool, scenario, secrets={"MAIL_WORD": "word"})


def test_what_a_colleague_pastes(pool: ExtractionPool) -> None:
    async def scenario(crawl: Crawl) -> None:
        async with Site(dict(STORIES)) as site:
            src = source("paste")
            outcome = await crawl.receive(src, f"群里在传南街燃气泄漏。\n{site.url(A)}".encode())
            assert outcome.pages_new == 2
            assert crawl.pages[0].kind == "lead" and crawl.pages[0].title == "群里在传南街燃气泄漏"
            assert crawl.pages[1].title == TITLES[A]
            await crawl.receive(src, b"\x89PNG\r\n\x1a\n....")
            assert crawl.pages[2].extra["image"] and "截图" in crawl.pages[2].title
            assert (await crawl.visit(src)).status == "failed"

    play(pool, scenario)


def test_what_a_platform_pushes(pool: ExtractionPool) -> None:
    async def scenario(crawl: Crawl) -> None:
        rows = [
            {
                "id": 5,
                "title": "某地暴雨",
                "content": "正文",
                "url": "https://m.example/1",
                "published_at": 1795312800,
            }
        ]
        await crawl.receive(source("webhook", format="records"), json.dumps(rows).encode())
        lines = "\n".join(json.dumps({"title": f"第{n}条", "text": "x", "kind": "lead"}) for n in range(3))
        await crawl.receive(source("webhook"), lines.encode())
        assert crawl.titles() == ["某地暴雨", "第0条", "第1条", "第2条"]
        assert crawl.pages[0].url == "https://m.example/1" and crawl.pages[1].kind == "lead"
        bad = await crawl.receive(source("webhook"), b"{not json")
        assert bad.pages_new == 0 and bad.faults

    play(pool, scenario)
