"""Pages a second with guard, robots, extraction and archive ÷ those of a bare Scrapy that extracts nothing.

Both fetch the same pages from the same eight loopback hosts, politeness off, in turn, in the same run; the
server is a third process beside them. `main` prints the median of the rounds.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime

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
    """Scrapy as it comes: every page fetched, nothing read out of it. Prints pages a second."""
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
    began = time.monotonic()
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

        async def whole() -> tuple[int, float]:
            count = 0
            async with CrawlEngine(CrawlSettings(), pool, lambda: datetime.now(UTC)) as engine:

                def told(outcome: object) -> None:
                    nonlocal count
                    count += outcome.pages_new + len(outcome.faults)  # type: ignore[attr-defined]

                began = time.monotonic()
                await crawl(engine, visits, take, told)
                await keep(1)
            return count, began

        _report(*asyncio.run(whole()))


def _report(count: int, began: float) -> None:
    wanted = PER_HOST * len(HOSTS)
    if count != wanted:
        raise SystemExit(f"{count} pages of {wanted} came")
    print(count / (time.monotonic() - began))


# ------------------------------------------------------------------ the comparison
@contextlib.contextmanager
def _server(port: int) -> Iterator[None]:
    process = subprocess.Popen([*_command("serve"), str(port)], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None and process.stdout.readline()
        yield
    finally:
        process.terminate()
        process.wait()


def _command(mode: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.crawl", mode]


def _speed(mode: str, port: int) -> float:
    return float(subprocess.run([*_command(mode), str(port)], check=True, capture_output=True).stdout)


def figures(rounds: int = ROUNDS) -> tuple[float, float]:
    """Median pages a second: bare Scrapy's and ours."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with _server(port):
        pairs = [(_speed("bare", port), _speed("ours", port)) for _ in range(rounds)]
    return statistics.median(b for b, _ in pairs), statistics.median(o for _, o in pairs)


def main() -> None:
    """One line."""
    plain, whole = figures()
    if os.environ.get("VERBOSE"):
        print(f"bare {plain:.0f} pages/s, ours {whole:.0f} pages/s", file=sys.stderr)
    print(f"crawl {whole / plain:.2f} x-bare-scrapy target 0.3")


if __name__ == "__main__":
    modes = {"serve": serve, "bare": bare, "ours": ours}
    if len(sys.argv) == 3:
        modes[sys.argv[1]](int(sys.argv[2]))
    else:
        main()
