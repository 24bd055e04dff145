"""《互联网舆情信息》 in the console: the list, one issue with its paper, what leaders said of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from fastapi import APIRouter, HTTPException
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from monitor.console.auth import AtDesk, Reader, Visitor
from monitor.console.bulletin_forms import item_form
from monitor.console.desk import Desk
from monitor.console.notice_forms import signers
from monitor.console.pages.shape import Page
from monitor.console.paper_page import framed
from monitor.console.people import people_of
from monitor.console.render import render
from monitor.domain import bulletin, notice, task
from monitor.stages.bulletin_acts import CONFIDENCES, RISKS
from monitor.stages.summaries import Proposal
from monitor.store import attachments, bulletins, incident_moves, papers, tasks
from monitor.store.bulletins import Bulletin
from monitor.store.reading import papers as reading

router = APIRouter()
PAGE = Page("bulletins", "舆情信息", "/bulletins", router, main=True)
PER_PAGE = 40


@router.get("/bulletins")
def listing(request: Request, desk: AtDesk, visitor: Reader, page: int = 1) -> Response:
    """All issues, newest first."""
    page = min(max(page, 1), 10_000)
    with desk.store.read() as conn:
        found = bulletins.listing(conn, PER_PAGE, (page - 1) * PER_PAGE)
        rows = [b for b in found if not _hidden(conn, b, visitor)]
        people = people_of(desk, conn)
    today = visitor.now
    return render(
        request, "bulletins.html", visitor, rows=rows, people=people, bulletin=bulletin, page_number=page,
        more=len(found) == PER_PAGE, since=today - timedelta(days=7),
    )  # fmt: skip


def _hidden(conn: Connection, found: Bulletin, visitor: Visitor) -> bool:
    about = incident_moves.one(conn, found.incident_id) if found.incident_id else None
    return bool(about and about.restricted and not visitor.restricted)


def seen(conn: Connection, bulletin_id: int, visitor: Visitor) -> Bulletin:
    """The bulletin, if this visitor may see it. Raises HTTPException."""
    found = bulletins.get(conn, bulletin_id)
    if _hidden(conn, found, visitor):
        raise HTTPException(404)
    return found


@router.get("/bulletins/{bulletin_id}")
def page(request: Request, desk: AtDesk, visitor: Reader, bulletin_id: int) -> Response:
    """One issue."""
    return shown(request, desk, visitor, bulletin_id)


def shown(
    request: Request, desk: Desk, visitor: Visitor, bulletin_id: int, proposal: Proposal | None = None
) -> Response:
    """The page of one issue, with what a model proposes for its summary."""
    with desk.store.read() as conn:
        facts = _facts(conn, desk, seen(conn, bulletin_id, visitor))
    model = desk.station().summary
    return render(request, "bulletin.html", visitor, **facts, proposal=proposal, model=model)


@router.get("/bulletins/{bulletin_id}/items/{item}")
def item(request: Request, desk: AtDesk, visitor: Reader, bulletin_id: int, item: str) -> Response:
    """What a person says of one incident of the issue."""
    with desk.store.read() as conn:
        found = seen(conn, bulletin_id, visitor)
    told = next((i for i in found.facts["incidents"] if str(i["id"]) == item), None)
    if told is None or found.state not in ("drafted", "checked"):
        raise HTTPException(404)
    return render(
        request, "bulletin_item.html", visitor, row=found, item=told, units=desk.station().units,
        form=item_form(found.kind, found.facts, told), risks=RISKS, confidences=CONFIDENCES,
    )  # fmt: skip


@router.get("/bulletins/{bulletin_id}/paper")
def paper(desk: AtDesk, visitor: Reader, bulletin_id: int) -> Response:
    """The issue as a page, for the frame."""
    with desk.store.read() as conn:
        seen(conn, bulletin_id, visitor)
        last = papers.latest(conn, "bulletin", "bulletin", bulletin_id)
    if last is None:
        raise HTTPException(404)
    return framed(desk, "bulletin", last.facts)


def _facts(conn: Connection, desk: Desk, found: Bulletin) -> dict[str, Any]:
    return {
        "row": found,
        "papers": papers.of(conn, "bulletin", found.id),
        "scans": attachments.of(conn, "bulletin", found.id),
        "tasks": tasks.of_origin(conn, "instruction", found.id),
        "deliveries": reading.deliveries(conn, "bulletin", found.id),
        "links": reading.links(conn, "bulletin", found.id),
        "timeline": reading.timeline(conn, "bulletin", found.id),
        "possible": bulletin.MACHINE.possible(found.state),
        "people": people_of(desk, conn),
        "signers": signers(desk.station()),
        "readers": [p for i in desk.station().bulletins.readers if (p := desk.station().roster.person(i))],
        "units": desk.station().units,
        "unit_names": {u.id: u.name for u in desk.station().units},
        "bulletin": bulletin,
        "notice": notice,
        "task": task,
        "risks": RISKS,
        "confidences": CONFIDENCES,
        "lines": _lines(found.facts),
        "alone": _alone(found),
    }


def _alone(found: Bulletin) -> dict[str, Any] | None:
    """The form of the one incident that the issue is about; those of a regular issue have pages."""
    told = found.facts["incidents"]
    return item_form(found.kind, found.facts, told[0]) if found.incident_id and told else None


def _lines(facts: Mapping[str, Any]) -> dict[str, str]:
    """Lists as the form shows them: one entry a line."""
    return {name: "\n".join(facts.get(name, ())) for name in ("traits", "send_to", "issue_to")}
