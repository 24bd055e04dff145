"""Reads the links of a pasted text, in a process of its own: Scrapy's loop and a page's weight stay out of
the console, and a site that hangs costs one click and no more. Guard, robots.txt and walls hold as always."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from concurrent.futures.process import BrokenProcessPool

from monitor.clock import system_clock
from monitor.politeness import SiteGate
from monitor.settings import Station
from monitor.stages.pasting import Reader
from monitor.store.engine import Store, open_store
from spiders.crawler import CrawlEngine, CrawlSettings, Visit
from spiders.page import Page
from spiders.pool import ExtractionPool
from spiders.source import Source

SECONDS = 45.0
MOST_LINKS = 5


def reader_of(station: Station, store: Store) -> Reader:
    """A reader under the station's own name and contact, as polite to a site as its crawl role."""
    settings = CrawlSettings(contact=station.crawl.contact, station=station.domain)
    address = store.engine.url.render_as_string(hide_password=False)

    def read(source: Source, text: str) -> tuple[Sequence[Page], str]:
        capped = source.model_copy(update={"limits": source.limits.model_copy(update={"pages": MOST_LINKS})})
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(1, mp_context=context)
        try:
            return pool.submit(received, capped, text, settings, address).result(SECONDS)
        except TooLong:
            for process in list(pool._processes.values()):
                process.kill()
            return [], f"{SECONDS:.0f} 秒内没有读完"
        except BrokenProcessPool:
            return [], "读取进程意外结束"
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    return read


def received(source: Source, text: str, settings: CrawlSettings, address: str) -> tuple[list[Page], str]:
    """The pages behind a text's links, and what went wrong; runs in the other process."""

    async def work() -> tuple[list[Page], str]:
        pages: list[Page] = []
        gate = SiteGate(open_store(address), system_clock, hurried=True)
        with ExtractionPool(1) as pool:
            async with CrawlEngine(settings, pool, system_clock, gate=gate) as engine:
                outcome = await engine.receive(Visit(source), text.encode(), pages.append)
        return pages, "；".join(filter(None, (outcome.reason, *outcome.faults)))

    return asyncio.run(work())
