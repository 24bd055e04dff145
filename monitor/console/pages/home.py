"""The duty officer's first page: what needs a person now, then what is going on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Form
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from monitor.clock import local
from monitor.console import charts
from monitor.console.acting import recorded
from monitor.console.auth import Actor, Anyone, AtDesk, Visitor
from monitor.console.desk import Desk
from monitor.console.health import healths
from monitor.console.pages.shape import Page
from monitor.console.people import people_of
from monitor.console.render import go, render
from monitor.console.security import Refused
from monitor.domain import bulletin, deadline, incident, notice
from monitor.domain.duty import on_duty
from monitor.errors import CaifengError
from monitor.stages import handover
from monitor.store import duty as shifts
from monitor.store import told
from monitor.store.reading import duty, incidents, papers

router = APIRouter()
PAGE = Page("home", "值守台", "/", router, main=True)

WAITING_STATES = ("found",)
OPEN_STATES = tuple(state for state in incident.STATES if state not in incident.AT_REST and state != "found")
# clocks that run out within this time are shown before they have
SOON = timedelta(hours=2)
MOST = 12


@router.post("/handover/{handover_id}")
def take_over(
    desk: AtDesk, visitor: Actor, handover_id: int, note: Annotated[str, Form(max_length=300)] = ""
) -> Response:
    """The incoming officer has read what is open."""
    _only_the_incoming(desk, visitor, handover_id, note)
    office = recorded(desk, visitor, "handover-taken", f"handover:{handover_id}")
    handover.take_over(office, handover_id, who=visitor.user.login, now=visitor.now, note=note)
    return go(desk, "/", "已确认接班")


def _only_the_incoming(desk: Desk, visitor: Visitor, handover_id: int, note: str) -> None:
    """The incoming officer reads what is open; who does it instead says why."""
    with desk.store.read() as conn:
        newest = shifts.last(conn)
    if newest and newest.id == handover_id and newest.incoming != visitor.user.login and not note.strip():
        raise CaifengError("您不是接班人；代为接班须在备注中写明原因")


@router.get("/")
def home(request: Request, desk: AtDesk, visitor: Anyone) -> Response:
    """What needs me now. An auditor, who sees no incident, is led to the audit."""
    if not visitor.may("read"):
        if visitor.may("audit"):
            return go(desk, "/audit")
        raise Refused("您的账户没有岗位，请联系系统管理员")
    with desk.store.read() as conn:
        facts = _facts(conn, desk, visitor)
    return render(request, "home.html", visitor, states=incident.STATES, **facts)


def _facts(conn: Connection, desk: Desk, visitor: Visitor) -> dict[str, Any]:
    now, restricted = visitor.now, visitor.restricted
    midnight = local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    a_day = local(now).replace(minute=0, second=0, microsecond=0) - timedelta(hours=23)
    people = people_of(desk, conn)
    waiting = _some(conn, WAITING_STATES, restricted)
    due = _deadlines(conn, now, restricted)
    drafts = _drafts(conn, restricted)
    calls = calls_to_make(conn, visitor)
    newest = shifts.last(conn) if visitor.may("act") else None
    untaken = newest if newest and newest.open_items and not newest.acknowledged_at else None
    faults, undelivered = duty.faults(conn), duty.undelivered(conn)
    well = [state.word for state in healths(desk, conn, now) if state.enabled]
    waiting_total = incidents.how_many(conn, incidents.Wanted(states=WAITING_STATES), restricted=restricted)
    tally = (
        ("接班", int(untaken is not None)),
        ("待确认收到", waiting_total),
        ("请打电话", len(calls)),
        ("已超时限", sum(row["due_at"] <= now for row in due)),
        ("待审待签", len(drafts)),
    )
    return {
        "waiting": waiting,
        "waiting_total": waiting_total,
        "due": due,
        "drafts": drafts,
        "phone": calls,
        "handover": untaken,
        "faults": faults,
        "undelivered": undelivered,
        "tally": tally,
        "calls": sum(number for _, number in tally),
        "open": _some(conn, OPEN_STATES, restricted),
        "open_total": incidents.how_many(conn, incidents.Wanted(states=OPEN_STATES), restricted=restricted),
        "today": duty.day(conn, midnight, restricted=restricted),
        "hourly": _hourly(conn, a_day),
        "last_archived": duty.last_archived(conn),
        "people": people,
        "on_duty": _on_duty(desk, people, now),
        "sources_well": sum(word == "正常" for word in well),
        "sources_ill": sum(word != "正常" for word in well),
    }


def calls_to_make(conn: Connection, visitor: Visitor) -> list[told.Call]:
    """Calls the officer is asked to make, of incidents that the visitor may see."""
    if not visitor.may("act"):
        return []
    return [
        call
        for call in told.calls_to_make(conn)
        if incidents.one(conn, call.incident_id, restricted=visitor.restricted) is not None
    ]


def _some(conn: Connection, states: tuple[str, ...], restricted: bool) -> Any:
    return incidents.some(conn, incidents.Wanted(states=states), restricted=restricted, limit=MOST)


def _deadlines(conn: Connection, now: datetime, restricted: bool) -> list[dict[str, Any]]:
    rows = duty.deadlines(conn, now + SOON, restricted=restricted)
    names = {rule.id: rule.name for rule in deadline.RULES.values()}
    return [{**row, "rule_name": names.get(row["rule"], row["rule"])} for row in rows]


def _drafts(conn: Connection, restricted: bool) -> list[dict[str, Any]]:
    """Papers that wait for a check or a signature, notices and bulletins in one list."""
    notices = [
        _draft(row, "notices", notice.SERIES[row["series"]], notice.STATES[row["state"]])
        for row in duty.notice_drafts(conn, restricted=restricted)
    ]
    bulletins = [
        _draft(row, "bulletins", bulletin.KINDS[row["kind"]], bulletin.STATES[row["state"]])
        for row in duty.bulletin_drafts(conn, restricted=restricted)
    ]
    return notices + bulletins + [_unsigned(row) for row in papers.to_sign(conn, MOST)]


_UNSIGNED = {
    "circular": ("/notices/{}", "逾期通报"),
    "first-report": ("/first-reports/{}", "突发事件信息"),
    "minutes": ("/meetings/{}", "联席会议纪要"),
}


def _unsigned(row: Any) -> dict[str, Any]:
    path, kind = _UNSIGNED[row["kind"]]
    title = row["notice"] or row["incident"] or kind
    shown = {"path": path.format(row["subject_id"]), "kind": kind, "title": title, "state": "待签发"}
    return {**shown, "level": None, "drafted_by": "", "drafted_at": row["at"]}


def _draft(row: Any, path: str, kind: str, state: str) -> dict[str, Any]:
    found = {"path": f"/{path}/{row['id']}", "kind": kind, "state": state, "level": row.get("level")}
    return {**row, **found}


def _hourly(conn: Connection, since: datetime) -> charts.Columns:
    frame = charts.Frame(since, timedelta(hours=1), 24, width=300.0, height=130.0, left=30.0)
    counts = [(number, "信息", many) for number, many in duty.hourly(conn, since)]
    return charts.columns(frame, counts, "近24小时每小时入库的信息条数")


def _on_duty(desk: Desk, names: dict[str, str], now: datetime) -> list[str]:
    kept = on_duty(desk.station().roster, now)
    return [names.get(shift.officer, shift.officer) for shift in kept if shift.officer]
