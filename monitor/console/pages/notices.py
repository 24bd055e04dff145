"""Notices: the list, and one notice with its paper, units, limits and reports.

Looking is one thing, acting another: every act is a POST and recorded. What units do stands in `unit_forms`,
entered here by the office for those who called, faxed or signed on paper (代登记).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException
from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from monitor.console import unit_link
from monitor.console.auth import AtDesk, Reader, Visitor
from monitor.console.desk import Desk
from monitor.console.notice_forms import draft_form, signers
from monitor.console.pages.shape import Page
from monitor.console.paper_page import framed
from monitor.console.people import people_of
from monitor.console.render import render
from monitor.console.unit_forms import ACTS
from monitor.domain import deadline, duty, notice
from monitor.store import attachments, deadlines, incident_moves, notices, papers, reports
from monitor.store.notices import Notice
from monitor.store.reading import notices as reading
from monitor.store.reading import papers as told

router = APIRouter()
PAGE = Page("notices", "通知书", "/notices", router, main=True)

PER_PAGE = 40
GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "draft": ("待审待签", ("drafted", "pending", "checked")),
    "open": ("办理中", ("issued", "delivered", "signed", "investigating", "reported", "returning")),
    "final": ("待审核", ("final", "accepted")),
    "done": ("已办结", ("closed", "filed")),
    "stopped": ("已终止", tuple(sorted(notice.STOPPED))),
    "all": ("全部", ()),
}


@router.get("/notices")
def listing(request: Request, desk: AtDesk, visitor: Reader, group: str = "", page: int = 1) -> Response:
    """The list by where they stand; what the office has to decide comes first."""
    page = min(max(page, 1), 10_000)
    with desk.store.read() as conn:
        numbers = notices.counts(conn)
        group = group if group in GROUPS else _first(numbers)
        states = GROUPS[group][1]
        total = sum(n for state, n in numbers.items() if not states or state in states)
        offset = (page - 1) * PER_PAGE
        rows = reading.rows(conn, states, restricted=visitor.restricted, limit=PER_PAGE, offset=offset)
        asks = reading.asks(conn, restricted=visitor.restricted)
        people = people_of(desk, conn)
    tabs = [
        (key, name, sum(n for state, n in numbers.items() if not of or state in of))
        for key, (name, of) in GROUPS.items()
    ]
    return render(
        request, "notices.html", visitor, rows=rows, asks=asks, tabs=tabs, group=group, people=people,
        page_number=page, pages=-(-total // PER_PAGE), notice=notice, kinds=reports.KINDS,
        address=f"/notices?group={group}&",
    )  # fmt: skip


def _first(numbers: Mapping[str, int]) -> str:
    return next(
        (key for key in ("draft", "final", "open") if any(numbers.get(s) for s in GROUPS[key][1])), "all"
    )


@router.get("/notices/{notice_id}")
def page(request: Request, desk: AtDesk, visitor: Reader, notice_id: int) -> Response:
    """One notice."""
    with desk.store.read() as conn:
        found = seen(conn, notice_id, visitor)
        facts = _facts(conn, desk, found, visitor)
    return render(request, "notice.html", visitor, **facts)


@router.get("/notices/{notice_id}/paper")
def paper(desk: AtDesk, visitor: Reader, notice_id: int) -> Response:
    """The paper as a page, for the frame: as it was last made."""
    with desk.store.read() as conn:
        seen(conn, notice_id, visitor)
        last = papers.latest(conn, "notice", "notice", notice_id)
    if last is None:
        raise HTTPException(404)
    return framed(desk, "notice", last.facts)


def seen(conn: Connection, notice_id: int, visitor: Visitor) -> Notice:
    """The notice, if this visitor may see it. Raises HTTPException."""
    row = reading.one(conn, notice_id, restricted=visitor.restricted)
    if not row:
        raise HTTPException(404)
    return notices.get(conn, notice_id)


def _facts(conn: Connection, desk: Desk, found: Notice, visitor: Visitor) -> dict[str, Any]:
    handed = reports.of_notice(conn, found.id)
    parts = notices.parts(conn, found.id)
    possible = notice.MACHINE.possible(found.state)
    lead = next(p for p in parts if p.part == "lead")
    original = notices.get(conn, found.original_id) if found.original_id else None
    return {
        "row": found,
        "incident": incident_moves.one(conn, found.incident_id),
        "original": original,
        "parts": parts,
        "lead": lead,
        "links": told.links(conn, "notice", found.id),
        "deliveries": told.deliveries(conn, "notice", found.id),
        "clocks": deadlines.of(conn, "notice", found.id),
        "approvers": duty.approvers(desk.station()),
        "papers": papers.of(conn, "notice", found.id),
        "scans": attachments.of(conn, "notice", found.id),
        "reports": [
            (r, attachments.of(conn, "report", r.id), papers.shown(conn, "report", r.id)) for r in handed
        ],
        "timeline": told.timeline(conn, "notice", found.id),
        "possible": possible,
        "circular": _circular_waits(conn, found.id),
        "unit_entries": unit_entries(conn, found, parts, handed),
        "form": draft_form(desk.station(), found, parts),
        "signers": signers(desk.station()),
        "people": people_of(desk, conn),
        "notice": notice,
        "rules": deadline.RULES,
        "kinds": reports.KINDS,
        "decisions": reports.DECISIONS,
        "acts": ACTS,
        "others": [n for n in notices.of_incident(conn, found.incident_id) if n.id != found.id and n.number],
        "units": desk.station().units,
    }


def _circular_waits(conn: Connection, notice_id: int) -> bool:
    last = papers.latest(conn, "circular", "notice", notice_id)
    return last is not None and not last.facts.get("serial")


def unit_entries(
    conn: Connection, found: Notice, parts: list[notices.Part], handed: list[reports.Report]
) -> list[dict[str, Any]]:
    """What the office may enter for each unit now."""
    if found.issued_at is None:
        return []
    entries = []
    for part in parts:
        own = [r for r in handed if r.unit == part.unit]
        entries.append(
            {
                "part": part,
                "notice": found,
                "clocks": [c for c in deadlines.of(conn, "notice", found.id) if c.unit == part.unit],
                "moves": notice.MACHINE.possible(found.state),
                "possible": unit_link.possible(conn, found, part, own),
            }
        )
    return [e for e in entries if e["possible"]]


async def form_of(request: Request) -> FormData:
    """The form as sent, files included."""
    return await request.form()


Form = Annotated[FormData, Depends(form_of)]
