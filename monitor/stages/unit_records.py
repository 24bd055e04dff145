"""How each unit handled what it was given in a period: counted from notices and their clocks."""

from __future__ import annotations

from datetime import datetime
from statistics import median
from typing import Any

from sqlalchemy import Connection

from monitor.store import deadlines, notices, reports
from monitor.store.notices import Notice, Part


def unit_records(conn: Connection, since: datetime, until: datetime) -> list[dict[str, Any]]:
    """One record per lead unit, by the number it was given, then by name."""
    given: dict[str, list[tuple[Notice, Part]]] = {}
    for order in notices.issued_between(conn, since, until):
        lead = next(p for p in notices.parts(conn, order.id) if p.part == "lead")
        given.setdefault(lead.unit_name, []).append((order, lead))
    records = [_record(conn, name, orders, until) for name, orders in given.items()]
    return sorted(records, key=lambda r: (-int(r["given"]), str(r["unit"])))


def _record(
    conn: Connection, name: str, orders: list[tuple[Notice, Part]], until: datetime
) -> dict[str, Any]:
    clocks = [
        c for order, lead in orders for c in deadlines.of(conn, "notice", order.id) if c.unit == lead.unit
    ]
    in_time = {c.id: c.met_at is not None and c.met_at <= c.due_at for c in clocks}
    took = [hours for order, _ in orders if (hours := _hours(conn, order)) is not None]
    answered = sum(bool(reports.of_notice(conn, order.id, ["answer"])) for order, _ in orders)
    late = sum(c.met_at is None and c.cancelled_at is None and c.due_at < until for c in clocks)
    return {
        "unit": name,
        "given": len(orders),
        "signed_in_time": sum(in_time[c.id] for c in clocks if c.rule == "sign"),
        "reported_in_time": sum(in_time[c.id] for c in clocks if c.rule == "final-report"),
        "answered": answered,
        "overdue": late,
        "hours": round(median(took), 1) if took else None,
    }


def _hours(conn: Connection, order: Notice) -> float | None:
    """From issue to the first report."""
    first = next(iter(reports.of_notice(conn, order.id, ["first", "final"])), None)
    if first is None or order.issued_at is None:
        return None
    return (first.at - order.issued_at).total_seconds() / 3600
