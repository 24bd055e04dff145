"""下发: an issued notice goes out once its paper is made; links, mails and state in one transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from monitor.domain.notice import RELEASED
from monitor.log import logger
from monitor.stages import House
from monitor.stages.notice_post import Errand, post
from monitor.stages.office import Office
from monitor.stages.posting import files_of
from monitor.store import faults, notices, papers
from monitor.store.moves import record
from monitor.store.notices import Notice
from monitor.store.papers import Paper

BATCH = 10
_log = logger(__name__)


def deliver_due(house: House, now: datetime) -> int:
    """Send what is issued and rendered; how many notices went out."""
    with house.store.read() as conn:
        waiting = notices.to_deliver(conn, BATCH)
    return sum(_deliver(house, notice_id, now) for notice_id in waiting)


def _deliver(house: House, notice_id: int, now: datetime) -> bool:
    with house.store.write() as conn:
        found = notices.get(conn, notice_id)
        paper = papers.latest(conn, "notice", "notice", notice_id)
        form = papers.latest(conn, "feedback", "notice", notice_id)
        if not (_made(paper) and _made(form)):
            return False
        if paper is None or paper.docx_id is None:
            trouble = paper.trouble if paper else ""
            faults.open_(conn, "notice", str(notice_id), f"{found.number}无法成文，未能下发：{trouble}", now)
            return False
        send(conn, house, found, paper, form, now)
    _log.info("notice.delivered", notice=notice_id, number=found.number)
    return True


def _made(paper: Paper | None) -> bool:
    return paper is None or paper.docx_id is not None or paper.trouble is not None


def send(
    conn: Connection, office: Office, found: Notice, paper: Paper, form: Paper | None, now: datetime
) -> None:
    """Put one revision into the outbox for every unit that has not had it."""
    attached = files_of(paper.docx_id, paper.pdf_id, form.docx_id if form else None)
    about = "corrected" if found.revision > 1 else "sent"
    errand = Errand(about, f"notice-{found.id}-r{found.revision}", attached)
    for part in notices.parts(conn, found.id):
        if part.delivered_at is not None or part.part == RELEASED:
            continue
        if not post(conn, office, found, part, errand, now):
            why = f"{part.unit_name}没有可用的联系方式，请电话、传真通知并代登记"
            record(conn, "notice", found.id, "no-contact", who="rules", at=now, why=why)
        notices.mark(conn, found.id, part.unit, delivered_at=now)
    if found.state == "issued":
        notices.step(conn, found.id, "deliver", who="rules", at=now)
