"""Accounts: who may log in and as what. A password is given once, on screen, and must be changed."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException
from starlette.requests import Request
from starlette.responses import Response

from monitor.console import auth, words
from monitor.console.auth import Administrator, AtDesk, Visitor
from monitor.console.desk import Desk
from monitor.console.pages.shape import Page
from monitor.console.render import go, render
from monitor.errors import CaifengError
from monitor.store import sessions, users

router = APIRouter(prefix="/people")
PAGE = Page("people", "账户", "/people", router, right="administer")

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


@router.get("")
def listing(request: Request, desk: AtDesk, visitor: Administrator) -> Response:
    """Everyone, and the form for one more."""
    return _page(request, desk, visitor)


@router.post("")
def add(
    request: Request,
    desk: AtDesk,
    visitor: Administrator,
    login: Annotated[str, Form(max_length=40)],
    name: Annotated[str, Form(min_length=1, max_length=40)],
    role: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Open an account; its one-time password is shown on this answer and nowhere again."""
    login = login.strip().lower()
    if not LOGIN.fullmatch(login):
        raise CaifengError("登录名只能用小写字母、数字、点、横线，2 至 40 位")
    one_time = auth.one_time_password()
    with desk.store.write() as conn:
        if users.by_login(conn, login):
            raise CaifengError(f"登录名“{login}”已存在")
        users.add(conn, login, name.strip(), auth.hash_password(one_time), _roles(role), visitor.now)
        auth.note(conn, visitor, "account-opened", login, roles=_roles(role))
    return _page(request, desk, visitor, given=(login, one_time))


@router.post("/{user_id}/roles")
def change_roles(
    desk: AtDesk,
    visitor: Administrator,
    user_id: int,
    role: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """What the account may do from its next request on."""
    wanted = _roles(role)
    if user_id == visitor.user.id and "admin" not in wanted:
        raise CaifengError("不能取消自己的系统管理员岗位，请由另一名管理员办理")
    with desk.store.write() as conn:
        user = _found(users.by_id(conn, user_id))
        users.set_roles(conn, user_id, wanted)
        auth.note(conn, visitor, "roles-changed", user.login, before=list(user.roles), after=wanted)
    return go(desk, "/people", f"已更新{user.name}的岗位")


@router.post("/{user_id}/password")
def reset(request: Request, desk: AtDesk, visitor: Administrator, user_id: int) -> Response:
    """Another one-time password; the person's sessions end."""
    one_time = auth.one_time_password()
    with desk.store.write() as conn:
        user = _found(users.by_id(conn, user_id))
        users.set_password(conn, user_id, auth.hash_password(one_time), must_change=True)
        sessions.close_all(conn, user_id)
        auth.note(conn, visitor, "password-reset", user.login)
    return _page(request, desk, visitor, given=(user.login, one_time))


@router.post("/{user_id}/open")
def open_or_close(
    desk: AtDesk, visitor: Administrator, user_id: int, wanted: Annotated[str, Form(max_length=5)]
) -> Response:
    """Close an account, or open it again. Nobody closes the one they act with."""
    if user_id == visitor.user.id:
        raise CaifengError("不能停用自己正在使用的账户")
    with desk.store.write() as conn:
        user = _found(users.by_id(conn, user_id))
        users.disable(conn, user_id, None if wanted == "open" else visitor.now)
        sessions.close_all(conn, user_id)
        auth.note(conn, visitor, "account-reopened" if wanted == "open" else "account-closed", user.login)
    return go(desk, "/people", f"已{'启用' if wanted == 'open' else '停用'}{user.name}的账户")


def _page(request: Request, desk: Desk, visitor: Visitor, given: tuple[str, str] | None = None) -> Response:
    with desk.store.read() as conn:
        rows = users.everyone(conn)
    return render(request, "people.html", visitor, rows=rows, given=given, roles=words.ROLES)


def _roles(wanted: list[str] | None) -> list[str]:
    unknown = set(wanted or ()) - set(words.ROLES)
    if unknown:
        raise CaifengError("没有这种岗位")
    return [role for role in words.ROLES if role in (wanted or ())]


def _found(user: users.User | None) -> users.User:
    if user is None:
        raise HTTPException(404)
    return user
