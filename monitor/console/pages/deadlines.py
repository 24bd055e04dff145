"""Clocks: standing still, going on, running longer; with approval by a named person and a reason."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException
from sqlalchemy import Connection
from starlette.responses import Response

from monitor.console import show
from monitor.console.acting import recorded
from monitor.console.auth import AtDesk, Confirmer, Visitor
from monitor.console.desk import Cabinet, Desk
from monitor.console.pages import incidents, notices
from monitor.console.pages.shape import Page
from monitor.console.render import go
from monitor.errors import CaifengError
from monitor.stages import deadline_acts
from monitor.store import deadlines
from monitor.store.deadlines import Clock
from monitor.store.moves import Missing

router = APIRouter(prefix="/deadlines/{deadline_id}")
PAGE = Page("deadlines", "时限办理", "/incidents", router, entry=False)

Words = Annotated[str, Form(max_length=1000)]
Approver = Annotated[str, Form(max_length=80)]


@router.post("/pause")
def pause(
    desk: AtDesk, visitor: Confirmer, deadline_id: int, approved_by: Approver = "", why: Words = ""
) -> Response:
    """暂停计时."""
    clock = _seen(desk, deadline_id, visitor)
    office = _office(desk, visitor, "paused", clock, approved_by)
    who, now = visitor.user.login, visitor.now
    deadline_acts.pause(office, clock.id, approved_by=approved_by, why=why, who=who, now=now)
    return go(desk, _place(clock), "已暂停计时，恢复后时限顺延")


@router.post("/resume")
def resume(desk: AtDesk, visitor: Confirmer, deadline_id: int) -> Response:
    """恢复计时."""
    clock = _seen(desk, deadline_id, visitor)
    office = _office(desk, visitor, "resumed", clock)
    deadline_acts.go_on(office, clock.id, who=visitor.user.login, now=visitor.now)
    due = _seen(desk, deadline_id, visitor).due_at
    return go(desk, _place(clock), f"已恢复计时，时限为{show.moment(due, visitor.now)}")


@router.post("/extend")
def extend(
    desk: AtDesk,
    visitor: Confirmer,
    deadline_id: int,
    until: Annotated[str, Form(max_length=40)] = "",
    approved_by: Approver = "",
    why: Words = "",
) -> Response:
    """延期."""
    due = show.entered(until)
    if due is None:
        raise CaifengError("请填写延至何时")
    clock = _seen(desk, deadline_id, visitor)
    office = _office(desk, visitor, "extended", clock, approved_by)
    who, now = visitor.user.login, visitor.now
    deadline_acts.extend(office, clock.id, due, approved_by=approved_by, why=why, who=who, now=now)
    return go(desk, _place(clock), f"已延期至{show.moment(due, visitor.now)}")


def _seen(desk: Desk, deadline_id: int, visitor: Visitor) -> Clock:
    """The clock, if this visitor may see what it belongs to. Raises HTTPException."""
    with desk.store.read() as conn:
        try:
            clock = deadlines.one(conn, deadline_id)
        except Missing as error:
            raise HTTPException(404) from error
        _may_see(conn, clock, visitor)
    return clock


def _may_see(conn: Connection, clock: Clock, visitor: Visitor) -> None:
    if clock.noun == "incident":
        incidents.found(conn, clock.subject_id, visitor)
    elif clock.noun == "notice":
        notices.seen(conn, clock.subject_id, visitor)
    else:
        raise HTTPException(404)


def _office(desk: Desk, visitor: Visitor, action: str, clock: Clock, approved_by: str = "") -> Cabinet:
    detail = {"rule": clock.rule, "unit": clock.unit, "approved_by": approved_by}
    return recorded(desk, visitor, f"deadline-{action}", f"{clock.noun}:{clock.subject_id}", **detail)


def _place(clock: Clock) -> str:
    return f"/{clock.noun}s/{clock.subject_id}"
