"""Behind a leader's link: the issue on the telephone, and 批示 on an item. Looking does nothing.

What a leader writes here takes effect once the office has confirmed it.
"""

from __future__ import annotations

from datetime import datetime

from fastapi import HTTPException
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from monitor.console.acting import recorded_by
from monitor.console.answers import download
from monitor.console.desk import Desk
from monitor.console.instruction_form import order_of
from monitor.console.paper_page import framed
from monitor.console.render import render
from monitor.console.security import address_of
from monitor.domain import task
from monitor.errors import CaifengError
from monitor.stages import task_acts
from monitor.store import bulletins, files, papers, tasks
from monitor.store.links import Link

PAPER = 0  # the issue as a page, where a file's number would stand


def show(
    request: Request, desk: Desk, link: Link, now: datetime, said: str = "", ok: bool = True
) -> Response:
    """The issue, what this leader said of it, and the form."""
    with desk.store.read() as conn:
        found = bulletins.get(conn, link.subject_id)
        paper = papers.latest(conn, "bulletin", "bulletin", found.id)
        given = [t for t in tasks.of_origin(conn, "instruction", found.id) if t.leader == _name(desk, link)]
    if found.state != "issued":
        raise HTTPException(404)
    station = desk.station()
    return render(
        request, "bulletin_link.html", row=found, paper=paper, given=given, said=said, ok=ok, task=task,
        holder=_name(desk, link), here_path=request.url.path, items=found.facts["incidents"],
        units=station.units, unit_names={u.id: u.name for u in station.units},
    )  # fmt: skip


def act(request: Request, desk: Desk, link: Link, now: datetime, form: FormData) -> Response:
    """Keep the instruction; the office is to confirm it."""
    order, subject = order_of(form), f"bulletin:{link.subject_id}"
    office = recorded_by(
        desk, link.holder, now, address_of(request), "bulletin-instructed", subject, link=link.id
    )
    try:
        leader = _name(desk, link)
        task_acts.instruct(
            office, link.subject_id, order, leader=leader, how="link", who=link.holder, now=now
        )
    except CaifengError as fault:
        return show(request, desk, link, now, str(fault), ok=False)
    return show(request, desk, link, now, "批示已收到，办公室确认后交办")


def file(request: Request, desk: Desk, link: Link, now: datetime, file_id: int) -> Response:
    """The issue as a page for the frame, or its PDF."""
    with desk.store.read() as conn:
        paper = papers.latest(conn, "bulletin", "bulletin", link.subject_id)
        if paper is not None and file_id == PAPER:
            return framed(desk, "bulletin", paper.facts)
        own = (paper.docx_id, paper.pdf_id) if paper else ()
        row = files.get(conn, file_id) if file_id in own else None
    if row is None:
        raise HTTPException(404)
    return download(row.name, row.media_type, bytes(row.body), in_place=True)


def _name(desk: Desk, link: Link) -> str:
    person = desk.station().roster.person(link.holder)
    return person.name if person else link.holder
