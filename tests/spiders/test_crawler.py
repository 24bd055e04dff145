"""Visits to a real site on loopback: what is brought home, what is never asked twice, when we stop."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from aiohttp import web

from spiders.finish import continues
from spiders.page import Page
from spiders.pool import ExtractionPool
from tests.spiders.crawling import NOW, Crawl, play, source
from tests.spiders.site import Site, front, rss, story

STORIES = {
    "/news/202611/22/0001.html": "青石区南街市场燃气泄漏已处置完毕无人员伤亡",
    "/news/202611/22/0002.html": "青石区教育局回应第三小学食堂饭菜质量问题",
    "/news/202611/22/0003.html": "自来水公司辟谣：本周不存在全城停水安排",
    "/news/202611/22/0004.html": "建设路改造工程提前完工恢复双向通行",
}
PAGES = {path: story(title) for path, title in STORIES.items()}


def test_a_list_page_brings_its_articles_once(pool: ExtractionPool) -> None:
    async def scenario(crawl: Crawl) -> None:
        async with Site({"/": front(STORIES), **PAGES}) as site:
            src = source("listing", site.url())
            outcome = await crawl.visit(src)
            assert (outcome.status, outcome.pages_new, outcome.found) == ("ok", 4, 4)
            assert set(crawl.titles()) == set(STORIES.values())
            page = crawl.pages[0]
            assert page.media == "青石日报" and page.published_at and "有关部门" in page.text

            known = {page.url for page in crawl.pages}
            site.pages["/"] = front(
                {**STORIES, "/news/202611/22/0005.html": "供热企业公布冬季检修热线与服务网点"}
            )
            site.pages["/news/202611/22/0005.html"] = story("供热企业公布冬季检修热线与服务网点")
            again = await crawl.visit(src, state=outcome.state, known=known.__contains__)
            assert (again.status, again.pages_new) == ("ok", 1)
            assert all(site.count(path) == 1 for path in STORIES)

    play(pool, scenario)


def test_an_unchanged_index_costs_one_conditional_request(pool: ExtractionPool) -> None:
    async def scenario(crawl: Crawl) -> None:
        async with Site({"/rss.xml": rss(STORIES), **PAGES}, etags=True) as site:
            src = source("feed", site.url("/rss.xml"))
            first = await crawl.visit(src)
            assert first.state.etag
            second = await crawl.visit(src, state=first.state)
            assert (second.status, second.http_status, second.requests, second.bytes) == (
                "unchanged",
                304,
                1,
                0,
            )
            assert site.headers[-1]["If-None-Match"] == first.state.etag
            assert second.state.etag == first.state.etag

    play(pool, scenario)


def test_a_failed_article_makes_the_next_visit_look_again(pool: ExtractionPool) -> None:
    async def scenario(crawl: Crawl) -> None:
        broken = {**PAGES, "/news/202611/22/0003.html": 500}
        async with Site({"/rss.xml": rss(STORIES), **broken}, etags=True) as site:
            src = source("feed", site.url("/rss.xml"))
            first = await crawl.visit(src)
            assert (first.status, first.pages_new) == ("ok", 3)
            assert first.state.etag is None and "0003" in first.faults[0]
            site.pages.update(PAGES)
            known = {page.url for page in crawl.pages}
            second = await crawl.visit(src, state=first.state, known=known.__contains__)
            assert second.pages_new == 1

    play(pool, scenario)


def test_more_than_the_limit_is_left_for_the_next_visit(pool: ExtractionPool) -> None:
    async def scenario(crawl: Crawl) -> None:
        async with Site({"/": front(STORIES), **PAGES}) as site:
            src = source("listing", site.url(), limits={"pages": 3})
            first = await crawl.visit(src)
            assert first.pages_new == 3
            second = await crawl.visit(
                src, state=first.state, known={p.url for p in crawl.pages}.__contains__
            )
            assert second.pages_new == 1

    play(pool, scenario)


def test_one_request_at_a_time_and_the_gap_is_kept_for_all_sources_of_a_site(pool: ExtractionPool) -> None:
    async def scenario(crawl: Crawl) -> None:
        async with Site({"/a": front(STORIES), "/b": rss(STORIES), **PAGES}) as site:
            sources = [
                source("listing", site.url("/a"), id="a", gap=0.05),
                source("feed", site.url("/b"), id="b", gap=0.05),
            ]
            await asyncio.gather(*map(crawl.visit, sources))
            times = [moment for moment, _ in site.asked]
            assert site.busiest == 1
            assert min(b - a for a, b in pairwise(times)) >= 0.045

    play(pool, scenario)


def test_robots_txt_is_obeyed_and_its_delay_too(pool: ExtractionPool) -> None:
    robots = "User-agent: *\nDisallow: /private/\nCrawl-delay: 0.08\n"

    async def scenario(crawl: Crawl) -> None:
        async with Site({"/robots.txt": robots, "/": front(STORIES), **PAGES}) as site:
            outcome = await crawl.visit(source("listing", site.url()))
            assert outcome.pages_new == 4
            times = [moment for moment, path in site.asked if path != "/robots.txt"]
            assert min(b - a for a, b in pairwise(times)) >= 0.075
            refused = await crawl.visit(source("listing", site.url("/private/list.html")))
            assert refused.status == "blocked" and "robots.txt" in refused.reason
            assert site.count("/private/list.html") == 0 and site.count("/robots.txt") == 1

    play(pool, scenario)


def test_robots_that_cannot_be_read_close_the_site_until_they_can(pool: ExtractionPool) -> None:
    now = [NOW]

    async def scenario(crawl: Crawl) -> None:
        async with Site({"/robots.txt": 503, "/": front(STORIES), **PAGES}) as site:
            src = source("listing", site.url())
            assert (await crawl.visit(src)).status == "blocked"
            del site.pages["/robots.txt"]
            now[0] += timedelta(minutes=6)
            assert (await crawl.visit(src)).status == "ok"

    play(pool, scenario, lambda: now[0])


def answering(status: int, body: str = "", **headers: str) -> Any:
    async def handler(request: web.Request) -> web.Response:
        return web.Response(status=status, text=body, content_type="text/html", headers=headers)

    return handler


def test_a_site_that_refuses_is_left_alone(pool: ExtractionPool) -> None:
    walls = {
        "/401": answering(401),
        "/403": answering(403),
        "/429": answering(429, **{"Retry-After": "120"}),
        "/captcha": "<html><title>验证</title><body>请完成安全验证后继续访问</body></html>",
        "/shield": "<html><script>document.cookie='acw_sc__v2='</script></html>",
        "/members": answering(302, Location="/passport/login?back=/members"),
        "/passport/login?back=/members": "<form>用户名 密码</form>",
    }

    async def scenario(crawl: Crawl) -> None:
        async with Site(dict(walls)) as site:
            for path in ("/401", "/403", "/captcha", "/shield", "/members", "/429"):
                outcome = await crawl.visit(source("listing", site.url(path)))
                assert outcome.status == "blocked", path
                assert outcome.reason
                assert outcome.retry_after == (120 if path == "/429" else None)

    play(pool, scenario)


def test_a_refusal_among_the_articles_ends_the_visit(pool: ExtractionPool) -> None:
    pages = {path: answering(403) for path in STORIES}

    async def scenario(crawl: Crawl) -> None:
        async with Site({"/": front(STORIES), **pages}) as site:
            outcome = await crawl.visit(source("listing", site.url(), gap=0.05))
            assert outcome.status == "blocked"
            assert sum(site.count(path) for path in STORIES) == 1

    play(pool, scenario)


def test_an_article_that_talks_of_captchas_is_an_article(pool: ExtractionPool) -> None:
    title = "抢票软件频繁弹出请输入验证码引发市民不满"
    body = "市民反映抢票时页面反复提示请输入验证码。" * 60

    async def scenario(crawl: Crawl) -> None:
        async with Site({"/rss": rss({"/a.html": title}), "/a.html": story(title, body)}) as site:
            assert (await crawl.visit(source("feed", site.url("/rss")))).pages_new == 1

    play(pool, scenario)


def test_revisits_see_edits_and_what_is_gone(pool: ExtractionPool) -> None:
    async def scenario(crawl: Crawl) -> None:
        async with Site({"/": front(STORIES), **PAGES}) as site:
            src = source("listing", site.url())
            first = await crawl.visit(src)
            one, two = (page.url for page in crawl.pages[:2])
            paths = [url.removeprefix(site.url("")) for url in (one, two)]
            site.pages[paths[0]] = story(STORIES[paths[0]], "更正：事故原因仍在调查，此前消息有误。" * 8)
            del site.pages[paths[1]]
            crawl.pages.clear()
            again = await crawl.visit(src, state=first.state, known=lambda url: True, revisit=(one, two))
            assert [page.url for page in crawl.pages] == [one] and "更正" in crawl.pages[0].text
            assert again.gone == (two,) and again.pages_new == 0

    play(pool, scenario)


def test_an_unchanged_page_looked_at_again_costs_no_body(pool: ExtractionPool) -> None:
    async def scenario(crawl: Crawl) -> None:
        async with Site({"/": front(STORIES), **PAGES}, etags=True) as site:
            src = source("listing", site.url())
            first = await crawl.visit(src)
            marks = {page.url: page.extra for page in crawl.pages[:2]}
            crawl.pages.clear()
            again = await crawl.visit(src, state=first.state, known=bool, revisit=tuple(marks), marks=marks)
            assert (again.status, again.requests, again.bytes) == ("unchanged", 3, 0) and not crawl.pages

    play(pool, scenario)


def test_a_site_that_asks_for_a_pause_has_it_from_all_its_sources(pool: ExtractionPool) -> None:
    now = [NOW]

    async def busy(request: web.Request) -> web.Response:
        return web.Response(status=429, headers={"Retry-After": "120"})

    async def scenario(crawl: Crawl) -> None:
        async with Site({"/a": busy, "/b": front(STORIES), **PAGES}) as site:
            first = await crawl.visit(source("listing", site.url("/a"), id="a"))
            assert (first.status, first.retry_after) == ("blocked", 120)
            other = source("listing", site.url("/b"), id="b")
            second = await crawl.visit(other)
            assert (second.status, second.retry_after, site.count("/b")) == ("blocked", 120, 0)
            assert "稍后再来" in second.reason
            now[0] += timedelta(seconds=121)
            assert (await crawl.visit(other)).status == "ok"

    play(pool, scenario, lambda: now[0])


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        ("抱歉，指定的主题不存在或已被删除或正在被审核", True),
        ("该内容已被发布者删除", True),
        ("您访问的页面不存在", True),
        ("系统维护中，请稍候再来", False),
        ("警方通报：网传帖子已被发布者删除，经核查系谣言，现将有关情况通报如下。" * 8, False),
    ],
)
def test_a_post_that_says_it_is_gone_is_gone(pool: ExtractionPool, said: str, gone: bool) -> None:
    async def scenario(crawl: Crawl) -> None:
        async with Site({"/": front(STORIES), **PAGES}) as site:
            src = source("listing", site.url())
            first = await crawl.visit(src)
            url = crawl.pages[0].url
            site.pages[url.removeprefix(site.url(""))] = (
                f"<html><head><title>提示信息</title></head><body><p>{said}</p></body></html>"
            )
            again = await crawl.visit(src, state=first.state, known=lambda url: True, revisit=(url,))
            assert again.gone == ((url,) if gone else ())

    play(pool, scenario)


def test_paging_goes_on_only_while_there_is_news(pool: ExtractionPool) -> None:
    def numbered(n: int) -> str:
        links = {
            f"/news/202611/22/{n}{i}.html": f"青石区第{n}批第{i}项便民工程进展情况通报" for i in range(4)
        }
        return front(links).replace("</body>", f"<a class='next' href='/list?p={n + 1}'>下一页</a></body>")

    async def endless(request: web.Request) -> web.Response:
        return web.Response(text=numbered(int(request.query["p"])), content_type="text/html")

    async def scenario(crawl: Crawl) -> None:
        pages: dict[str, Any] = {f"/list?p={n}": endless for n in range(1, 60)}
        for n in range(1, 9):
            pages.update({f"/news/202611/22/{n}{i}.html": story(f"青石区第{n}批第{i}项") for i in range(4)})
        async with Site(pages) as site:
            more = {"selectors": {"next_page": "a.next"}, "limits": {"depth": 5, "pages": 100}}
            src = source("listing", site.url("/list?p=1"), **more)
            outcome = await crawl.visit(src)
            assert outcome.pages_new == 20 and site.count("/list?p=6") == 0
            known = {page.url for page in crawl.pages}
            await crawl.visit(src, known=known.__contains__)
            assert site.count("/list?p=1") == 2 and site.count("/list?p=2") == 1

    play(pool, scenario)


def test_pages_leave_masked_and_institutions_are_told_from_persons(pool: ExtractionPool) -> None:
    body = "家长王女士说，联系电话13812345678，孩子就读于第三小学。" * 3

    async def scenario(crawl: Crawl) -> None:
        async with Site({"/rss": rss({"/a": "家长反映问题"}), "/a": story("家长反映问题", body)}) as site:
            await crawl.visit(source("feed", site.url("/rss")))
            page: Page = crawl.pages[0]
            assert "13812345678" not in page.text and "138****5678" in page.text

    play(pool, scenario)


def test_we_say_who_we_are(pool: ExtractionPool) -> None:
    async def scenario(crawl: Crawl) -> None:
        async with Site({"/": front(STORIES), **PAGES}) as site:
            await crawl.visit(source("listing", site.url()))
            for sent in site.headers:
                assert (
                    sent["User-Agent"].startswith("Caifeng/")
                    and "office@xh.gov.example" in sent["User-Agent"]
                )
                assert "Cookie" not in sent and "Referer" not in sent

    play(pool, scenario, contact="office@xh.gov.example")


def test_an_article_cut_into_pages_is_put_together(pool: ExtractionPool) -> None:
    def part(number: int, last: bool) -> str:
        page = story("青石区供热改造工程调查", f"这是第{number}部分的正文内容，讲述改造工程的来龙去脉。" * 8)
        link = "" if last else f"<div class='pages'><a href='/a/content_88_{number + 1}.htm'>下一页</a></div>"
        return page.replace("</body>", f"{link}</body>")

    pages = {
        "/rss": rss({"/a/content_88.htm": "青石区供热改造工程调查"}),
        "/a/content_88.htm": part(1, False),
        "/a/content_88_2.htm": part(2, False),
        "/a/content_88_3.htm": part(3, True),
    }

    async def scenario(crawl: Crawl) -> None:
        async with Site(dict(pages)) as site:
            await crawl.visit(source("feed", site.url("/rss")))
            (page,) = crawl.pages
            assert all(f"第{n}部分" in page.text for n in (1, 2, 3))

    play(pool, scenario)


@pytest.mark.parametrize(
    ("more", "number", "so"),
    [
        ("/a/content_88_2.htm", 2, True),
        ("/a/content_88_1.htm", 2, True),
        ("/a/content_88_3.htm", 2, False),
        ("/a/content_89.htm", 2, False),
        ("/a/content_88.htm?page=2", 2, True),
        ("/b/content_88_2.htm", 2, False),
    ],
)
def test_the_next_article_is_not_the_next_page(more: str, number: int, so: bool) -> None:
    assert continues("http://a.example/a/content_88.htm", f"http://a.example{more}", number) is so


def test_a_visit_under_way_shows_its_last_sign_of_life(pool: ExtractionPool) -> None:
    waiting = asyncio.Event()

    async def stuck(request: web.Request) -> web.Response:
        waiting.set()
        await asyncio.sleep(3600)
        return web.Response()

    async def scenario(crawl: Crawl) -> None:
        async with Site({"/": stuck}) as site:
            visit = asyncio.ensure_future(crawl.visit(source("listing", site.url())))
            await waiting.wait()
            assert crawl.engine.signs_of_life() == {"test": NOW}
            visit.cancel()
            await asyncio.wait([visit])
            assert crawl.engine.signs_of_life() == {}

    play(pool, scenario)
