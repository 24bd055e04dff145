"""Logging in and out, and choosing a password."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import Response

from monitor.console import auth
from monitor.console.auth import COOKIE, AtDesk, LoginRefused, guard, recognise
from monitor.console.desk import Desk
from monitor.console.pages.shape import Page
from monitor.console.render import go, own_path, render
from monitor.console.security import address_of, check_origin, check_token

router = APIRouter()
# open: the log-in page cannot ask for a log-in; all else here asks for itself
PAGE = Page("account", "账户", "/account/password", router, entry=False, open=True)

LOGIN_COOKIE = "caifeng_login"
Known = Annotated[auth.Visitor, Depends(recognise)]


@router.get("/login")
def show_login(request: Request, next: str = "/") -> Response:
    """The door."""
    return _door(request, onward=own_path(next))


@router.post("/login")
def log_in(
    request: Request,
    desk: AtDesk,
    login: Annotated[str, Form()],
    password: Annotated[str, Form()],
    token: Annotated[str, Form()],
    next: Annotated[str, Form()] = "/",
) -> Response:
    """Through the door, if the password is right."""
    check_origin(request)
    check_token(token, request.cookies.get(LOGIN_COOKIE, secrets.token_urlsafe(8)))
    try:
        session = auth.log_in(desk, login, password, desk.clock(), address_of(request))
    except LoginRefused as refusal:
        return _door(request, said=str(refusal), login=login[:80], onward=own_path(next), status=401)
    answer = go(desk, own_path(next))
    answer.delete_cookie(LOGIN_COOKIE)
    return _with_session(desk, answer, session)


@router.post("/logout", dependencies=[Depends(guard)])
def log_out(desk: AtDesk, visitor: Known) -> Response:
    """Out, in this browser."""
    auth.log_out(desk, visitor)
    answer = go(desk, "/login", "已退出登录")
    answer.delete_cookie(COOKIE)
    return answer


@router.get("/account/password")
def show_password(request: Request, visitor: Known) -> Response:
    """The form for another password."""
    return render(request, "password.html", visitor, said="")


@router.post("/account/password", dependencies=[Depends(guard)])
def change_password(
    request: Request,
    desk: AtDesk,
    visitor: Known,
    old: Annotated[str, Form()],
    new: Annotated[str, Form()],
    again: Annotated[str, Form()],
) -> Response:
    """Another password; all other sessions of this person end."""
    try:
        if new != again:
            raise LoginRefused("两次输入的新口令不一致")
        session = auth.change_password(desk, visitor, old, new)
    except LoginRefused as refusal:
        return render(request, "password.html", visitor, said=str(refusal), status=400)
    return _with_session(desk, go(desk, "/", "口令已更新"), session)


def _door(
    request: Request, *, said: str = "", login: str = "", onward: str = "/", status: int = 200
) -> Response:
    token = request.cookies.get(LOGIN_COOKIE) or secrets.token_urlsafe(24)
    answer = render(request, "login.html", said=said, login=login, onward=onward, token=token, status=status)
    secure = request.app.state.desk.secure
    answer.set_cookie(LOGIN_COOKIE, token, max_age=3600, httponly=True, samesite="strict", secure=secure)
    return answer


def _with_session(desk: Desk, answer: Response, token: str) -> Response:
    """Lax, not strict: a link in an alert mail must find its reader logged in."""
    longest = int(desk.limits.longest.total_seconds())
    answer.set_cookie(COOKIE, token, max_age=longest, httponly=True, samesite="lax", secure=desk.secure)
    return answer
