"""线索移交 in the console: for those who may read reports of wrongdoing; for others it is not there."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import Response

from monitor.console.acting import recorded
from monitor.console.auth import AtDesk, Reader, Visitor
from monitor.console.desk import Desk
from monitor.console.notice_forms import signature, signers
from monitor.console.pages.notices import Form
from monitor.console.pages.shape import Page
from monitor.console.render import go, render
from monitor.console.unit_forms import files, text
from monitor.domain import notice
from monitor.stages import handing_over
from monitor.stages.handing_over import Transfer
from monitor.store import incident_moves, papers
from monitor.store.incident_moves import Incident

router = APIRouter(prefix="/handing-over/{incident_id}")
PAGE = Page("handing-over", "线索移交", "/handing-over", router, right="restricted", entry=False)


def _restricted(desk: Desk, visitor: Visitor, incident_id: int) -> Incident:
    """The incident; not there for whoever may not see it."""
    with desk.store.read() as conn:
        found = incident_moves.one(conn, incident_id)
    if not visitor.restricted or not found.restricted:
        raise HTTPException(404)
    return found


@router.get("")
def page(request: Request, desk: AtDesk, visitor: Reader, incident_id: int) -> Response:
    """The form, and the sheets made so far."""
    found = _restricted(desk, visitor, incident_id)
    with desk.store.read() as conn:
        sheets = papers.of_kind(conn, handing_over.KIND, "incident", incident_id)
    station = desk.station()
    return render(
        request, "handing_over.html", visitor, row=found, sheets=sheets, notice=notice,
        receivers=handing_over.receivers(station), signers=signers(station),
    )  # fmt: skip


@router.post("")
def hand_over(desk: AtDesk, visitor: Reader, incident_id: int, form: Form) -> Response:
    """Number it and send it."""
    _restricted(desk, visitor, incident_id)
    office = recorded(desk, visitor, "incident-handed-over", f"incident:{incident_id}")
    wanted = Transfer(text(form, "unit", 80), text(form, "grounds", 1000), text(form, "asked", 1000))
    who, now, scans = visitor.user.login, visitor.now, files(form)
    order = signature(form)
    number = handing_over.hand_over(office, incident_id, wanted, order, who=who, now=now, scans=scans)
    return go(desk, f"/handing-over/{incident_id}", f"已登记移交，编号{number}")
