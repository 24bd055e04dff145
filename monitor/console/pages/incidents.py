"""Incidents: the list, and one incident with its reasons, marked words, spread, clocks and timeline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from monitor.console import alike, charts, checking, reasons, show, words
from monitor.console.auth import AtDesk, Reader, Visitor
from monitor.console.pages.shape import Page
from monitor.console.people import people_of
from monitor.console.render import render
from monitor.domain import bulletin, deadline, duty, incident, notice
from monitor.store import spreads, watches
from monitor.store.reading import incidents, telling

router = APIRouter()
PAGE = Page("incidents", "舆情事件", "/incidents", router, main=True)

PER_PAGE = 30
DOCUMENTS_PER_PAGE = 10
MOST_COPIES = 100
GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "open": ("处理中", tuple(state for state in incident.STATES if state not in incident.AT_REST)),
    "watched": ("观察", ("watched",)),
    "rest": ("已排除", ("elsewhere", "dismissed")),
    "closed": ("已办结", ("closed", "filed")),
    "all": ("全部", ()),
}


@router.get("/incidents")
def listing(
    request: Request,
    desk: AtDesk,
    visitor: Reader,
    group: str = "open",
    level: str = "",
    topic: str = "",
    q: str = "",
    page: int = 1,
) -> Response:
    """The list, narrowed by state, level, topic and words."""
    group = group if group in GROUPS else "open"
    page = min(max(page, 1), 10_000)
    number = int(level) if level in ("1", "2", "3", "4") else None
    wanted = incidents.Wanted(GROUPS[group][1], number, topic[:40], q.strip()[:60])
    with desk.store.read() as conn:
        rows = incidents.some(
            conn, wanted, restricted=visitor.restricted, limit=PER_PAGE, offset=(page - 1) * PER_PAGE
        )
        total = incidents.how_many(conn, wanted, restricted=visitor.restricted)
        numbers = incidents.by_state(conn, restricted=visitor.restricted)
        topics = incidents.topics(conn, restricted=visitor.restricted)
    kept = {"group": group, "level": level, "topic": topic, "q": q}
    return render(
        request, "incidents.html", visitor, rows=rows, total=total, topics=topics, page_number=page,
        pages=-(-total // PER_PAGE), groups=_groups(numbers), states=incident.STATES, wanted=kept,
        address="/incidents?" + urlencode({key: value for key, value in kept.items() if value}) + "&",
    )  # fmt: skip


def _groups(numbers: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """The tabs: id, name, how many."""
    return [
        (key, name, sum(number for state, number in numbers.items() if not states or state in states))
        for key, (name, states) in GROUPS.items()
    ]


@router.get("/incidents/{incident_id}")
def page(request: Request, desk: AtDesk, visitor: Reader, incident_id: int, page: int = 1) -> Response:
    """One incident."""
    page = min(max(page, 1), 10_000)
    with desk.store.read() as conn:
        row = found(conn, incident_id, visitor)
        facts = _facts(conn, row, visitor, page) | {
            "people": people_of(desk, conn),
            "approvers": duty.approvers(desk.station()),
        }
    return render(request, "incident.html", visitor, **facts)


@router.get("/incidents/{incident_id}/copies/{document_id}")
def copies(request: Request, desk: AtDesk, visitor: Reader, incident_id: int, document_id: int) -> Response:
    """The copies of one of its documents."""
    with desk.store.read() as conn:
        row = found(conn, incident_id, visitor)
        rows = incidents.documents(conn, incident_id, copies_of=document_id, limit=MOST_COPIES)
    return render(request, "copies.html", visitor, row=row, rows=rows, most=MOST_COPIES)


def found(conn: Connection, incident_id: int, visitor: Visitor) -> Any:
    """The incident, or the answer one gets for what is not there or may not be seen."""
    row = incidents.one(conn, incident_id, restricted=visitor.restricted)
    if row is None:
        raise HTTPException(404)
    return row


def _facts(conn: Connection, row: Any, visitor: Visitor, page: int) -> dict[str, Any]:
    number, start = row["id"], (page - 1) * DOCUMENTS_PER_PAGE
    documents = incidents.documents(conn, number, limit=DOCUMENTS_PER_PAGE, offset=start)
    official = incidents.official(conn, number)
    topics = [topic for one in documents for topic in (one["verdict"] or {}).get("topics") or ()]
    why = reasons.reasons(row["level_why"], row["topic"], topics)
    return {
        "row": row,
        "why": why,
        "checks": checking.checks(row, row["level_why"], answered=bool(row["responded_at"] or official)),
        "documents": [_document(document, why.weighty) for document in documents],
        "page_number": page,
        "pages": -(-incidents.originals(conn, number) // DOCUMENTS_PER_PAGE),
        "chart": _chart(conn, row, visitor),
        "spread": incidents.newest_spread(conn, number),
        "effect": [spreads.marked(conn, number, which) for which in ("before", "after")],
        "timeline": [_told(line) for line in incidents.timeline(conn, number)],
        "deadlines": [_clock(line) for line in incidents.deadlines(conn, number)],
        "notices": incidents.notices(conn, number),
        "bulletins": incidents.bulletins(conn, number),
        "told": telling.told(conn, number),
        "official": official,
        "others": incidents.others(conn, number, restricted=visitor.restricted),
        "watch": watches.of_incident(conn, number),
        "alike": alike.doubtful(conn, row, visitor),
        "possible": incident.MACHINE.possible(row["state"]),
        "incident": incident,
        "notice": notice,
        "bulletin": bulletin,
    }


def _document(row: Any, weighty: frozenset[str]) -> dict[str, Any]:
    """A document with its title and text cut at the words of the rules that made the incident."""
    verdict = row["verdict"] or {}
    topics = reasons.telling(verdict.get("topics") or (), weighty)
    whole = show.marked(row["text"], "text", topics)
    return {
        **row,
        "in_place": verdict.get("in_place"),
        "why": verdict.get("why") or (),
        "title_marks": show.marked(row["title"], "title", topics),
        "marks": show.excerpt(whole),
        "whole": whole if len(row["text"]) > 180 else (),
    }


def _chart(conn: Connection, row: Any, visitor: Visitor) -> charts.Columns:
    first = row["posted_at"] or row["detected_at"]
    frame = charts.frame_for(min(first, row["detected_at"]), visitor.now)
    seconds = int(frame.step.total_seconds())
    counts = incidents.volume(conn, row["id"], frame.since, seconds)
    marks = [(row["responded_at"], "公开回应")] if row["responded_at"] else []
    return charts.columns(frame, counts, "各时段信息条数，按媒体平台", marks)


def _told(line: Any) -> dict[str, Any]:
    return {**line, "said": words.happened(line["event"]), "why": reasons.brief(line["why"])}


def _clock(line: Any) -> dict[str, Any]:
    rule = deadline.RULES.get(line["rule"])
    return {**line, "rule_name": rule.name if rule else line["rule"]}
