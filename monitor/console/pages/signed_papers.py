"""A paper that goes once it is signed (通报、纪要、突发事件信息、移交单): the sheet, who has had it, when."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException
from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from monitor.console.acts import Acts, by, carry
from monitor.console.auth import Actor, AtDesk, Reader, Visitor
from monitor.console.desk import Cabinet
from monitor.console.pages.notices import Form
from monitor.console.pages.shape import Page
from monitor.console.paper_page import framed
from monitor.console.people import people_of
from monitor.console.render import go, render
from monitor.console.unit_forms import moment, text
from monitor.stages import signed_papers
from monitor.stages.signed_papers import Handing
from monitor.store import papers
from monitor.store.papers import Paper
from monitor.store.reading import files
from monitor.store.reading import papers as reading

router = APIRouter(prefix="/papers/{paper_id}")
PAGE = Page("signed-papers", "文书送达", "/papers", router, entry=False)
# Where the paper was made, and what that is called.
HOMES = {
    "circular": ("/notices/{}", "文书 {}"),
    "minutes": ("/meetings/{}", "联席会议 {}"),
    "first-report": ("/first-reports/{}", "事件 {}"),
    "transfer": ("/handing-over/{}", "事件 {}"),
}


def _seen(conn: Connection, paper_id: int, visitor: Visitor) -> Paper:
    """The paper, if it is one of these and this visitor may see it. Raises HTTPException."""
    found = papers.one(conn, paper_id)
    if found is None or found.kind not in HOMES:
        raise HTTPException(404)
    if not visitor.restricted and files.is_restricted(conn, found.noun, found.subject_id):
        raise HTTPException(404)
    return found


@router.get("")
def page(request: Request, desk: AtDesk, visitor: Reader, paper_id: int) -> Response:
    """One paper."""
    with desk.store.read() as conn:
        found = _seen(conn, paper_id, visitor)
        facts: dict[str, Any] = {
            "row": found,
            "signed_at": papers.signed_at(conn, paper_id),
            "deliveries": reading.deliveries(conn, "paper", paper_id),
            "timeline": reading.timeline(conn, "paper", paper_id),
            "people": people_of(desk, conn),
        }
    address, about = (words.format(found.subject_id) for words in HOMES[found.kind])
    number = found.facts.get("serial") or (f"第{found.facts['issue']}期" if found.facts.get("issue") else "")
    name = signed_papers.NAMES[found.kind]
    return render(
        request, "signed_paper.html", visitor, **facts, name=name, number=number, home=address, about=about
    )


@router.get("/paper")
def paper(desk: AtDesk, visitor: Reader, paper_id: int) -> Response:
    """The sheet as a page, for the frame."""
    with desk.store.read() as conn:
        found = _seen(conn, paper_id, visitor)
    return framed(desk, found.kind, found.facts)


def _hand(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    handing = Handing(text(form, "to", 120), text(form, "how", 20), moment(form, "at"))
    signed_papers.hand(office, number, handing, **by(visitor))
    return "已登记送达"


DOES: Acts = {"hand": (_hand, "act")}


@router.post("/{event}")
def act(desk: AtDesk, visitor: Actor, paper_id: int, event: str, form: Form) -> Response:
    """One act."""
    with desk.store.read() as conn:
        _seen(conn, paper_id, visitor)
    return go(desk, f"/papers/{paper_id}", carry(DOES, desk, visitor, "paper", paper_id, event, form))
