"""Public answers as a bulletin tells them: who, when, where, and the spread before and after."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from monitor.domain.gist import gist
from monitor.store import notices, reports, spreads
from monitor.store.notices import Notice
from monitor.store.reports import Report
from monitor.store.types import AnyRow


def told_answers(conn: Connection, incident_id: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The answers units published on this incident, and the sources they rest on."""
    orders = notices.of_incident(conn, incident_id)
    found = [(order, r) for order in orders for r in reports.of_notice(conn, order.id, ["answer"])]
    before, after = (_spread(spreads.marked(conn, incident_id, which)) for which in ("before", "after"))
    told = [{**_answer(conn, order, r), "before": before, "after": after} for order, r in found]
    return told, [_source(r) for _, r in found]


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
