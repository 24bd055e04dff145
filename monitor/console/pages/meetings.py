"""联席会议 in the console: planning with a proposed agenda, notice, minutes, signature."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from fastapi import APIRouter, HTTPException
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from monitor.console.acting import recorded
from monitor.console.acts import Acts, by, carry
from monitor.console.auth import Actor, AtDesk, Reader, Visitor
from monitor.console.desk import Cabinet
from monitor.console.notice_forms import lines, signature, signers
from monitor.console.pages.notices import Form
from monitor.console.pages.shape import Page
from monitor.console.paper_page import framed
from monitor.console.people import people_of
from monitor.console.render import go, render
from monitor.console.unit_forms import files, moment, text
from monitor.domain import meeting, notice, task
from monitor.errors import CaifengError
from monitor.settings import Station
from monitor.stages import meeting_acts
from monitor.stages.meeting_acts import Agreed, Minutes, Plan
from monitor.store import meetings, papers, tasks
from monitor.store.reading import papers as reading

router = APIRouter()
PAGE = Page("meetings", "联席会议", "/meetings", router)
ROWS = 6  # agreed actions that the form has room for


@router.get("/meetings")
def listing(request: Request, desk: AtDesk, visitor: Reader) -> Response:
    """All meetings, and the form to plan one."""
    with desk.store.read() as conn:
        rows = meetings.listing(conn)
        owed = [t for t in tasks.listing(conn, ("open", "reported")) if t.origin == "meeting"]
    return render(
        request, "meetings.html", visitor, rows=rows, meeting=meeting, owed=owed, task=task,
        units=desk.station().units, unit_names={u.id: u.name for u in desk.station().units},
        members=_members(desk.station()),
    )  # fmt: skip


def _members(station: Station) -> set[str]:
    """Who belongs to the joint meeting: the units the station names, else the party's offices."""
    return set(station.papers.members) or {u.id for u in station.units if u.kind == "party"}


@router.post("/meetings")
def plan(desk: AtDesk, visitor: Actor, form: Form) -> Response:
    """Plan one; the agenda is proposed."""
    at = moment(form, "at")
    if at is None or at < visitor.now - timedelta(days=1):
        raise CaifengError("请填写会议时间")
    units = tuple(str(u) for u in form.getlist("unit"))
    wanted = Plan(text(form, "kind", 20), at, text(form, "place", 120), text(form, "chair", 80), units)
    office = recorded(desk, visitor, "meeting-planned", "meeting")
    new = meeting_acts.plan(office, wanted, **by(visitor))
    return go(desk, f"/meetings/{new}", "已拟定议程，请核对后通知")


@router.get("/meetings/{meeting_id}")
def page(request: Request, desk: AtDesk, visitor: Reader, meeting_id: int) -> Response:
    """One meeting with its agenda or minutes."""
    with desk.store.read() as conn:
        found = meetings.get(conn, meeting_id)
        facts: dict[str, Any] = {
            "row": found,
            "papers": papers.of(conn, "meeting", meeting_id),
            "tasks": tasks.of_origin(conn, "meeting", meeting_id),
            "deliveries": reading.deliveries(conn, "meeting", meeting_id),
            "timeline": reading.timeline(conn, "meeting", meeting_id),
            "people": people_of(desk, conn),
        }
    station = desk.station()
    kept: Mapping[str, Any] = found.minutes or {"facts": {}, "orders": []}
    return render(
        request, "meeting.html", visitor, **facts, meeting=meeting, notice=notice, task=task,
        possible=meeting.MACHINE.possible(found.state), signers=signers(station), units=station.units,
        unit_names={u.id: u.name for u in station.units}, rows=ROWS,
        minutes=kept["facts"], orders=kept["orders"],
    )  # fmt: skip


@router.get("/meetings/{meeting_id}/{kind}-paper")
def paper(desk: AtDesk, visitor: Reader, meeting_id: int, kind: str) -> Response:
    """Agenda or minutes as a page, for the frame."""
    if kind not in ("agenda", "minutes"):
        raise HTTPException(404)
    with desk.store.read() as conn:
        last = papers.latest(conn, kind, "meeting", meeting_id)
    if last is None:
        raise HTTPException(404)
    return framed(desk, kind, last.facts)


def _call(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    units = [str(u) for u in form.getlist("unit")]
    if not units:
        raise CaifengError("请选择通知哪些单位")
    told = meeting_acts.call(office, number, units, **by(visitor))
    return f"会议通知已发出（{told}个地址）"


def _hold(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    said = {n: lines(form, n) for n in ("heard", "studied", "decisions", "present", "absent", "sitting_in")}
    actions = [
        Agreed(words, text(form, f"unit-{n}", 80), moment(form, f"due-{n}"), _assist(form, n))
        for n in range(ROWS)
        if (words := text(form, f"action-{n}", 600))
    ]
    meeting_acts.hold(office, number, Minutes(**said, actions=actions), **by(visitor))
    return "纪要已保存，待签发"


def _assist(form: FormData, row: int) -> tuple[str, ...]:
    lead = text(form, f"unit-{row}", 80)
    return tuple(str(u) for u in form.getlist(f"assist-{row}") if u and u != lead)


def _issue(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    issue = meeting_acts.issue(office, number, signature(form), scans=files(form), **by(visitor))
    return f"纪要已签发（第{issue}期），成文后自动印发；议定事项已交办并开始计时"


def _cancel(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    meeting_acts.cancel(office, number, why=text(form, "why", 1000), **by(visitor))
    return "会议已取消"


DOES: Acts = {
    "call": (_call, "act"),
    "hold": (_hold, "act"),
    "issue": (_issue, "issue"),
    "cancel": (_cancel, "confirm"),
}


@router.post("/meetings/{meeting_id}/{event}")
def act(desk: AtDesk, visitor: Actor, meeting_id: int, event: str, form: Form) -> Response:
    """One act."""
    said = carry(DOES, desk, visitor, "meeting", meeting_id, event, form)
    return go(desk, f"/meetings/{meeting_id}", said)
