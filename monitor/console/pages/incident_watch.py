"""Starting and stopping the directed search (专题监测) of an incident by hand."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.responses import Response

from monitor.console.acting import recorded
from monitor.console.auth import Actor, AtDesk
from monitor.console.pages.incident_acts import visible
from monitor.console.pages.shape import Page
from monitor.console.render import go
from monitor.stages import watching

router = APIRouter(prefix="/incidents/{incident_id}/directed", dependencies=[Depends(visible)])
PAGE = Page("incident-watch", "专题监测", "/incidents", router, entry=False)


@router.post("/start")
def start(
    desk: AtDesk, visitor: Actor, incident_id: int, words: Annotated[str, Form(max_length=200)] = ""
) -> Response:
    """Search for it from now on; `words` adds places and matters in plain text."""
    office = recorded(desk, visitor, "watch-start", f"incident:{incident_id}")
    wanted = watching.start(office, incident_id, who=visitor.user.login, now=visitor.now, words=words)
    return go(desk, f"/incidents/{incident_id}", f"专题监测已启动：{'；'.join(wanted.words.phrases)}")


@router.post("/stop")
def stop(
    desk: AtDesk, visitor: Actor, incident_id: int, why: Annotated[str, Form(max_length=400)] = ""
) -> Response:
    """Search no more."""
    office = recorded(desk, visitor, "watch-stop", f"incident:{incident_id}")
    watching.stop(office, incident_id, who=visitor.user.login, now=visitor.now, why=why)
    return go(desk, f"/incidents/{incident_id}", "专题监测已结束")
