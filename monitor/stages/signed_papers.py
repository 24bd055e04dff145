"""Papers that go once they are signed: 通报, 纪要, 突发事件信息, 线索移交登记单; by mail, or handed over.

Each kind says in its own module whom it goes to (`outgoing`). What a machine cannot carry, a person hands
over or faxes, and it is entered here who had it and when.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from alerts.compose import plain_mail
from monitor.clock import local
from monitor.errors import CaifengError
from monitor.stages import House, circulars, first_reports, handing_over, meeting_acts
from monitor.stages.notice_answers import WAYS
from monitor.stages.office import Office
from monitor.stages.posting import Letter, Outgoing, called, files_of, names_of, post_to
from monitor.store import papers
from monitor.store.moves import Missing, record
from monitor.store.papers import Paper

BATCH = 10
GOES: Mapping[str, Callable[[Connection, Office, Paper], Outgoing]] = {
    circulars.KIND: circulars.outgoing,
    first_reports.KIND: first_reports.outgoing,
    handing_over.KIND: handing_over.outgoing,
    meeting_acts.KIND: meeting_acts.outgoing,
}
NAMES: Mapping[str, str] = {
    circulars.KIND: "逾期通报",
    first_reports.KIND: "突发事件信息",
    handing_over.KIND: "线索移交登记单",
    meeting_acts.KIND: "联席会议纪要",
}


@dataclass(frozen=True, slots=True)
class Handing:
    """A paper handed over: to whom, by which way of `WAYS`, when."""

    to: str
    how: str
    at: datetime | None = None


def send_due(house: House, now: datetime) -> int:
    """Mail what is signed and made; how many papers."""
    with house.store.read() as conn:
        waiting = papers.to_send(conn, tuple(GOES), BATCH)
    for paper in waiting:
        with house.store.write() as conn:
            _send(conn, house, paper, now)
    return len(waiting)


def _send(conn: Connection, house: House, paper: Paper, now: datetime) -> None:
    going = GOES[paper.kind](conn, house, paper)
    message = plain_mail(
        going.title,
        [*going.words, *called(house.station)],
        station=house.station.office.name,
        thread=f"{paper.noun}-{paper.subject_id}",
    )
    files = files_of(paper.docx_id, paper.pdf_id)
    letter = Letter(f"{paper.kind}-{paper.id}", "paper", paper.id, message, going.urgency, files)
    post_to(conn, house, going.roads, letter, now)
    said = f"发{names_of(going.roads)}" if going.roads else "没有可用的联系方式，请送纸质件或传真，并登记送达"
    papers.sent(conn, paper.id, now, said)


def hand(office: Office, paper_id: int, handing: Handing, *, who: str, now: datetime) -> None:
    """登记送达: what went on paper, by fax or was read out. Raises CaifengError."""
    at = handing.at or now
    if not handing.to.strip() or handing.how not in WAYS or handing.how == "link":
        raise CaifengError("请填写收件人和送达方式")
    with office.store.write() as conn:
        found = papers.one(conn, paper_id)
        signed = papers.signed_at(conn, paper_id)
        if found is None or found.kind not in GOES:
            raise Missing("文书", paper_id)
        if signed is None:
            raise CaifengError("该稿尚未签发，不能登记送达")
        if not signed <= at <= now:
            raise CaifengError("送达时间须在签发之后、现在之前")
        why = f"{local(at):%m月%d日%H时%M分}以{WAYS[handing.how]}送达{handing.to.strip()[:120]}"
        record(conn, "paper", paper_id, "handed", who=who, at=now, why=why)
