"""突发事件信息 in the console: the draft is written out, signed, reported upwards; then what follows it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter, HTTPException
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from monitor.clock import local
from monitor.console.acts import Acts, by, carry
from monitor.console.auth import Actor, AtDesk, Reader, Visitor
from monitor.console.desk import Cabinet, Desk
from monitor.console.notice_forms import lines, signature, signers
from monitor.console.pages.notices import Form
from monitor.console.pages.shape import Page
from monitor.console.paper_page import framed
from monitor.console.render import go, render
from monitor.console.unit_forms import files, moment, text
from monitor.domain import notice
from monitor.stages import first_reports
from monitor.stages.first_reports import KIND
from monitor.store import incident_moves, papers
from monitor.store.incident_moves import Incident

router = APIRouter(prefix="/first-reports/{incident_id}")
PAGE = Page("first-reports", "突发事件信息", "/first-reports", router, entry=False)


def _open(desk: Desk, incident_id: int) -> Incident:
    """The incident; a report of wrongdoing has no such paper."""
    with desk.store.read() as conn:
        found = incident_moves.one(conn, incident_id)
    if found.restricted:
        raise HTTPException(404)
    return found


@router.get("")
def page(request: Request, desk: AtDesk, visitor: Reader, incident_id: int) -> Response:
    """The report that is being written, or the last that was signed."""
    found = _open(desk, incident_id)
    with desk.store.read() as conn:
        made = papers.of_kind(conn, KIND, "incident", incident_id)
    facts: dict[str, Any] = dict(made[-1].facts) if made else {}
    station = desk.station()
    people = (station.roster.person(ident) for ident in station.superior)
    return render(
        request, "first_report.html", visitor, row=found, papers=made, facts=facts, notice=notice,
        draft=bool(made) and not facts.get("signer"), times=_times(facts), signers=signers(station),
        readers=[person.name for person in people if person],
    )  # fmt: skip


def _times(facts: dict[str, Any]) -> dict[str, str]:
    """Instants as a `datetime-local` field shows them."""
    return {
        name: f"{local(datetime.fromisoformat(facts[name])):%Y-%m-%dT%H:%M}" if facts.get(name) else ""
        for name in first_reports.TIMES
    }


@router.get("/paper")
def paper(desk: AtDesk, visitor: Reader, incident_id: int) -> Response:
    """The report as a page, for the frame."""
    _open(desk, incident_id)
    with desk.store.read() as conn:
        last = papers.latest(conn, KIND, "incident", incident_id)
    if last is None:
        raise HTTPException(404)
    return framed(desk, KIND, last.facts)


def _draft(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    stage = text(form, "stage", 10)
    if stage == "初报":
        with office.store.write() as conn:
            first_reports.draft_first_report(conn, office, number, visitor.user.login, visitor.now)
    else:
        first_reports.draft_next(office, number, stage, **by(visitor))
    return f"已起草{stage}，请核对后签发"


def _edit(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    said: dict[str, Any] = {name: text(form, name, 3000) for name in first_reports.TEXTS if name in form}
    said |= {name: moment(form, name) for name in ("happened_at", "phoned_at")}
    said |= {"commander": text(form, "commander", 80), "scene_phone": text(form, "scene_phone", 40)}
    said |= {"leaders": lines(form, "leaders"), "copies_to": lines(form, "copies_to")}
    first_reports.edit(office, number, said, **by(visitor))
    return "已保存，送审稿正在重新成文"


def _sign(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    done = first_reports.sign(office, number, signature(form), scans=files(form), **by(visitor))
    return f"已签发{done}，成文后自动报送"


DOES: Acts = {"draft": (_draft, "act"), "edit": (_edit, "act"), "sign": (_sign, "issue")}


@router.post("/{event}")
def act(desk: AtDesk, visitor: Actor, incident_id: int, event: str, form: Form) -> Response:
    """One act."""
    _open(desk, incident_id)
    said = carry(DOES, desk, visitor, "first-report", incident_id, event, form)
    return go(desk, f"/first-reports/{incident_id}", said)
