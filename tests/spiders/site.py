"""A small web site on loopback for tests: real HTTP, pages set by the test, every request remembered."""

from __future__ import annotations

import asyncio
import hashlib
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Site:
    """`pages` maps a path (with query) to text, bytes, a status or a coroutine; no robots.txt unless set."""

    pages: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[float, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    etags: bool = False
    port: int = 0
    busiest: int = 0
    _now: int = 0
    _runner: web.AppRunner | None = None

    async def __aenter__(self) -> Site:
        app = web.Application()
        app.router.add_route("*", "/{rest:.*}", self._answer)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2)  # some handlers never answer
        await self._runner.setup()
        listener = web.TCPSite(self._runner, "127.0.0.1", 0)
        await listener.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def count(self, path: str) -> int:
        return sum(one == path for _, one in self.asked)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((time.monotonic(), request.path_qs))
        self.headers.append(dict(request.headers))
        self._now += 1
        self.busiest = max(self.busiest, self._now)
        try:
            return await self._page(request)
        finally:
            self._now -= 1

    async def _page(self, request: web.Request) -> web.StreamResponse:
        page = self.pages.get(request.path_qs)
        if page is None:
            return web.Response(status=404, text="没有这个页面")
        if callable(page):
            return await page(request)
        if isinstance(page, int):
            return web.Response(status=page)
        return self._body(request, page.encode() if isinstance(page, str) else page)

    def _body(self, request: web.Request, body: bytes) -> web.Response:
        headers = {"Content-Type": _type(request.path, body)}
        if self.etags:
            headers["ETag"] = f'"{hashlib.md5(body).hexdigest()}"'
            if request.headers.get("If-None-Match") == headers["ETag"]:
                return web.Response(status=304, headers=headers)
        return web.Response(body=body, headers=headers)


@contextmanager
def served(pages: dict[str, Any]) -> Iterator[Site]:
    """A site in a thread of its own, for what runs its own loop (a command)."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    site = Site(pages)
    asyncio.run_coroutine_threadsafe(site.__aenter__(), loop).result()
    try:
        yield site
    finally:
        asyncio.run_coroutine_threadsafe(site.__aexit__(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def _type(path: str, body: bytes) -> str:
    start = body.lstrip()[:1]
    if path.endswith(".txt"):
        return "text/plain"
    if start in (b"{", b"["):
        return "application/json"
    return "application/xml" if body.lstrip().startswith(b"<?xml") else "text/html; charset=utf-8"


def story(title: str, body: str = "", when: str = "2026-11-22 08:30", media: str = "青石日报") -> str:
    """A plain news page as a local paper's site writes it."""
    text = (
        body or f"{title}。本报讯，有关部门已到现场了解情况，事情正在处理之中，后续进展将及时向社会公布。" * 3
    )
    paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n"))
    return (
        f"<html><head><meta charset='utf-8'><title>{title}_{media}</title></head><body><div class='nav'>"
        f"<a href='/'>首页</a></div><h1>{title}</h1><div class='info'>{when} 来源：{media}</div>"
        f"<div class='content'>{paragraphs}</div></body></html>"
    )


def front(titles: dict[str, str]) -> str:
    """A list page: path to headline."""
    rows = "".join(
        f"<li><a href='{path}' title='{title}'>{title}</a><span>2026-11-22</span></li>"
        for path, title in titles.items()
    )
    head = "<html><head><meta charset='utf-8'><title>要闻</title></head>"
    return f"{head}<body><ul class='list'>{rows}</ul></body></html>"


def rss(entries: dict[str, str], base: str = "") -> str:
    """An RSS 2.0 feed: path to headline."""
    items = "".join(
        f"<item><title>{title}</title><link>{base}{path}</link>"
        "<pubDate>Sun, 22 Nov 2026 00:30:00 GMT</pubDate></item>"
        for path, title in entries.items()
    )
    head = "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>青石新闻</title>"
    return f"{head}{items}</channel></rss>"
