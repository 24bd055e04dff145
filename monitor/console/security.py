"""What every answer carries and every request must pass: headers, size limit, same origin, CSRF token."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from monitor.errors import CaifengError

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# A mail or paper shown inside our page: no script at all, its own styles, nothing fetched from anywhere.
FRAMED_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
HEADERS: Mapping[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
STRICT_TRANSPORT = "max-age=31536000"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST_BODY = 12 * 1024 * 1024


class Refused(CaifengError):
    """A request that may not be carried out: `status` is the HTTP status it is answered with."""

    def __init__(self, message: str, status: int = 403) -> None:
        self.status = status
        super().__init__(message)


class TooLarge(Refused):
    """A request body over the limit."""

    def __init__(self) -> None:
        super().__init__(f"提交的内容超过 {LARGEST_BODY // 1024 // 1024} MB，未接收", status=413)


class Shield:
    """ASGI middleware: puts the headers on every answer that has not its own, stops endless bodies."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        self.headers = {**HEADERS, "strict-transport-security": STRICT_TRANSPORT} if secure else dict(HEADERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request through."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await self.app(scope, _limited(receive), self._with_headers(send))

    def _with_headers(self, send: Send) -> Send:
        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    present.setdefault(name, value)
            await send(message)

        return answer


def _limited(receive: Receive) -> Receive:
    taken = 0

    async def part() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > LARGEST_BODY:
            raise TooLarge
        return message

    return part


def check_origin(request: Request) -> None:
    """Refuse an act that another site's page sends. Browsers say where it comes from; old ones nothing."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    same = origin is None or origin.split("://", 1)[-1] == request.headers.get("host")
    if site not in ("same-origin", "none") or not same:
        raise Refused("该操作不是从本工作台发出的，已拒绝")


def check_token(given: Any, wanted: str) -> None:
    """Refuse an act whose form does not carry the session's own token."""
    if not isinstance(given, str) or not secrets.compare_digest(given.encode(), wanted.encode()):
        raise Refused("页面已过期或来源不明，操作未执行。请刷新页面后重试")


def address_of(request: Request) -> str:
    """The visitor's address, for the record."""
    return request.client.host[:64] if request.client else ""
