"""What units hand in on a notice (reports, returns, extensions, answers), and what the office decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from monitor.errors import CaifengError
from monitor.store.insert import insert
from monitor.store.moves import Missing
from monitor.store.schema import report

KINDS: dict[str, str] = {
    "first": "初报",
    "further": "续报",
    "final": "终报",
    "return": "退单申请",
    "extension": "延期申请",
    "draft-answer": "拟回应稿",
    "answer": "公开回应",
    "order": "12345工单",
}
DECISIONS: dict[str, str] = {"accepted": "同意", "refused": "退回"}
# Somebody in the office has to say yes or no to these.
ASKS = frozenset({"return", "extension", "draft-answer"})


@dataclass(frozen=True, slots=True)
class Report:
    """One thing handed in. `how`: link telephone fax paper mail; `entered_by`: a colleague took it down."""

    id: int
    notice_id: int
    unit: str
    kind: str
    at: datetime
    how: str
    by: str
    entered_by: str | None
    address: str | None
    body: Mapping[str, Any]
    decision: str | None
    decided_by: str | None
    decided_at: datetime | None
    decision_why: str | None


class AlreadyDecided(CaifengError):
    """Two people of the office decided at once."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"该{KINDS[kind]}刚刚已由他人审批，请刷新页面")


_COLUMNS = [report.c[name] for name in Report.__dataclass_fields__]


def add(conn: Connection, values: Mapping[str, Any]) -> int:
    """Keep what was handed in; its id."""
    return insert(conn, report, values)


def one(conn: Connection, report_id: int) -> Report:
    """One of them. Raises Missing."""
    row = conn.execute(select(*_COLUMNS).where(report.c.id == report_id)).first()
    if row is None:
        raise Missing("报送件", report_id)
    return Report(*row)


def of_notice(conn: Connection, notice_id: int, kinds: Sequence[str] = ()) -> list[Report]:
    """All that came in on one notice, oldest first."""
    query = select(*_COLUMNS).where(report.c.notice_id == notice_id).order_by(report.c.at, report.c.id)
    return [Report(*row) for row in conn.execute(query.where(report.c.kind.in_(kinds)) if kinds else query)]


def waiting(conn: Connection, notice_id: int, kind: str) -> Report | None:
    """The ask of that kind nobody has decided yet."""
    return next((r for r in reversed(of_notice(conn, notice_id, [kind])) if r.decision is None), None)


def decide(conn: Connection, found: Report, decision: str, *, who: str, at: datetime, why: str) -> None:
    """Yes or no, once. Raises AlreadyDecided."""
    values = {"decision": decision, "decided_by": who, "decided_at": at, "decision_why": why}
    mine = (report.c.id == found.id, report.c.decision.is_(None))
    if conn.execute(update(report).where(*mine).values(**values)).rowcount != 1:
        raise AlreadyDecided(found.kind)


def undecided(conn: Connection) -> list[Report]:
    """All asks that wait for the office, oldest first."""
    wanted = (report.c.kind.in_(ASKS), report.c.decision.is_(None))
    return [Report(*row) for row in conn.execute(select(*_COLUMNS).where(*wanted).order_by(report.c.at))]
