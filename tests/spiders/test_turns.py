"""The line before a site: one at a time, patience is no hang, and nobody who leaves keeps the place."""

from __future__ import annotations

import asyncio
import time
from itertools import pairwise
from pathlib import Path

from aiohttp import web

from spiders.pool import ExtractionPool
from spiders.turns import Turns
from tests.fakes.authority import authority
from tests.spiders.crawling import Crawl, play, source

SITE = "news.example"


def test_requests_of_one_site_follow_each_other_with_the_gap_between() -> None:
    spans: list[tuple[float, float]] = []
    turns = Turns()

    async def ask(who: str) -> None:
        async with turns.turn(who, SITE, 0.05, 5):
            began = time.monotonic()
            await asyncio.sleep(0.01)
            spans.append((began, time.monotonic()))

    async def scenario() -> None:
        await asyncio.gather(*(ask(f"s{n}") for n in range(4)))

    asyncio.run(scenario())
    assert len(spans) == 4
    assert all(later[0] - sooner[1] >= 0.049 for sooner, later in pairwise(spans))


def test_standing_in_line_is_told_and_leaving_it_frees_the_place() -> None:
    turns, done = Turns(), []

    async def ask(who: str, hold: asyncio.Event) -> None:
        async with turns.turn(who, SITE, 0, 5):
            await hold.wait()
            done.append(who)

    async def scenario() -> None:
        hold = asyncio.Event()
        first, second, third = (asyncio.create_task(ask(who, hold)) for who in "abc")
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert [turns.waits(who) for who in "abc"] == [False, True, True]
        second.cancel()
        await asyncio.wait([second])
        assert not turns.waits("b")
        hold.set()
        await asyncio.gather(first, third)

    asyncio.run(scenario())
    assert done == ["a", "c"]


def test_a_site_with_a_stranger_s_certificate_is_not_read(pool: ExtractionPool, tmp_path: Path) -> None:
    context = authority(tmp_path).server("127.0.0.1")

    async def scenario(crawl: Crawl) -> None:
        asked: list[str] = []

        async def answer(request: web.BaseRequest) -> web.StreamResponse:
            asked.append(request.path)
            return web.Response(text="x")

        runner = web.ServerRunner(web.Server(answer))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
        port = runner.addresses[0][1]
        outcome = await crawl.visit(source("listing", f"https://127.0.0.1:{port}/"))
        await runner.cleanup()
        assert (outcome.status, outcome.reason, asked) == ("failed", "证书校验未通过", [])

    play(pool, scenario)
