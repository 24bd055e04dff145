"""督办事项: leaders' instructions to confirm, agreed actions, what units owe and have reported."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, HTTPException
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from monitor.console.acts import Acts, by, carry
from monitor.console.auth import Actor, AtDesk, Reader, Visitor
from monitor.console.desk import Cabinet
from monitor.console.pages.notices import Form
from monitor.console.pages.shape import Page
from monitor.console.people import people_of
from monitor.console.render import go, render
from monitor.console.unit_forms import moment, text
from monitor.domain import task
from monitor.stages import task_acts
from monitor.store import incident_moves, tasks

router = APIRouter()
PAGE = Page("tasks", "督办事项", "/tasks", router)
GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "unconfirmed": ("待确认", ("unconfirmed",)),
    "open": ("办理中", ("open", "reported")),
    "done": ("已办结", ("done", "dropped")),
}


@router.get("/tasks")
def listing(request: Request, desk: AtDesk, visitor: Reader, group: str = "") -> Response:
    """What waits to be confirmed first, then what is open."""
    with desk.store.read() as conn:
        rows = [t for t in tasks.listing(conn) if visitor.restricted or not _hidden(conn, t)]
        people = people_of(desk, conn)
    group = (
        group if group in GROUPS else "unconfirmed" if any(t.state == "unconfirmed" for t in rows) else "open"
    )
    tabs = [(k, name, sum(t.state in states for t in rows)) for k, (name, states) in GROUPS.items()]
    shown = [t for t in rows if t.state in GROUPS[group][1]]
    return render(
        request, "tasks.html", visitor, rows=shown, tabs=tabs, group=group, people=people, task=task,
        units=desk.station().units, unit_names={u.id: u.name for u in desk.station().units},
    )  # fmt: skip


def _hidden(conn: Any, found: tasks.Task) -> bool:
    return bool(found.incident_id and incident_moves.one(conn, found.incident_id).restricted)


def _confirm(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    unit, due = text(form, "unit", 80), moment(form, "due_at")
    task_acts.confirm(office, number, unit=unit, due_at=due, **by(visitor))
    return "已确认，开始计时并通知承办单位" if unit else "已确认"


def _report(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    name = text(form, "name", 80)
    with office.store.read() as conn:
        unit = tasks.one(conn, number).unit
    result = text(form, "result", 3000)
    said_by = f"{name}（代登记）" if name else ""
    task_acts.report(office, number, unit, result=result, by=said_by, **by(visitor))
    return "已代登记办理情况"


def _accept(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    task_acts.accept(office, number, why=text(form, "why", 1000), **by(visitor))
    return "已办结"


def _send_back(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    task_acts.send_back(office, number, why=text(form, "why", 1000), **by(visitor))
    return "已退回补办"


def _drop(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    task_acts.drop(office, number, why=text(form, "why", 1000), **by(visitor))
    return "已撤销"


DOES: Acts = {
    "confirm": (_confirm, "act"),
    "report": (_report, "act"),
    "accept": (_accept, "confirm"),
    "send-back": (_send_back, "confirm"),
    "drop": (_drop, "confirm"),
}


@router.post("/tasks/{task_id}/{event}")
def act(desk: AtDesk, visitor: Actor, task_id: int, event: str, form: Form) -> Response:
    """One act."""
    with desk.store.read() as conn:
        if _hidden(conn, tasks.one(conn, task_id)) and not visitor.restricted:
            raise HTTPException(404)
    return go(desk, "/tasks", carry(DOES, desk, visitor, "task", task_id, event, form))
