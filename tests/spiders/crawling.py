"""Visits in tests: an engine and a pool around a scenario, pages gathered, a fixed clock."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from spiders.crawler import CrawlEngine, CrawlSettings, Outcome, Visit
from spiders.page import Page
from spiders.pool import ExtractionPool
from spiders.source import Source

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
LOOPBACK = ("127.0.0.0/8",)


def source(kind: str, url: str = "", **more: Any) -> Source:
    """An enabled source on loopback with its papers in order."""
    given = {"id": "test", "name": "测试源", "kind": kind, "url": url, "gap": 0, "allow_private": LOOPBACK}
    return Source.parse({**given, "purpose": "测试", "legal_ground": "测试", **more})


@dataclass
class Crawl:
    """One engine; `visit` returns the outcome and adds to `pages`."""

    engine: CrawlEngine
    pages: list[Page] = field(default_factory=list)

    async def visit(self, src: Source, **more: Any) -> Outcome:
        return await self.engine.visit(Visit(src, **more), self.pages.append)

    async def receive(self, src: Source, body: bytes) -> Outcome:
        return await self.engine.receive(Visit(src), body, self.pages.append)

    def titles(self) -> list[str]:
        return [page.title for page in self.pages]


def play(
    pool: ExtractionPool,
    scenario: Callable[[Crawl], Awaitable[None]],
    clock: Callable[[], datetime] = lambda: NOW,
    **settings: Any,
) -> None:
    """Run a scenario with an engine of its own."""

    async def whole() -> None:
        secrets: dict[str, str] = settings.pop("secrets", {})
        async with CrawlEngine(CrawlSettings(**settings), pool, clock, secrets.get) as engine:
            await scenario(Crawl(engine))

    asyncio.run(whole())
