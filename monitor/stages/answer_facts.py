"""Public answers as a bulletin tells them: who, when, where, and the spread before and after."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from monitor.domain.gist import gist
from monitor.store import notices, reports, spreads
from monitor.store.notices import Notice
from monitor.store.reports import Report
from monitor.store.schema import history
from monitor.store.types import AnyRow


def told_answers(conn: Connection, incident_id: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The answers units published on this incident, and the sources they rest on."""
    orders = notices.of_incident(conn, incident_id)
    found = [(order, r) for order in orders for r in reports.of_notice(conn, order.id, ["answer"])]
    entered = _entered(conn, incident_id, {str(r.body["at"]) for _, r in found})
    before, after = (_spread(spreads.marked(conn, incident_id, which)) for which in ("before", "after"))
    told = [*(_answer(conn, order, r) for order, r in found), *(_seen(line) for line in entered)]
    told = [{**one, "before": before, "after": after} for one in sorted(told, key=lambda one: str(one["at"]))]
    return told, [*(_source(r) for _, r in found), *(_seen_source(line) for line in entered)]


def _entered(conn: Connection, incident_id: int, known: set[str]) -> list[AnyRow]:
    """Answers that the office entered itself, no unit having reported them."""
    mine = (history.c.noun == "incident", history.c.subject_id == incident_id, history.c.event == "answer")
    rows = conn.execute(select(history.c.id, history.c.facts).where(*mine).order_by(history.c.id)).all()
    return [row for row in rows if row.facts and row.facts.get("at") not in {None, *known}]


def _seen(line: AnyRow) -> dict[str, Any]:
    where = str(line.facts.get("where") or "网上")
    channel = "网页" if where.startswith("http") else where
    return {"unit": "有关方面", "at": line.facts["at"], "channel": channel, "sources": [f"H{line.id}"]}


def _seen_source(line: AnyRow) -> dict[str, Any]:
    where = str(line.facts.get("where") or "")
    place = {"url": where} if where.startswith("http") else {"media": where}
    return {"id": f"H{line.id}", "kind": "公开回应", "at": line.facts["at"], **place}


def _answer(conn: Connection, order: Notice, report: Report) -> dict[str, Any]:
    part = notices.part_of(conn, order.id, report.unit)
    return {
        "unit": part.unit_name if part else report.unit,
        "at": report.body["at"],
        "channel": report.body["channel"],
        "gist": gist(str(report.body.get("text", "")), 160),
        "sources": [f"A{report.id}"],
    }


def _spread(row: AnyRow | None) -> dict[str, Any] | None:
    if row is None:
        return None
    counters = {name: getattr(row, name) or None for name in ("views", "comments", "reposts")}
    return {"as_of": row.at.isoformat(), "documents": row.documents, "platforms": row.media, **counters}


def _source(report: Report) -> dict[str, Any]:
    link = str(report.body.get("link", ""))
    return {
        "id": f"A{report.id}",
        "kind": "公开回应",
        "media": report.body["channel"],
        "at": report.body["at"],
        "url": link if link.startswith("http") else "",
    }
