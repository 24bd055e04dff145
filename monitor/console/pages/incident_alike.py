"""A person finds that two incidents that look like one happening are two."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.responses import Response

from monitor.console.acting import recorded
from monitor.console.auth import Actor, AtDesk
from monitor.console.pages.incident_acts import visible
from monitor.console.pages.shape import Page
from monitor.console.render import go
from monitor.stages import sorting_acts

router = APIRouter(prefix="/incidents/{incident_id}", dependencies=[Depends(visible)])
PAGE = Page("incident-alike", "疑似同一事件", "/incidents", router, entry=False)


@router.post("/apart")
def apart(
    desk: AtDesk,
    visitor: Actor,
    incident_id: int,
    other: Annotated[int, Form()],
    why: Annotated[str, Form(max_length=400)] = "",
) -> Response:
    """不是同一事件."""
    visible(desk, visitor, other)
    office = recorded(desk, visitor, "incident-apart", f"incident:{incident_id}", other=other)
    why = why.strip() or "核对后认定不是同一事件"
    sorting_acts.keep_apart(office, incident_id, other, who=visitor.user.login, why=why, now=visitor.now)
    return go(desk, f"/incidents/{incident_id}", f"已认定与事件{other}不是同一事件，今后不再提示或自动合并")
