"""The live stream: one event whenever something changed that a page may show. It carries no content."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from monitor.console.auth import COOKIE, AtDesk, Reader
from monitor.console.desk import Desk
from monitor.console.pages.shape import Page
from monitor.store import sessions
from monitor.store.reading import running

router = APIRouter()
PAGE = Page("live", "实时", "/live", router, entry=False)

LOOK_EVERY = 2.0
COMMENT_EVERY = 15.0


@dataclass
class Watch:
    """The last stamp seen, asked once for all open streams."""

    stamp: str = ""
    looked_at: float = float("-inf")

    async def look(self, desk: Desk) -> str:
        """The stamp, at most `LOOK_EVERY` seconds old."""
        now = asyncio.get_running_loop().time()
        if now - self.looked_at >= LOOK_EVERY:
            self.looked_at = now
            self.stamp = await run_in_threadpool(_stamp, desk)
        return self.stamp


def _stamp(desk: Desk) -> str:
    with desk.store.read() as conn:
        return running.stamp(conn)


def _is_alive(desk: Desk, token: str) -> bool:
    with desk.store.read() as conn:
        found = sessions.find(conn, token, desk.clock(), desk.limits.idle, desk.limits.longest)
    return found is not None


async def watch_of(request: Request) -> Watch:
    """The app's one watch."""
    state = request.app.state
    if not hasattr(state, "watch"):
        state.watch = Watch()
    return state.watch  # type: ignore[no-any-return]


@router.get("/live")
def live(
    request: Request, desk: AtDesk, visitor: Reader, watch: Annotated[Watch, Depends(watch_of)]
) -> Response:
    """Server-sent events: `change`, and `expired` when the session has ended."""
    token = request.cookies.get(COOKIE, "")
    return StreamingResponse(_events(request, desk, token, watch), media_type="text/event-stream")


async def _events(request: Request, desk: Desk, token: str, watch: Watch) -> AsyncIterator[str]:
    seen, quiet = await watch.look(desk), 0.0
    yield "retry: 5000\n\n"
    while not desk.closing() and not await request.is_disconnected():
        await asyncio.sleep(LOOK_EVERY)
        stamp, quiet = await watch.look(desk), quiet + LOOK_EVERY
        if stamp != seen:
            seen, quiet = stamp, 0.0
            yield "event: change\ndata: \n\n"
        elif quiet >= COMMENT_EVERY:
            quiet = 0.0
            if not await run_in_threadpool(_is_alive, desk, token):
                yield "event: expired\ndata: \n\n"
                return
            yield ": \n\n"
