"""Leads: what came by telephone, on paper or from above, entered at the desk."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import Response

from monitor.console.acting import recorded
from monitor.console.auth import Actor, AtDesk, Reader
from monitor.console.pages.shape import Page
from monitor.console.render import go, render
from monitor.domain import incident
from monitor.stages import lead_acts
from monitor.store.reading import leads

router = APIRouter()
PAGE = Page("leads", "线索登记", "/leads", router, main=True)


@router.get("/leads")
def page(request: Request, desk: AtDesk, visitor: Reader) -> Response:
    """The form, and what was entered last."""
    with desk.store.read() as conn:
        rows = leads.some(conn, restricted=visitor.restricted)
    names = lead_acts.CHANNEL_NAMES
    return render(request, "leads.html", visitor, rows=rows, states=incident.STATES, channels=names)


@router.post("/leads")
def enter(
    desk: AtDesk,
    visitor: Actor,
    channel: Annotated[str, Form()],
    matter: Annotated[str, Form(min_length=1, max_length=2000)],
    place: Annotated[str, Form(max_length=200)] = "",
    unit: Annotated[str, Form(max_length=200)] = "",
    phone: Annotated[str, Form(max_length=40)] = "",
    order_number: Annotated[str, Form(max_length=80)] = "",
    sudden: Annotated[str, Form(max_length=1)] = "",
) -> Response:
    """Take one down."""
    office = recorded(desk, visitor, "lead-entered", f"lead:{channel[:20]}", sudden=bool(sudden))
    told = lead_acts.Told(channel, matter, place, unit, phone, order_number, bool(sudden))
    who, now = visitor.user.login, visitor.now
    entered = lead_acts.enter(office, told, who=who, now=now, judge=desk.judge)
    if entered.incident is not None:
        return go(desk, f"/incidents/{entered.incident}", "已登记并立为事件，专题监测已启动")
    return go(desk, "/leads", "已登记，研判归并后可在此看到所属事件")
