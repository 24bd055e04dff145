"""The demo town's mailbox: the mails that were really sent, as their readers see them."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from monitor.console import post
from monitor.console.answers import download
from monitor.console.auth import AtDesk, Reader
from monitor.console.desk import Desk
from monitor.console.pages.shape import Page
from monitor.console.render import render
from monitor.console.security import FRAMED_POLICY

router = APIRouter()
PAGE = Page("mailbox", "演示邮箱", "/mailbox", router, offered=lambda desk: desk.demo)


def _box(desk: Desk) -> Path:
    if desk.mailbox is None or not desk.demo:
        raise HTTPException(404)
    return desk.mailbox


@router.get("/mailbox")
def listing(request: Request, desk: AtDesk, visitor: Reader) -> Response:
    """All mails, the newest opened."""
    mails = post.newest(_box(desk))
    return render(request, "mailbox.html", visitor, mails=mails, mail=mails[0] if mails else None)


@router.get("/mailbox/{mail_id}")
def page(request: Request, desk: AtDesk, visitor: Reader, mail_id: str) -> Response:
    """One mail beside the list."""
    mail = post.one(_box(desk), mail_id)
    if mail is None:
        raise HTTPException(404)
    return render(request, "mailbox.html", visitor, mails=post.newest(_box(desk)), mail=mail)


@router.get("/mailbox/{mail_id}/body")
def body(desk: AtDesk, visitor: Reader, mail_id: str) -> Response:
    """The mail's HTML for the frame: no script runs there and nothing is fetched from outside."""
    mail = post.one(_box(desk), mail_id)
    if mail is None:
        raise HTTPException(404)
    headers = {"content-security-policy": FRAMED_POLICY, "x-frame-options": "SAMEORIGIN"}
    return HTMLResponse(mail.html, headers=headers)


@router.get("/mailbox/{mail_id}/{number}")
def enclosure(desk: AtDesk, visitor: Reader, mail_id: str, number: int) -> Response:
    """An attachment, to be kept, never shown in place."""
    found = post.enclosed(_box(desk), mail_id, number)
    if found is None:
        raise HTTPException(404)
    return download(found[0].name, found[0].media_type, found[1])
