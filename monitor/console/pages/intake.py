"""For other systems: `POST /api/v1/pages` and `/api/v1/leads`, by bearer token, JSON in and JSON out.

The token belongs to one source of kind `webhook`; what is pushed goes the road of every page (docs/接口.md).
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from monitor.console.acting import recorded_once
from monitor.console.auth import AtDesk
from monitor.console.desk import Desk
from monitor.console.pages.shape import Page
from monitor.console.security import address_of
from monitor.errors import CaifengError
from monitor.stages import intake
from monitor.store import audit
from spiders.source import Source

router = APIRouter(prefix="/api/v1")
# open: a machine has no session. The token is the key; no cookie is looked at, so no other site can use it.
PAGE = Page("intake", "接口", "/api/v1", router, entry=False, open=True)

LARGEST = 5 * 1024 * 1024
PER_MINUTE = 60
WRONG_PER_MINUTE = 10
TYPES = ("application/json", "application/x-ndjson", "application/jsonl")


class Turned(CaifengError):
    """A push that is not taken: HTTP status, a code for programs, and how long to wait where that helps."""

    def __init__(self, status: int, code: str, message: str, *, wait: int = 0, **where: object) -> None:
        self.status, self.code, self.wait, self.where = status, code, wait, where
        super().__init__(message)


@router.post("/pages")
async def pages(request: Request, desk: AtDesk) -> Response:
    """Pages, posts and rows of hot lists."""
    return await _answer(request, desk, as_leads=False)


@router.post("/leads")
async def leads(request: Request, desk: AtDesk) -> Response:
    """Leads; `sudden: true` makes one an incident at the next round."""
    return await _answer(request, desk, as_leads=True)


async def _answer(request: Request, desk: Desk, *, as_leads: bool) -> Response:
    try:
        source = await run_in_threadpool(_admitted, request, desk)
        body = await _body(request)
        taken = await run_in_threadpool(_take, request, desk, source, body, as_leads)
    except Turned as turned:
        return failed(turned.status, turned.code, str(turned), wait=turned.wait, **turned.where)
    return JSONResponse(_told(taken), status_code=200 if len(taken.faults) < taken.received else 422)


def failed(status: int, code: str, message: str, *, wait: int = 0, **where: object) -> Response:
    """What went wrong, for a program and for the person behind it."""
    headers = {"retry-after": str(wait)} if wait else {}
    if status == 401:
        headers["www-authenticate"] = 'Bearer realm="caifeng"'
    shown = {name: value for name, value in where.items() if value is not None}
    return JSONResponse({"error": {"code": code, "message": message, **shown}}, status, headers=headers)


def _told(taken: intake.Taken) -> dict[str, Any]:
    kept = taken.kept
    return {
        "received": taken.received,
        "new": kept.new,
        "changed": kept.changed,
        "seen": kept.seen,
        "faults": [{"record": fault.record, "message": fault.message} for fault in taken.faults],
    }


async def _body(request: Request) -> bytes:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in TYPES:
        raise Turned(415, "type", f"Content-Type 应为 {'、'.join(TYPES[:2])}")
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > LARGEST:
        raise _too_large()
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST:
            raise _too_large()
        parts.append(part)
    return b"".join(parts)


def _too_large() -> Turned:
    return Turned(413, "too-large", f"一次不超过 {LARGEST // 1024 // 1024} MB，请分批推送")


def _admitted(request: Request, desk: Desk) -> Source:
    """The source whose token this is. Wrong tokens are recorded, and answered slower and slower by none."""
    now, address = desk.clock(), address_of(request)
    if wait := desk.pace.wait(f"wrong:{address}", WRONG_PER_MINUTE, now):
        raise Turned(429, "slow-down", "令牌连续不正确，请稍后再试", wait=wait)
    source = _owner(desk, _bearer(request))
    if source is None:
        desk.pace.note(f"wrong:{address}", now)
        with desk.store.write() as conn:
            _refuse(conn, now, address, request.url.path)
        raise Turned(401, "token", "没有令牌或令牌不正确：请求头应为 Authorization: Bearer 令牌")
    if wait := desk.pace.wait(f"source:{source.id}", PER_MINUTE, now):
        raise Turned(429, "slow-down", f"每分钟最多 {PER_MINUTE} 次请求，请稍后再试", wait=wait)
    desk.pace.note(f"source:{source.id}", now)
    return source


def _refuse(conn: Connection, now: datetime, address: str, path: str) -> None:
    audit.append(conn, "api", "push-refused", now, subject=path, ok=False, address=address)


def _bearer(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _owner(desk: Desk, given: str) -> Source | None:
    """All tokens are compared, in constant time: an answer tells nothing of how near a guess was."""
    found = None
    for source in desk.station().sources:
        if source.kind != "webhook" or not source.enabled or not source.secret:
            continue
        try:
            wanted = intake.token_of(source, desk.folder)
        except CaifengError:
            continue  # a source without its token takes nothing; `caifeng check` and the log say so
        if given and secrets.compare_digest(given.encode(), wanted.encode()):
            found = source
    return found


def _take(request: Request, desk: Desk, source: Source, body: bytes, as_leads: bool) -> intake.Taken:
    now, action = desk.clock(), "leads-pushed" if as_leads else "pages-pushed"
    who, subject = f"api:{source.id}"[:80], f"source:{source.id}"
    office = recorded_once(desk, who, now, address_of(request), action, subject, bytes=len(body))
    try:
        return intake.take(office, source, body, now, as_leads=as_leads)
    except intake.BadDelivery as bad:
        raise Turned(400, "body", str(bad), line=bad.line) from bad
