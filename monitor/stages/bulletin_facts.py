"""From stored rows to the facts of a bulletin (`alerts.kinds.bulletin`): every figure names its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from monitor.clock import local
from monitor.domain.gist import gist
from monitor.domain.notice import STATES
from monitor.settings.station import Station
from monitor.stages.answer_facts import told_answers
from monitor.stages.notice_facts import is_call, media_of, said_by
from monitor.store import bulletins, deadlines, incident_moves, matters, notices, tasks
from monitor.store.matters import Candidate
from monitor.store.notices import Notice
from monitor.store.tasks import Task

_METHOD = "公开网页，去重后计数"


def of_incident(
    conn: Connection, station: Station, incident_id: int
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """One incident's facts and the list of sources they rest on."""
    found = incident_moves.one(conn, incident_id)
    documents = matters.candidates(conn, incident_id)
    measured = bulletins.figures(conn, incident_id)
    orders = [n for n in notices.of_incident(conn, incident_id) if n.number]
    sources = [_source(d) for d in documents[:12]]
    facts: dict[str, Any] = {
        "id": str(found.id),
        "title": found.title[:120],
        "level": found.level,
        "topic": found.topic_name or "",
        "place": found.place,
        "opening": _statement(station, documents[0])
        if documents
        else _unseen(found.title, found.detected_at, found.id),
        "timeline": [_statement(station, d) for d in documents[1:6]],
        "hours": hours(bulletins.moments(conn, [incident_id])),
        "media": [{"name": name, "count": n} for name, n in bulletins.by_media(conn, [incident_id])[:10]],
        "handling": [_handling(conn, order) for order in orders],
    }
    facts["answers"], published = told_answers(conn, incident_id)
    sources += published
    if not documents:
        sources.append(
            {"id": f"E{found.id}", "kind": "线索", "title": found.title, "at": found.detected_at.isoformat()}
        )
    if measured:
        facts["spread"] = _spread(measured, media_of(station, documents))
        sources.append({"id": f"S{measured['id']}", "kind": "传播快照", "at": measured["at"].isoformat()})
    sources += [_order_source(order) for order in orders]
    return facts, sources


def _statement(station: Station, document: Candidate) -> dict[str, Any]:
    told = document.published_at or document.fetched_at
    text = gist(document.text or document.title, 160)
    if is_call(station, document):
        said = f"{document.media or '公开电话'}接到群众来电，反映：{text}"
        return {"at": told.isoformat(), "text": said, "claim": None, "sources": [f"D{document.id}"]}
    spoken = said_by(station, document)
    return {
        "at": told.isoformat(),
        "text": document.title if len(document.title) >= 12 and not document.official else text,
        "claim": "称" if document.official else "反映",
        "platform": "" if spoken.get("author") else document.media or document.source,
        **spoken,
        "sources": [f"D{document.id}"],
    }


def _unseen(title: str, at: datetime, incident_id: int) -> dict[str, Any]:
    return {"at": at.isoformat(), "text": title, "claim": "反映", "sources": [f"E{incident_id}"]}


def _source(document: Candidate) -> dict[str, Any]:
    told = document.published_at or document.fetched_at
    return {
        "id": f"D{document.id}",
        "kind": "信息",
        "media": document.media or document.source,
        "title": document.title[:80],
        "at": told.isoformat(),
        "url": document.url if document.url.startswith("http") else "",
    }


def _spread(measured: Mapping[str, Any], media: Sequence[str]) -> dict[str, Any]:
    return {
        "as_of": measured["at"].isoformat(),
        "documents": measured["documents"],
        "platforms": measured["media"],
        "views": measured["views"] or None,
        "comments": measured["comments"] or None,
        "reposts": measured["reposts"] or None,
        "media": list(media),
        "method": _METHOD,
        "sources": [f"S{measured['id']}"],
    }


def _handling(conn: Connection, order: Notice) -> dict[str, Any]:
    lead = next(p for p in notices.parts(conn, order.id) if p.part == "lead")
    final = next((c for c in deadlines.of(conn, "notice", order.id) if c.rule == "final-report"), None)
    return {
        "serial": order.number,
        "unit": lead.unit_name,
        "state": STATES[order.state],
        "issued_at": order.issued_at.isoformat() if order.issued_at else None,
        "signed_at": lead.signed_at.isoformat() if lead.signed_at else None,
        "due_at": final.due_at.isoformat() if final else None,
        "sources": [f"N{order.id}"],
    }


def told_instructions(
    conn: Connection, station: Station, since: datetime, until: datetime
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """批示办理反馈: instructions still open or done in the period, and the sources they rest on."""
    found = tasks.to_tell(conn, "instruction", since, until)
    return [_instruction(station, t, until) for t in found], [_instruction_source(t) for t in found]


def _instruction(station: Station, task: Task, until: datetime) -> dict[str, Any]:
    unit = station.unit(task.unit)
    late = task.due_at is not None and task.due_at < until and task.state == "open"
    return {
        "leader": task.leader,
        "at": task.given_at.isoformat(),
        "text": task.words,
        "unit": unit.name if unit else "",
        "due_at": task.due_at.isoformat() if task.due_at else None,
        "state": "已办结" if task.state == "done" else "逾期" if late else "办理中",
        "result": task.result,
        "sources": [f"P{task.id}"],
    }


def _instruction_source(task: Task) -> dict[str, Any]:
    return {"id": f"P{task.id}", "kind": "批示", "title": task.words[:60], "at": task.given_at.isoformat()}


def _order_source(order: Notice) -> dict[str, Any]:
    at = order.issued_at.isoformat() if order.issued_at else None
    return {"id": f"N{order.id}", "kind": "通知书", "title": order.number or "", "at": at}


def hours(moments: Sequence[datetime]) -> list[dict[str, Any]]:
    """Documents by the hour they appeared in, from the first hour to the last, at most two days."""
    counted = Counter(local(m).replace(minute=0, second=0, microsecond=0) for m in moments)
    return [{"at": hour.isoformat(), "count": counted[hour]} for hour in sorted(counted)[-48:]]
