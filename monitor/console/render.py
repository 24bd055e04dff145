"""Templates, and the answers made of them. Everything is escaped; nothing crawled is ever marked safe."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from monitor.console import show, words
from monitor.console.auth import Visitor
from monitor.console.desk import Desk, desk_of

STATIC = Path(__file__).parent / "static"
WORD_COOKIE = "caifeng_word"
WORD_SECONDS = 60


@cache
def environment() -> Environment:
    """The templates, with the filters that put instants, counts and marked words on screen."""
    env = Environment(
        loader=PackageLoader("monitor.console"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(
        moment=show.moment, full=show.full, day=show.day, span=show.span, ago=show.ago, left=show.left,
        urgency=show.urgency, count=show.count, size=show.size, web_address=show.web_address,
    )  # fmt: skip
    env.globals.update(words=words, named=words.named, level_words=words.level, asset=asset)
    return env


@cache
def asset(name: str) -> str:
    """The address of a static file, with its content's hash: it may be cached for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def render(
    request: Request, template: str, visitor: Visitor | None = None, *, status: int = 200, **facts: Any
) -> HTMLResponse:
    """One page. `visitor` None for those that are seen before log-in."""
    desk = desk_of(request)
    shell = {
        "desk": desk,
        "visitor": visitor,
        "now": visitor.now if visitor else desk.clock(),
        "csrf": visitor.session.csrf if visitor else "",
        "entries": _entries(request, desk, visitor),
        "here": request.url.path,
        "word": _word(request),
    }
    body = environment().get_template(template).render({**shell, **facts})
    answer = HTMLResponse(body, status_code=status)
    if WORD_COOKIE in request.cookies:
        answer.delete_cookie(WORD_COOKIE, httponly=True, samesite="lax")
    return answer


def _entries(request: Request, desk: Desk, visitor: Visitor | None) -> list[Any]:
    if visitor is None or visitor.user.must_change:
        return []
    return [
        page
        for page in request.app.state.pages
        if page.entry and visitor.may(page.right) and page.offered(desk)
    ]


def go(desk: Desk, address: str, said: str = "", *, ok: bool = True) -> Response:
    """After an act: on to the next page, with one sentence on what was done or why it was not."""
    answer = RedirectResponse(address, status_code=303)
    if said:
        packed = base64.urlsafe_b64encode(json.dumps([ok, said[:400]]).encode()).decode()
        answer.set_cookie(
            WORD_COOKIE, packed, max_age=WORD_SECONDS, httponly=True, samesite="lax", secure=desk.secure
        )
    return answer


def _word(request: Request) -> tuple[bool, str] | None:
    """The sentence `go` sent along. The cookie is the visitor's own to forge: it is text, and escaped."""
    packed = request.cookies.get(WORD_COOKIE)
    if not packed:
        return None
    try:
        ok, said = json.loads(base64.urlsafe_b64decode(packed))
    except (ValueError, TypeError):
        return None
    return bool(ok), str(said)


def own_path(address: str | None, otherwise: str = "/") -> str:
    """An address to go back to, if it is a path of ours: `//elsewhere` and `https:` lead nowhere."""
    if not address or not address.startswith("/") or address[1:2] in ("/", "\\") or not address.isprintable():
        return otherwise
    return address
