"""The town's five sites: news, government portal, forum, hot list and the hotline's export."""

from __future__ import annotations

import csv
import hashlib
import io
import math
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from jinja2 import Environment, PackageLoader
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from monitor.clock import local
from monitor.demo.state import Day
from monitor.demo.town import POSTS_PER_PAGE, Article, Site, Thread, Town

_pages = Environment(loader=PackageLoader("monitor.demo"), autoescape=True)
_pages.filters["minute"] = lambda moment: f"{local(moment):%Y-%m-%d %H:%M}"
_pages.filters["rfc822"] = lambda moment: format_datetime(local(moment))


def _answer(request: Request, body: bytes, media_type: str) -> Response:
    """The body, or 304 where the visitor has it already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"ETag": tag})
    return Response(body, media_type=media_type, headers={"ETag": tag})


def _page(request: Request, name: str, charset: str = "utf-8", **facts: Any) -> Response:
    body = _pages.get_template(name).render(charset=charset, **facts)
    return _answer(request, body.encode(charset, "xmlcharrefreplace"), f"text/html; charset={charset}")


def _robots(request: Request) -> Response:
    return Response("User-agent: *\nAllow: /\nDisallow: /admin/\n", media_type="text/plain")


def _number(request: Request) -> int:
    return int(request.path_params["number"])


class Paper:
    """A site of articles: list page, articles, feed. The portal speaks GB 18030, as old portals do."""

    def __init__(self, town: Town, day: Day, site: Site) -> None:
        self.day, self.site = day, site
        self.articles = tuple(a for a in town.articles if a.site == site)
        self.charset = "gb18030" if site == "portal" else "utf-8"

    def app(self) -> Starlette:
        routes = [
            Route("/", self.index),
            Route("/a/{number:int}.html", self.article),
            Route("/rss.xml", self.feed),
            Route("/robots.txt", _robots),
        ]
        return Starlette(routes=routes)

    def _shown(self) -> list[tuple[Article, datetime]]:
        passed = self.day.elapsed
        return [(a, self.day.moment(a.at)) for a in reversed(self.articles) if a.at <= passed]

    def index(self, request: Request) -> Response:
        return _page(request, f"{self.site}_index.html", self.charset, shown=self._shown())

    def article(self, request: Request) -> Response:
        for article, moment in self._shown():
            if article.number == _number(request):
                return _page(
                    request, f"{self.site}_article.html", self.charset, article=article, moment=moment
                )
        raise HTTPException(404)

    def feed(self, request: Request) -> Response:
        body = _pages.get_template("rss.xml").render(
            shown=self._shown(), base=str(request.base_url).rstrip("/")
        )
        return _answer(request, body.encode(), "application/rss+xml; charset=utf-8")


class Forum:
    """青石论坛: a board of threads, replies in pages of fifteen."""

    def __init__(self, town: Town, day: Day) -> None:
        self.town, self.day = town, day

    def app(self) -> Starlette:
        routes = [
            Route("/", self.board),
            Route("/t/{number:int}", self.thread),
            Route("/robots.txt", _robots),
        ]
        return Starlette(routes=routes)

    def _posts(self, thread: Thread) -> list[Any]:
        passed = self.day.elapsed
        return [(post, self.day.moment(post.at)) for post in thread.posts if post.at <= passed]

    def board(self, request: Request) -> Response:
        shown = [(thread, posts) for thread in self.town.threads if (posts := self._posts(thread))]
        shown.sort(key=lambda row: row[1][-1][1], reverse=True)
        return _page(request, "forum_board.html", shown=shown)

    def thread(self, request: Request) -> Response:
        thread = next((t for t in self.town.threads if t.number == _number(request)), None)
        posts = self._posts(thread) if thread else []
        if not thread or not posts:
            raise HTTPException(404)
        pages = math.ceil(len(posts) / POSTS_PER_PAGE)
        page = min(max(_integer(request.query_params.get("page")), 1), pages)
        part = posts[(page - 1) * POSTS_PER_PAGE : page * POSTS_PER_PAGE]
        first = (page - 1) * POSTS_PER_PAGE + 1
        return _page(
            request, "forum_thread.html", thread=thread, posts=part, page=page, pages=pages, first=first
        )


def _integer(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 1


class HotList:
    """云州热榜: rank and heat as JSON, the way boards publish them."""

    def __init__(self, town: Town, day: Day) -> None:
        self.town, self.day = town, day

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/hot.json", self.board), Route("/robots.txt", _robots)])

    def board(self, request: Request) -> Response:
        rows = sorted((r for r in self.town.hot if r.at <= self.day.elapsed), key=lambda r: r.rank)
        base = str(request.base_url)
        data = [
            {"rank": r.rank, "title": r.title, "hot": r.heat, "url": f"{base}topic/{i}"}
            for i, r in enumerate(rows)
        ]
        return JSONResponse({"code": 200, "name": "云州热榜", "data": data})


class Hotline:
    """The public hotline's export: CSV as the hotline's software writes it, and the same as JSON."""

    COLUMNS = ("工单号", "受理时间", "诉求类型", "所属街道", "诉求内容")

    def __init__(self, town: Town, day: Day) -> None:
        self.town, self.day = town, day

    def app(self) -> Starlette:
        routes = [
            Route("/export.csv", self.table),
            Route("/export.json", self.rows),
            Route("/robots.txt", _robots),
        ]
        return Starlette(routes=routes)

    def _rows(self) -> list[dict[str, str]]:
        return [
            dict(zip(self.COLUMNS, (c.number, self._time(c.at), c.kind, c.street, c.matter), strict=True))
            for c in self.town.calls
            if c.at <= self.day.elapsed
        ]

    def _time(self, at: float) -> str:
        return f"{local(self.day.moment(at)):%Y-%m-%d %H:%M:%S}"

    def table(self, request: Request) -> Response:
        text = io.StringIO()
        writer = csv.DictWriter(text, self.COLUMNS)
        writer.writeheader()
        writer.writerows(self._rows())
        return _answer(request, text.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8")

    def rows(self, request: Request) -> Response:
        return JSONResponse({"total": len(self._rows()), "rows": self._rows()})


def sites(town: Town, day: Day) -> dict[str, Starlette]:
    """The five sites by name (see `ports.SITES`)."""
    return {
        "news": Paper(town, day, "news").app(),
        "portal": Paper(town, day, "portal").app(),
        "forum": Forum(town, day).app(),
        "hot": HotList(town, day).app(),
        "hotline": Hotline(town, day).app(),
    }
