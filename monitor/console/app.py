"""The console as one application: the desk, the shield, and the page groups behind the guard."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from monitor.clock import Clock
from monitor.console.auth import COOKIE, LoginNeeded, PasswordChangeNeeded, guard
from monitor.console.desk import Desk, Limits, desk_of
from monitor.console.pages import PAGES
from monitor.console.pages.intake import failed
from monitor.console.render import STATIC, go, own_path, render
from monitor.console.security import HEADERS, SAFE_METHODS, Refused, Shield
from monitor.errors import CaifengError
from monitor.stages import House

PLAIN = {404: "没有这个页面，或您无权查看。", 410: "此链接已过期或已收回，请登录值守台办理。"}
DEMO_IDLE = timedelta(hours=8)


class Assets(StaticFiles):
    """Our style sheet and script: addressed by their hash, so a browser may keep them."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """As usual, but kept for a year."""
        answer = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        answer.headers["cache-control"] = "public, max-age=31536000, immutable"
        return answer


def create_app(
    house: Callable[[], House],
    clock: Clock,
    *,
    mailbox: Path | None = None,
    hosts: Sequence[str] = (),
    secure: bool = False,
    closing: Callable[[], bool] = lambda: False,
) -> FastAPI:
    """The application over the house in force, which may change between requests.

    `mailbox`: the demo town's Maildir; where it is there, this is the demo. `secure`: reached over HTTPS, so
    cookies are for HTTPS only. `closing` says that open streams should end.
    """
    first = house()
    desk = Desk(
        first.store,
        lambda: house().station,
        clock,
        key=first.key,
        folder=first.folder,
        limits=_limits(mailbox),
        mailbox=mailbox,
        secure=secure,
        closing=closing,
        judge=lambda text: house().judge.judge(text),
    )
    return assemble(desk, hosts)


def _limits(mailbox: Path | None) -> Limits:
    """15 idle minutes unless `CAIFENG_IDLE_MINUTES` says otherwise; the demo's reader reads a README too."""
    minutes = os.environ.get("CAIFENG_IDLE_MINUTES", "")
    if minutes.isdecimal() and int(minutes):
        return Limits(idle=timedelta(minutes=int(minutes)))
    return Limits(idle=DEMO_IDLE) if mailbox and mailbox.is_dir() else Limits()


def assemble(desk: Desk, hosts: Sequence[str] = ()) -> FastAPI:
    """Build the application. `hosts`: names it may be called by beside the loopback ones (DNS rebinding)."""
    app = FastAPI(title="采风", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk, app.state.pages = desk, PAGES
    for page in PAGES:
        app.include_router(page.router, dependencies=[] if page.open else [Depends(guard)])
    app.mount("/static", Assets(directory=STATIC), name="static")
    app.add_middleware(
        TrustedHostMiddleware,
        allowed_hosts=["127.0.0.1", "localhost", *hosts],
        www_redirect=False,
    )
    app.add_middleware(Shield, secure=desk.secure)
    _say_what_went_wrong(app)
    return app


def _say_what_went_wrong(app: FastAPI) -> None:
    app.add_exception_handler(LoginNeeded, _to_login)
    app.add_exception_handler(PasswordChangeNeeded, _to_password)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(CaifengError, _not_done)
    app.add_exception_handler(RequestValidationError, _incomplete)
    app.add_exception_handler(HTTPException, _plain)
    app.add_exception_handler(500, _broken)


def _to_login(request: Request, fault: Exception) -> Response:
    desk, here = desk_of(request), own_path(request.url.path)
    if request.headers.get("x-live"):
        return Response(status_code=401)
    onward = f"/login?next={here}" if request.method in SAFE_METHODS and here != "/" else "/login"
    said = str(fault) if COOKIE in request.cookies else ""
    answer = go(desk, onward, said, ok=False)
    answer.delete_cookie(COOKIE)
    return answer


def _to_password(request: Request, fault: Exception) -> Response:
    return go(desk_of(request), "/account/password", "首次登录请先设置自己的口令")


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _refused(request: Request, fault: Exception) -> Response:
    status = fault.status if isinstance(fault, Refused) else 403
    if _is_api(request):
        return failed(status, "refused", str(fault))
    return render(request, "fault.html", status=status, title="操作未执行", said=str(fault))


def _not_done(request: Request, fault: Exception) -> Response:
    """An act the rules do not allow now: back to where it was tried, with the reason."""
    if request.method in SAFE_METHODS:
        return render(request, "fault.html", status=409, title="无法显示", said=str(fault))
    back = request.headers.get("referer", "").split("://", 1)[-1].partition("/")[2]
    return go(desk_of(request), own_path("/" + back), str(fault), ok=False)


def _plain(request: Request, fault: Exception) -> Response:
    status = getattr(fault, "status_code", 404)
    said = PLAIN.get(status, "请求的方式不正确。")
    if _is_api(request):
        return failed(status, "address", "没有这个接口，或方法不对：应为 POST /api/v1/pages 或 /api/v1/leads")
    return render(request, "fault.html", status=status, title="找不到", said=said)


def _incomplete(request: Request, fault: Exception) -> Response:
    said = "提交的内容不完整或格式不对，请返回检查。"
    if request.method in SAFE_METHODS:
        return render(request, "fault.html", status=404, title="找不到", said="没有这个页面。")
    return render(request, "fault.html", status=422, title="操作未执行", said=said)


def _broken(request: Request, fault: Exception) -> Response:
    said = "程序出现意外，已记入日志。请稍后重试；仍不行请联系系统管理员。"
    if _is_api(request):
        return failed(500, "internal", said)
    answer = render(request, "fault.html", status=500, title="程序故障", said=said)
    answer.headers.update(HEADERS)  # made outside the shield
    return answer
