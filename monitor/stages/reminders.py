"""催办: the only paper that goes by itself; made when a notice's clock has run out, mailed once rendered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from monitor.domain.deadline import NOTICE
from monitor.stages import House
from monitor.stages.notice_post import Errand, post
from monitor.stages.office import Office
from monitor.stages.posting import files_of
from monitor.store import notices, papers
from monitor.store.deadlines import Clock
from monitor.store.papers import Paper

BATCH = 10
TITLES = {
    "transfer": "互联网舆情转办单",
    "warning": "互联网舆情预警通知书",
    "supervision": "互联网舆情督办单",
}
MISSING = {"sign": "签收", "first-report": "初报", "final-report": "终报"}


def draft_reminder(conn: Connection, house: Office, clock: Clock, who: str, now: datetime) -> int | None:
    """Ask for the 催办单 of an overdue clock of a notice, in the caller's transaction; its paper's id."""
    if clock.noun != "notice" or clock.rule not in NOTICE:
        return None
    found = notices.get(conn, clock.subject_id)
    part = notices.part_of(conn, found.id, clock.unit)
    if part is None or not found.number:
        return None
    times = sum(
        p.facts.get("unit") == part.unit_name for p in papers.of_kind(conn, "reminder", "notice", found.id)
    )
    office = house.station.office
    facts: dict[str, Any] = {
        "office": office.name,
        "unit": part.unit_name,
        "times": times + 1,
        "notice": found.number,
        "notice_title": TITLES[found.series],
        "matter": found.title,
        "missing": MISSING[clock.rule],
        "due": clock.due_at.isoformat(),
        "as_of": now.isoformat(),
        "contact": {"name": "值班室", "phone": office.phone, "fax": office.fax, "mail": office.mail},
    }
    papers.ask(conn, "reminder", "notice", found.id, facts, now)
    asked = papers.latest(conn, "reminder", "notice", found.id)
    return asked.id if asked else None


def remind_due(house: House, now: datetime) -> int:
    """Mail the rendered reminders that have not gone out; how many did."""
    with house.store.read() as conn:
        waiting = papers.unsent(conn, "reminder", "notice", BATCH)
    for paper in waiting:
        with house.store.write() as conn:
            _send(conn, house, paper, now)
    return len(waiting)


def _send(conn: Connection, house: House, paper: Paper, now: datetime) -> None:
    found = notices.get(conn, paper.subject_id)
    part = next((p for p in notices.parts(conn, found.id) if p.unit_name == paper.facts["unit"]), None)
    papers.sent(conn, paper.id, now)
    if part is None:
        return
    words = f"第{paper.facts['times']}次催办：{paper.facts['missing']}已超过规定时限。"
    errand = Errand("urged", f"reminder-{paper.id}", files_of(paper.docx_id, paper.pdf_id), words)
    post(conn, house, found, part, errand, now)
