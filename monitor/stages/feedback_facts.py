"""From a stored report to the facts of its 《办理结果反馈单》 (`alerts.kinds.feedback`)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from alerts.kinds.feedback import feedback_for
from alerts.kinds.notice_facts import Notice as Facts
from monitor.store import attachments, reports
from monitor.store.notices import Notice
from monitor.store.reports import KINDS, Report

# Fields of the form that a unit fills in, by the names the pages use.
FIELDS = (
    "account", "finding", "cause", "measures", "accountability", "talked", "next_steps",
    "handler", "reviewer", "head",
)  # fmt: skip


def feedback_of(conn: Connection, found: Notice, report: Report) -> dict[str, Any]:
    """The form as the unit filled it in, with what is known of its public answer and its 12345 order."""
    form = feedback_for(Facts.model_validate(found.facts)).model_dump(mode="json")
    earlier = reports.of_notice(conn, found.id, ["order", "answer", "further"])
    orders = [r for r in earlier if r.kind == "order"]
    answers = [r for r in earlier if r.kind == "answer"]
    filled = {name: report.body[name] for name in FIELDS if name in report.body}
    further = [r.id for r in earlier if r.kind == "further"]
    return {
        **form,
        **filled,
        "stage": KINDS[report.kind],
        "number": further.index(report.id) + 1 if report.id in further else None,
        "order_12345": str(orders[-1].body["number"]) if orders else "",
        "answer": _answer(answers[-1]) if answers else {},
        "attachments": [a.name for a in attachments.of(conn, "report", report.id)],
        "handler": report.body.get("handler") or report.by,
        "phone": report.body.get("phone", ""),
        "reported_at": report.at.isoformat(),
    }


def _answer(report: Report) -> dict[str, Any]:
    body = report.body
    return {
        "channel": body["channel"],
        "at": body["at"],
        "link": body.get("link", ""),
        "text": body.get("text", ""),
    }
