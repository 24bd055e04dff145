"""An issued bulletin goes to its readers: by mail with the PDF, by chat with the link alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from alerts.bulletin_mail import Bars, bulletin_mail
from alerts.compose import plain_mail
from monitor.clock import local
from monitor.domain.bulletin import KINDS
from monitor.domain.telling import Recipient, by_person, by_role
from monitor.log import logger
from monitor.stages import House
from monitor.stages.posting import ROADS, Letter, files_of, names_of, post_to, signed_link
from monitor.store import bulletins, outbox, papers
from monitor.store.bulletins import Bulletin
from monitor.store.moves import record
from monitor.store.papers import Paper

BATCH = 10
_log = logger(__name__)


def deliver_due(house: House, now: datetime) -> int:
    """Send what is issued and rendered; how many issues went out."""
    with house.store.read() as conn:
        waiting = bulletins.to_deliver(conn, BATCH)
    return sum(_deliver(house, bulletin_id, now) for bulletin_id in waiting)


def _deliver(house: House, bulletin_id: int, now: datetime) -> bool:
    with house.store.write() as conn:
        found = bulletins.get(conn, bulletin_id)
        paper = papers.latest(conn, "bulletin", "bulletin", bulletin_id)
        if paper is None or paper.docx_id is None:
            return False
        roads = [r for p in house.station.bulletins.readers for r in by_person(house.station, p, ROADS)]
        for to in roads:
            _send(conn, house, found, paper, to, now)
        record(conn, "bulletin", bulletin_id, "delivered", who="rules", at=now, why=_said(roads))
    _log.info("bulletin.delivered", bulletin=bulletin_id, readers=len(roads))
    return True


def _said(roads: list[Recipient]) -> str:
    return f"已发{names_of(roads)}" if roads else "没有可送达的阅读人，请送纸质件"


def _send(
    conn: Connection, house: House, found: Bulletin, paper: Paper, to: Recipient, now: datetime
) -> None:
    number = f"{KINDS[found.kind]}〔{found.year}〕第{found.issue}期（总第{found.total_issue}期）"
    message = bulletin_mail(
        found.title,
        number,
        _lines(found),
        station=house.station.office.name,
        thread=f"bulletin-{found.id}",
        bars=_bars(found),
        link=signed_link(conn, house, "bulletin", "bulletin", found.id, to.person.id, now),
    )
    files = files_of(paper.pdf_id or paper.docx_id)
    urgency = 2 if found.kind in ("special", "flash") else 3
    letter = Letter(f"bulletin-{found.id}", "bulletin", found.id, message, urgency, files)
    post_to(conn, house, (to,), letter, now)


def _lines(found: Bulletin) -> list[str]:
    """The judgement a person wrote, and what it is about: titles alone, the rest is in the paper."""
    judgement = str(found.facts.get("judgement") or "")
    told = found.facts["incidents"][:10] if found.incident_id is None else []
    titles = [f"{n}. {i['title']}" for n, i in enumerate(told, start=1)]
    return [*([judgement] if judgement else []), *titles]


def _bars(found: Bulletin) -> list[Bars]:
    """Where it was said, and how far the notices are: the paper's own figures."""
    facts = found.facts["incidents"][0] if found.incident_id is not None else found.facts
    messages = found.facts.get("messages") or {}
    told = (
        ("信息来源", "条", facts.get("media", ())),
        ("通知书办理情况", "件", found.facts.get("funnel", ())),
        ("留言主题", "条", messages.get("topics", ())),
    )
    return [
        Bars(title, unit, [(str(t["name"]), int(t["count"])) for t in tallies])
        for title, unit, tallies in told
    ]


def tell_quiet_day(house: House, since: datetime, now: datetime) -> int:
    """A quiet day is one line to the duty staff and nothing to leaders; told once."""
    day = f"{local(since):%Y-%m-%d}"
    words = [f"{local(since):%m月%d日}无新增舆情信息和在办事件，系统运行正常。"]
    message = plain_mail(f"【平安】{day}无舆情", words, station=house.station.office.name)
    with house.store.read() as conn:
        if outbox.has(conn, f"quiet-{day}:"):
            return 0
    with house.store.write() as conn:
        roads = by_role(house.station, ("officer",), ("mail",), now)
        return post_to(conn, house, roads, Letter(f"quiet-{day}", "quiet", 0, message, 4), now)
