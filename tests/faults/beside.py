"""Good sites visited alone and beside eight hostile ones; prints the delays' ratios and the peak memory."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import Any

from aiohttp import web

from spiders.pool import ExtractionPool
from tests.faults import hostile
from tests.faults.hostile import Hostile
from tests.spiders.crawling import Crawl, play, source
from tests.spiders.site import Site, front, story

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">
<!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
<!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">]>
<rss><channel><item><title>&lol3;</title><link>http://a.example/</link></item></channel></rss>"""
TRIES = 3
SLOWNESS = 0.15  # seconds a good site takes for a page
STORIES = {f"/n/{i}.html": f"青石区第{i}号供水管网检修公告及注意事项" for i in range(6)}


def acts() -> dict[str, Any]:
    """The eight kinds of harm by path."""
    bombs = {f"/{name}": hostile.send(hostile.bomb(name), Content_Encoding=name) for name in ("gzip", "br")}
    tricks = {f"/{act}": getattr(hostile, act) for act in ("hang", "drip", "flood", "babble", "endless_head")}
    return {**bombs, **tricks, "/laughs": hostile.send(LAUGHS)}


def _slow(body: str) -> Any:
    async def handler(request: web.Request) -> web.Response:
        await asyncio.sleep(SLOWNESS)
        return web.Response(text=body, content_type="text/html")

    return handler


def _good() -> Site:
    return Site(
        {"/": _slow(front(STORIES)), **{path: _slow(story(title)) for path, title in STORIES.items()}}
    )


async def _p95(crawl: Crawl, sites: list[Site]) -> float:
    async def timed(n: int, site: Site) -> float:
        began = time.monotonic()
        outcome = await crawl.visit(source("listing", site.url(), id=f"good{n}"))
        assert outcome.pages_new == len(STORIES), outcome
        return time.monotonic() - began

    times = sorted(await asyncio.gather(*(timed(n, site) for n, site in enumerate(sites))))
    return times[int(len(times) * 0.95)]


async def _compared(crawl: Crawl, sites: list[Site], bad: dict[str, Hostile]) -> float:
    alone = await _p95(crawl, sites)
    harm = [
        asyncio.ensure_future(crawl.visit(source("feed", one.url(path), id=f"bad{n}", limits={"timeout": 3})))
        for n, (path, one) in enumerate(bad.items())
    ]
    beside = await _p95(crawl, sites)
    ends = [(await one).status for one in harm]
    assert ends == ["failed"] * len(harm), ends
    return beside / alone


def _peak_mb() -> float:
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


async def _scenario(crawl: Crawl) -> None:
    sites = [_good() for _ in range(8)]
    bad = {path: Hostile({path: act}) for path, act in acts().items()}
    everyone: list[Site | Hostile] = [*sites, *bad.values()]
    for one in everyone:
        await one.__aenter__()
    await _p95(crawl, sites)  # the first visits start the extraction process
    ratios = [await _compared(crawl, sites, bad) for _ in range(TRIES)]
    print(json.dumps({"ratios": ratios, "peak_mb": _peak_mb()}))
    for one in everyone:
        await one.__aexit__()


if __name__ == "__main__":
    with ExtractionPool(1) as pool:
        play(pool, _scenario)
