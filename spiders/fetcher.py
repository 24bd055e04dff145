"""One address at a time per site: guard, robots.txt, gap, redirects, walls, over Scrapy's downloader."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import aiohttp
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest
from scrapy.http import Response

from spiders.clocks import Clock
from spiders.errors import SpiderError
from spiders.guard import check_url
from spiders.robots import RobotsBook
from spiders.settings import CrawlSettings, scrapy_settings
from spiders.source import Source
from spiders.turns import Gate, Turns
from spiders.walls import wall

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_STATUS = {4: "（没有这个页面或不接受请求）", 5: "（对方服务器出错）"}
_PAUSE, _LONGEST_PAUSE = 300.0, 86400.0
"""Seconds a whole site is left alone after a 429 that names no time; the longest that is believed."""
_SLACK = 10.0
"""Seconds beyond the download's time-out after which a site is no longer held for a request."""


class Blocked(SpiderError):
    """The site does not want us (robots.txt, 401/403/429, captcha, log-in): stop and say so."""

    code = "blocked"

    def __init__(self, message: str, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.status, self.retry_after = status, retry_after


class Failed(SpiderError):
    """The answer did not come or cannot be used; `status` is the HTTP status where there is one."""

    code = "failed"

    def __init__(self, message: str, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.status, self.retry_after = status, retry_after


@dataclass(frozen=True, slots=True)
class Got:
    """An answer: 200 with its body, or 304 without. Header names are in lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


class _Standing(Spider):
    """The spider that stays open for the life of the process; visits hand their requests to its engine."""

    name = "caifeng"

    def __init__(self, opened: asyncio.Event, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.opened = opened

    async def start(self) -> AsyncIterator[Any]:
        """Nothing to start with; wait until the crawler is stopped."""
        self.opened.set()
        await asyncio.Event().wait()
        yield  # pragma: no cover


class Fetcher:
    """The polite door to the web. `start` and `stop` around its life, `get` in between."""

    def __init__(self, settings: CrawlSettings, clock: Clock, gate: Gate | None = None) -> None:
        self._settings, self._clock = settings, clock
        self.turns = Turns(gate)
        self.asked_at: dict[str, datetime] = {}
        """By source: when its last request was sent, robots.txt and redirects too."""
        self._not_before: dict[str, datetime] = {}
        self._robots = RobotsBook(timedelta(seconds=settings.robots_seconds))
        self._crawler: Crawler | None = None
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Open the standing spider. Call once, inside the running loop."""
        runner = AsyncCrawlerRunner(scrapy_settings(self._settings))
        self._crawler = runner.create_crawler(_Standing)
        opened = asyncio.Event()
        self._running = runner.crawl(self._crawler, opened=opened)
        waiting = asyncio.ensure_future(opened.wait())
        await asyncio.wait({waiting, self._running}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self._running.done():
            self._running.result()

    async def stop(self) -> None:
        """Close every connection; requests under way end as failed."""
        if self._crawler is not None and self._running is not None:
            await self._crawler.stop_async()
            with contextlib.suppress(asyncio.CancelledError):
                await self._running

    async def get(self, source: Source, url: str, headers: Mapping[str, str] | None = None) -> Got:
        """The answer at an address, redirects followed. Raises Blocked, Failed or Refused."""
        asked = url
        for _ in range(source.limits.redirects + 1):
            gap = await self._admit(source, url)
            got = await self._download(source, url, headers or {}, gap)
            self._note_pause(url, got)
            if got.status not in _REDIRECTS or "location" not in got.headers:
                return self._judged(asked, got)
            url = urljoin(url, got.headers["location"].strip())
        raise Failed(f"重定向超过 {source.limits.redirects} 次", got.status)

    async def _admit(self, source: Source, url: str) -> float:
        """Raises Refused or Blocked; the seconds to leave the site alone after this request."""
        check_url(url)
        self._respect_pause(site_of(url))
        ruling = await self._robots.ruling(url, self._clock(), lambda at: self._robots_file(source, at))
        if not ruling.allowed:
            raise Blocked(ruling.reason)
        return max(source.gap, self._settings.least_gap, ruling.delay)

    async def _robots_file(self, source: Source, url: str) -> tuple[int, bytes]:
        for _ in range(source.limits.redirects + 1):
            got = await self._download(source, url, {}, max(source.gap, self._settings.least_gap))
            if got.status not in _REDIRECTS or "location" not in got.headers:
                return got.status, got.body
            url = urljoin(url, got.headers["location"].strip())
            check_url(url)
        return 404, b""

    async def _download(self, source: Source, url: str, headers: Mapping[str, str], gap: float) -> Got:
        """One request at a time and this many seconds apart, for all sources of the site."""
        hold = source.limits.timeout + _SLACK
        async with self.turns.turn(source.id, site_of(url), gap, hold):
            self.asked_at[source.id] = self._clock()
            return await self._answer(source, url, headers)

    def _respect_pause(self, site: str) -> None:
        """A site that asked one source to come later is not asked by another. Raises Blocked."""
        left = (self._not_before.get(site, self._clock()) - self._clock()).total_seconds()
        if left <= 0:
            self._not_before.pop(site, None)
            return
        raise Blocked(f"该网站要求稍后再来，{left:.0f} 秒后再试", 429, left)

    def _note_pause(self, url: str, got: Got) -> None:
        if got.status not in (429, 503):
            return
        asked = retry_after(got.headers.get("retry-after"), self._clock())
        if asked is None and got.status == 503:
            return
        until = self._clock() + timedelta(seconds=min(_PAUSE if asked is None else asked, _LONGEST_PAUSE))
        self._not_before[site_of(url)] = until

    async def _answer(self, source: Source, url: str, headers: Mapping[str, str]) -> Got:
        assert self._crawler is not None
        meta = {
            "allow": source.allow,
            "download_slot": site_of(url),
            "download_timeout": source.limits.timeout,
            "download_maxsize": source.limits.bytes,
        }
        try:
            answer = await self._crawler.engine.download_async(Request(url, headers=dict(headers), meta=meta))
        except (DownloadTimeoutError, IgnoreRequest, aiohttp.ClientError, OSError, ValueError) as error:
            if isinstance(error, SpiderError):
                raise
            raise Failed(_words(error)) from error
        return _got(url, answer)

    def _judged(self, asked: str, got: Got) -> Got:
        retry = retry_after(got.headers.get("retry-after"), self._clock())
        if reason := wall(got.status, asked, got.url, got.body):
            raise Blocked(reason, got.status, retry)
        if got.status != 304 and not 200 <= got.status < 300:
            raise Failed(f"HTTP {got.status}{_STATUS.get(got.status // 100, '')}", got.status, retry)
        return got


def site_of(url: str) -> str:
    """Host and port of an address: what is asked one request at a time."""
    return urlsplit(url).netloc.lower()


def _got(url: str, answer: Response) -> Got:
    headers = {
        name.decode("latin-1").lower(): values[-1].decode("latin-1")
        for name, values in answer.headers.items()
        if values
    }
    return Got(url, answer.status, headers, answer.body)


def _words(error: Exception) -> str:
    if isinstance(error, DownloadTimeoutError):
        return f"超时：{error}"
    if isinstance(error, IgnoreRequest):
        return "解压后超过大小上限"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "域名无法解析"
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientSSLError):
        return "证书校验未通过"
    if isinstance(error, aiohttp.ClientConnectionError | OSError):
        return f"连接失败（{type(error).__name__}）"
    return f"响应不合规（{type(error).__name__}）"


def retry_after(text: str | None, now: datetime) -> float | None:
    """Seconds the server asks us to wait (RFC 9110 §10.2.3: a number or a date); None where it does not."""
    if not text:
        return None
    if text.strip().isdigit():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (ValueError, TypeError):
        return None
