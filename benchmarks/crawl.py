"""Pages a second with guard, robots, extraction and archive ÷ those of a bare Scrapy that extracts nothing.

Both fetch the same pages from the same eight loopback hosts, politeness off, in turn, in the same run; the
server is a third process beside them, on the same cores. `main` prints the median of the pairs' ratios by
the clock, so that what else the machine does weighs on both of a pair; processor time, the server's counted
on both sides, is told beside it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

HOSTS = tuple(f"127.0.0.{n}" for n in range(1, 9))
PER_HOST = 40
ROUNDS = 5
WORKERS = 2


def bodies() -> list[bytes]:
    """The saved real pages, else the hand-written layouts: see benchmarks/extract.py."""
    from benchmarks.extract import pages

    return pages()


# ------------------------------------------------------------------ the server
def serve(port: int) -> None:
    """Answers /feed and /p/N on every host, as fast as one process can."""
    answers = {f"/p/{n}": _answer(body, "text/html") for n, body in enumerate(_many(bodies()))}

    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                path = head.split(b" ", 2)[1].decode()
                host = writer.get_extra_info("sockname")[0]
                body = _answer(_feed(host, port), "text/xml") if path == "/feed" else answers.get(path)
                writer.write(body or b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                await writer.drain()
        writer.close()

    async def whole() -> None:
        servers = [await asyncio.start_server(client, host, port) for host in HOSTS]
        print("ready", flush=True)
        await asyncio.gather(*(server.serve_forever() for server in servers))

    asyncio.run(whole())


def _many(pages: list[bytes]) -> list[bytes]:
    return [pages[n % len(pages)] for n in range(PER_HOST)]


def _answer(body: bytes, kind: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def _feed(host: str, port: int) -> bytes:
    items = "".join(
        f"<item><title>第{n}篇</title><link>http://{host}:{port}/p/{n}</link></item>" for n in range(PER_HOST)
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel>{items}</channel></rss>".encode()


# ------------------------------------------------------------------ the two crawlers
def bare(port: int) -> None:
    """Scrapy as it comes: every page fetched, nothing read out of it."""
    import scrapy
    from scrapy.crawler import CrawlerProcess

    count = 0

    class Bare(scrapy.Spider):
        name = "bare"
        custom_settings = {"LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False}  # noqa: RUF012
        start_urls = [f"http://{host}:{port}/p/{n}" for n in range(PER_HOST) for host in HOSTS]  # noqa: RUF012

        def parse(self, response: object) -> None:
            nonlocal count
            count += 1

    process = CrawlerProcess({"ROBOTSTXT_OBEY": False})
    process.crawl(Bare)
    began = Cost.so_far()
    process.start()
    _report(count, began)


def ours(port: int) -> None:
    """The whole of it: robots, guard, feed, articles, extraction in the pool, masks, the archive."""
    from monitor.stages import archive
    from monitor.store.engine import open_store
    from monitor.store.migrations import upgrade
    from spiders.crawler import CrawlEngine, CrawlSettings, Visit, crawl
    from spiders.page import Page
    from spiders.pool import ExtractionPool
    from spiders.source import Source

    logging.disable(logging.WARNING)
    visits = [
        Visit(
            Source(
                id=f"s{n}",
                name=host,
                kind="feed",
                url=f"http://{host}:{port}/feed",
                gap=0,
                allow_private=("127.0.0.0/8",),
                purpose="测速",
                legal_ground="测速",
            )
        )
        for n, host in enumerate(HOSTS)
    ]

    with tempfile.TemporaryDirectory() as folder, ExtractionPool(WORKERS) as pool:
        store = open_store(f"{folder}/crawl.db")
        upgrade(store)
        pool.submit(bodies()[0]).result()
        waiting: list[Page] = []

        async def keep(least: int) -> None:
            if len(waiting) >= least:
                pages, waiting[:] = list(waiting), []
                await asyncio.to_thread(archive.keep, store, b"k" * 32, pages, datetime.now(UTC))

        async def take(page: Page) -> None:
            waiting.append(page)
            await keep(archive.BATCH)

        async def whole() -> tuple[int, Cost]:
            count = 0
            async with CrawlEngine(CrawlSettings(), pool, lambda: datetime.now(UTC)) as engine:

                def told(outcome: object) -> None:
                    nonlocal count
                    count += outcome.pages_new + len(outcome.faults)  # type: ignore[attr-defined]

                began = Cost.so_far()
                await crawl(engine, visits, take, told)
                await keep(1)
            return count, began

        _report(*asyncio.run(whole()))


@dataclass(frozen=True)
class Cost:
    """What a crawl took: seconds by the clock, and of processor time in all its processes."""

    clock: float
    processor: float

    @classmethod
    def so_far(cls) -> Cost:
        """Of this process and those it has started, which are of its process group."""
        return cls(time.monotonic(), sum(_ticks(os.getpgrp())) / os.sysconf("SC_CLK_TCK"))


def _ticks(group: int) -> Iterator[int]:
    """Processor time of each process of a group, with that of its children that have ended."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[2]) == group:
                yield sum(map(int, fields[11:15]))


def _report(count: int, began: Cost) -> None:
    wanted = PER_HOST * len(HOSTS)
    if count != wanted:
        raise SystemExit(f"{count} pages of {wanted} came")
    ended = Cost.so_far()
    print(json.dumps([ended.clock - began.clock, ended.processor - began.processor]))


# ------------------------------------------------------------------ the comparison
@contextlib.contextmanager
def _server(port: int) -> Iterator[int]:
    process = subprocess.Popen([*_command("serve"), str(port)], stdout=subprocess.PIPE, process_group=0)
    try:
        assert process.stdout is not None and process.stdout.readline()
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _command(mode: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.crawl", mode]


def _crawl(mode: str, port: int, server: int) -> Cost:
    before = sum(_ticks(server))
    done = subprocess.run(
        [*_command(mode), str(port)],
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        process_group=0,
    )
    served = (sum(_ticks(server)) - before) / os.sysconf("SC_CLK_TCK")
    clock, processor = json.loads(done.stdout)
    return Cost(clock, processor + served)


def pairs(rounds: int = ROUNDS) -> list[tuple[Cost, Cost]]:
    """Bare Scrapy's cost and ours, one after the other, so many times."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with _server(port) as server:
        return [(_crawl("bare", port, server), _crawl("ours", port, server)) for _ in range(rounds)]


def main() -> None:
    """One line; what it rests on goes to the error output."""
    found = pairs()
    pages = PER_HOST * len(HOSTS)
    for pair in found:
        told = (f"{pages / c.clock:.0f} pages/s at {1000 * c.processor / pages:.1f} ms a page" for c in pair)
        print("bare {}, ours {}".format(*told), file=sys.stderr)
    processor = statistics.median(b.processor / o.processor for b, o in found)
    print(f"by processor time {processor:.2f} x", file=sys.stderr)
    print(f"crawl {statistics.median(b.clock / o.clock for b, o in found):.2f} x-bare-scrapy target 0.3")


if __name__ == "__main__":
    modes = {"serve": serve, "bare": bare, "ours": ours}
    if len(sys.argv) == 3:
        modes[sys.argv[1]](int(sys.argv[2]))
    else:
        main()
