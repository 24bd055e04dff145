"""Five hundred sources and two hundred rounds in one process, measured in a process of its own."""

from __future__ import annotations

import asyncio
import gc
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from spiders.crawler import CrawlEngine, CrawlSettings, Visit
from spiders.page import Page
from spiders.pool import ExtractionPool
from tests.spiders.crawling import NOW, source
from tests.spiders.site import Site, rss, story

SOURCES, ROUNDS = 500, 200
TITLES = {f"/n/{n}.html": f"青石区第{n}号供水管网检修公告" for n in range(3)}


def memory_mb() -> float:
    """Resident memory of this process."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


async def measured(pool: ExtractionPool) -> dict[str, Any]:
    pages: dict[str, Any] = {f"/rss/{n}": rss(TITLES) for n in range(SOURCES)}
    pages |= {path: story(title) for path, title in TITLES.items()}
    seen: list[Page] = []
    async with Site(pages) as site, CrawlEngine(CrawlSettings(), pool, lambda: NOW) as engine:
        sources = [source("feed", site.url(f"/rss/{n}"), id=f"s{n}") for n in range(SOURCES)]

        async def visit(n: int) -> str:
            site.asked.clear()
            site.headers.clear()
            return (await engine.visit(Visit(sources[n]), seen.append)).status

        statuses = await asyncio.gather(*map(visit, range(SOURCES)))
        all_sources, marks = memory_mb(), []
        for done in range(ROUNDS):
            seen.clear()
            statuses.append(await visit(done % 5))
            if done % 50 == 49:
                marks.append(memory_mb())
    return {"ok": statuses.count("ok"), "sources_mb": all_sources, "rounds_mb": marks}


@pytest.mark.slow
def test_many_sources_and_many_rounds_keep_their_memory() -> None:
    done = subprocess.run([sys.executable, "-m", __name__], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["ok"] == SOURCES + ROUNDS
    assert found["sources_mb"] <= 250
    assert found["rounds_mb"][-1] - found["rounds_mb"][0] <= 3


if __name__ == "__main__":
    with ExtractionPool(1) as one:
        print(json.dumps(asyncio.run(measured(one))))
