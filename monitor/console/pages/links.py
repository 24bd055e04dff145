"""Signed addresses: what they open without an account. GET only shows, because mail scanners open everything.

What a purpose opens is an `Opener`; `OPENERS` has a line for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from fastapi import APIRouter, HTTPException
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from monitor.console import alert_link, bulletin_link, unit_link
from monitor.console.auth import AtDesk
from monitor.console.desk import Desk
from monitor.console.pages.shape import Page
from monitor.console.security import address_of, check_origin
from monitor.store import links

router = APIRouter(prefix="/l")
# open: the token is the key. It is checked at each request, and an act needs our own page as its origin.
PAGE = Page("links", "签名链接", "/l", router, entry=False, open=True)


class Opener(Protocol):
    """What is behind links of one purpose: a page to look at, and what its forms do."""

    def show(self, request: Request, desk: Desk, link: links.Link, now: datetime) -> Response: ...
    def act(
        self, request: Request, desk: Desk, link: links.Link, now: datetime, form: FormData
    ) -> Response: ...


class Keeper(Protocol):
    """An opener that has files to give out."""

    def file(
        self, request: Request, desk: Desk, link: links.Link, now: datetime, file_id: int
    ) -> Response: ...


OPENERS: Mapping[str, Opener] = {"alert": alert_link, "unit": unit_link, "bulletin": bulletin_link}
KEEPERS: Mapping[str, Keeper] = {"unit": unit_link, "bulletin": bulletin_link}


def _open(request: Request, desk: Desk, token: str, now: datetime) -> links.Link:
    """The link behind a token, noted as opened. Raises HTTPException for any that does not open."""
    with desk.store.read() as conn:
        link = links.find(conn, token[:100])
    if link is None or link.purpose not in OPENERS:
        raise HTTPException(404)
    if not link.opens(now):
        raise HTTPException(410)
    if link.opened_at is None:
        with desk.store.write() as conn:
            links.opened(conn, link.id, now, address_of(request))
    return link


@router.get("/{token}")
def show(request: Request, desk: AtDesk, token: str) -> Response:
    """The page behind a link; nothing is done by looking at it."""
    now = desk.clock()
    link = _open(request, desk, token, now)
    return OPENERS[link.purpose].show(request, desk, link, now)


@router.get("/{token}/files/{file_id}")
def file(request: Request, desk: AtDesk, token: str, file_id: int) -> Response:
    """A paper that belongs to what is behind the link."""
    now = desk.clock()
    link = _open(request, desk, token, now)
    if link.purpose not in KEEPERS:
        raise HTTPException(404)
    return KEEPERS[link.purpose].file(request, desk, link, now, file_id)


@router.post("/{token}")
async def act(request: Request, desk: AtDesk, token: str) -> Response:
    """What the page's form asks for."""
    check_origin(request)
    form = await request.form()
    return await run_in_threadpool(_act, request, desk, token, form)


def _act(request: Request, desk: Desk, token: str, form: FormData) -> Response:
    now = desk.clock()
    link = _open(request, desk, token, now)
    return OPENERS[link.purpose].act(request, desk, link, now, form)
