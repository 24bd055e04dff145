"""The crawl engine: one visit to one source, many at a time, in one long-lived process.

    engine = CrawlEngine(CrawlSettings(contact="…"), pool, clock)
    async with engine:
        outcome = await engine.visit(Visit(source, state, known), on_page)
        # or many: await crawl(engine, visits, on_page, on_outcome)
        # what was pushed or pasted: await engine.receive(Visit(source, known=known), body, on_page)

    CrawlSettings                     settings.py: contact, station, least_gap, visits, in_flight, run_seconds
    pool                              pool.ExtractionPool, or anything with its `submit`
    clock() -> datetime               aware
    secret(name) -> str | None        optional: where a mailbox's password lies (default: the environment)
    gate                              optional: turns.Gate, one politeness with other processes
    Visit(source, state=FetchState(), known=lambda url: False, revisit=(), words=())
        known(url) -> bool            asked for each article address; a known one is not fetched again
        revisit                       known addresses to look at once more (cadence.revisit_due)
        words                         of a watch, for kind `search`
    on_page(page) / on_outcome(outcome)   plain or async; a page is masked already (mask.py)
    Outcome                           what to store and show: ok | unchanged | blocked | failed, reason,
                                      counts, the FetchState for the next visit, addresses that are gone

The daemon's `crawl` role and `caifeng crawl --once` call the same `crawl`. Blocked means: stop, show it in
the console, do not come back before a person has looked (or `retry_after` seconds, where the site named
them).
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from spiders.clocks import Clock
from spiders.errors import ExtractError, SpiderError
from spiders.extract import Extracted, Selectors
from spiders.fetcher import Blocked, Failed, Fetcher
from spiders.kinds.shape import Answer, Fetch
from spiders.run import Extractor, Run, Secret, Tools, silent, tell
from spiders.settings import CrawlSettings
from spiders.source import Source
from spiders.turns import Gate
from spiders.visit import FetchState, Outcome, Status, Told, Visit

THIN = 200
"""Characters below which what looks like an article may as well be a list of a few headlines."""

__all__ = ["CrawlEngine", "CrawlSettings", "FetchState", "Outcome", "Status", "Visit", "crawl"]


class CrawlEngine:
    """Runs visits. Use as an async context manager inside the loop it serves."""

    def __init__(
        self,
        settings: CrawlSettings,
        pool: Extractor,
        clock: Clock,
        secret: Secret = os.environ.get,
        gate: Gate | None = None,
    ) -> None:
        self.settings, self.clock = settings, clock
        self.fetcher = Fetcher(settings, clock, gate)
        self._tools = Tools(self.fetcher, pool, clock, secret, settings.in_flight)
        self._under_way: dict[str, Run] = {}
        self._places = asyncio.Semaphore(settings.visits)

    async def __aenter__(self) -> CrawlEngine:
        await self.fetcher.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.fetcher.stop()

    async def visit(self, visit: Visit, on_page: Told, say: Callable[[str], None] = silent) -> Outcome:
        """One visit. Never raises for what a site or a page does wrong: the outcome says it.

        `say` is told each step in Chinese (`caifeng source try`).
        """
        run = Run(self._tools, visit, on_page, say)
        return await self._watched(run, run.whole())

    async def receive(self, visit: Visit, body: bytes, on_page: Told) -> Outcome:
        """What was pushed or pasted, read as the source's kind says; links in it are followed."""
        run = Run(self._tools, visit, on_page, silent)
        return await self._watched(run, run.handed([("", body)]))

    async def look(self, source: Source) -> Answer:
        """One address as it answers, extracted, for discover.candidates. Raises SpiderError."""
        got = await self.fetcher.get(source, source.url)
        answer = Answer(Fetch(source.url), got.url, got.body, self.clock(), got.headers.get("content-type"))
        try:
            found = await self._read(answer, None)
            if found.kind == "other" or (found.kind == "article" and len(found.text) < THIN):
                found = await self._read(answer, Selectors(listing=True))
        except ExtractError:
            return answer
        return replace(answer, extracted=found)

    async def _read(self, answer: Answer, selectors: Selectors | None) -> Extracted:
        page = self._tools.pool.submit(
            answer.body, url=answer.url, content_type=answer.content_type, selectors=selectors
        )
        return await asyncio.wrap_future(page)

    async def _watched(self, run: Run, work: Coroutine[None, None, None]) -> Outcome:
        async with self._places:
            self._under_way[run.source.id] = run
            try:
                async with asyncio.timeout(self.settings.run_seconds):
                    await work
            except TimeoutError:
                run.incomplete(f"本轮超过 {self.settings.run_seconds:g} 秒，余下的下轮再取")
            except (Blocked, Failed) as error:
                run.end("blocked" if isinstance(error, Blocked) else "failed", error)
            except SpiderError as error:
                run.end("failed", error)
            finally:
                self._under_way.pop(run.source.id, None)
                self.fetcher.asked_at.pop(run.source.id, None)
        return run.outcome(self.clock())

    def signs_of_life(self) -> Mapping[str, datetime]:
        """Of every visit under way, by source: when it last got an answer (health.faults: `started`);
        one that stands in line for its site is alive now."""
        now, waits, asked = self.clock(), self.fetcher.turns.waits, self.fetcher.asked_at
        return {
            source: now if waits(source) else max(run.alive, asked.get(source, run.alive))
            for source, run in self._under_way.items()
        }


async def crawl(
    engine: CrawlEngine,
    visits: Iterable[Visit],
    on_page: Told,
    on_outcome: Callable[[Outcome], Awaitable[None] | None],
) -> None:
    """Make all visits, as many at a time as the settings allow; each outcome is told as it comes."""

    async def one(visit: Visit) -> None:
        await tell(on_outcome(await engine.visit(visit, on_page)))

    async with asyncio.TaskGroup() as group:
        for visit in visits:
            group.create_task(one(visit))
