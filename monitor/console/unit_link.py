"""Behind a unit's link: all that the unit owes on one page, and the forms to sign and to answer.

The link is bound to the unit; whatever it shows or does is that unit's own. Opening it does nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import HTTPException
from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from monitor.console.acting import recorded_by
from monitor.console.answers import download
from monitor.console.desk import Desk
from monitor.console.render import render
from monitor.console.security import address_of
from monitor.console.unit_forms import ACTS, carry_out, hand_of, text
from monitor.domain import deadline, notice
from monitor.errors import CaifengError
from monitor.stages import task_acts
from monitor.store import attachments, deadlines, files, incident_moves, notices, papers, reports, tasks
from monitor.store.links import Link
from monitor.store.notices import Notice, Part

SHOWN = 20


def show(
    request: Request, desk: Desk, link: Link, now: datetime, said: str = "", ok: bool = True
) -> Response:
    """The notice that the link came with first, then the unit's others."""
    _note_opening(desk, link, now)
    with desk.store.read() as conn:
        orders = [_order(conn, *found, link) for found in _mine(conn, link)]
        owed = tasks.of_unit(conn, link.holder)
    if not orders and not owed:
        raise HTTPException(404)
    return render(
        request, "unit_link.html", orders=orders, unit=_unit_name(desk, link), owed=owed, said=said, ok=ok,
        here_path=request.url.path, acts=ACTS, states=notice.STATES,
        series=notice.SERIES, rules=deadline.RULES, kinds=reports.KINDS, decisions=reports.DECISIONS,
        until=link.expires_at, office=desk.station().office,
    )  # fmt: skip


def act(request: Request, desk: Desk, link: Link, now: datetime, form: FormData) -> Response:
    """Carry out what the form says, in the unit's name; say what came of it."""
    if text(form, "do", 20) == "task":
        return _report_task(request, desk, link, now, form)
    number = text(form, "notice", 20)
    with desk.store.read() as conn:
        found = next((n for n, _ in _mine(conn, link) if str(n.id) == number), None)
    if found is None:
        raise HTTPException(404)
    address, want = address_of(request), text(form, "do", 20)
    subject = f"notice:{found.id}"
    office = recorded_by(desk, f"unit:{link.holder}", now, address, f"notice-{want}", subject, link=link.id)
    try:
        said = carry_out(office, found.id, link.holder, form, hand_of(form, address=address), now)
    except CaifengError as fault:
        return show(request, desk, link, now, str(fault), ok=False)
    return show(request, desk, link, now, said)


def _report_task(request: Request, desk: Desk, link: Link, now: datetime, form: FormData) -> Response:
    """A task's result, in the unit's name."""
    number, who = text(form, "task", 20), f"unit:{link.holder}"
    office = recorded_by(desk, who, now, address_of(request), "task-report", f"task:{number}", link=link.id)
    said, ok = "办理情况已报送", True
    try:
        result, by = text(form, "result", 3000), text(form, "name", 80)
        task_acts.report(office, int(number or 0), link.holder, result=result, by=by, who=by, now=now)
    except (CaifengError, ValueError) as fault:
        said, ok = str(fault), False
    return show(request, desk, link, now, said, ok=ok)


def _unit_name(desk: Desk, link: Link) -> str:
    unit = desk.station().unit(link.holder)
    return unit.name if unit else link.holder


def file(request: Request, desk: Desk, link: Link, now: datetime, file_id: int) -> Response:
    """A paper of the unit's own notices, to be kept."""
    with desk.store.read() as conn:
        own = {n for order, _ in _mine(conn, link) for n in _files(conn, order.id)}
        row = files.get(conn, file_id) if file_id in own else None
    if row is None:
        raise HTTPException(404)
    return download(row.name, row.media_type, bytes(row.body))


def _mine(conn: Connection, link: Link) -> list[tuple[Notice, Part]]:
    """The unit's notices, the link's own first; withdrawn ones only while they are the link's own."""
    found = notices.of_unit(conn, link.holder)
    own = link.subject_id if link.noun == "notice" else None
    kept = [(n, p) for n, p in found if n.id == own or n.state not in notice.STOPPED]
    return sorted(kept, key=lambda pair: pair[0].id != own)[:SHOWN]


def _note_opening(desk: Desk, link: Link, now: datetime) -> None:
    """The duty officer sees that somebody, or a mail scanner, has opened it. This is no act of the unit's."""
    if link.noun != "notice":
        return
    with desk.store.read() as conn:
        part = notices.part_of(conn, link.subject_id, link.holder)
    if part and part.opened_at is None:
        with desk.store.write() as conn:
            notices.mark(conn, link.subject_id, link.holder, opened_at=now)


def _order(conn: Connection, found: Notice, part: Part, link: Link) -> dict[str, Any]:
    handed = [r for r in reports.of_notice(conn, found.id) if r.unit == link.holder]
    return {
        "notice": found,
        "part": part,
        "first": link.noun == "notice" and found.id == link.subject_id,
        "papers": papers.shown(conn, "notice", found.id),
        "clocks": [c for c in deadlines.of(conn, "notice", found.id) if c.unit == link.holder],
        "reports": [(r, attachments.of(conn, "report", r.id)) for r in handed],
        "moves": notice.MACHINE.possible(found.state),
        "possible": possible(conn, found, part, handed),
    }


def possible(conn: Connection, found: Notice, part: Part, handed: list[reports.Report]) -> set[str]:
    """Which forms to offer this unit now."""
    if found.state in notice.DONE or part.part in ("copy", notice.RELEASED):
        return {"sign"} if part.part == "copy" and part.signed_at is None else set()
    offered = {"order"} | ({"sign"} if part.signed_at is None else set())
    if incident_moves.one(conn, found.incident_id).restricted:
        return offered
    if part.part != "lead":
        asked = any(r.kind == "return" and r.decision is None for r in handed)
        return offered if asked else offered | {"return"}
    moves = set(notice.MACHINE.possible(found.state))
    offered |= {"return"} & moves | {"investigate"} & moves
    if moves & {"first", "further", "final"}:
        offered |= {"report", "extension", "draft-answer"}
    if any(r.kind == "draft-answer" and r.decision == "accepted" for r in handed):
        offered.add("answer")
    return offered


def _files(conn: Connection, notice_id: int) -> set[int]:
    return {f for p in papers.shown(conn, "notice", notice_id) for f in (p.docx_id, p.pdf_id) if f}
