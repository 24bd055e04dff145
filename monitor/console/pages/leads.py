"""Leads: what came by telephone, on paper or from above, entered at the desk."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from monitor.console.auth import AtDesk, Reader
from monitor.console.pages.shape import Page
from monitor.console.render import render
from monitor.domain import incident
from monitor.store.reading import leads

router = APIRouter()
PAGE = Page("leads", "线索登记", "/leads", router, main=True)


@router.get("/leads")
def page(request: Request, desk: AtDesk, visitor: Reader) -> Response:
    """The form, and what was entered last."""
    with desk.store.read() as conn:
        rows = leads.some(conn, restricted=visitor.restricted)
    return render(request, "leads.html", visitor, rows=rows, states=incident.STATES)
