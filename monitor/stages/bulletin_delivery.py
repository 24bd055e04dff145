"""An issued bulletin goes to its readers: by mail with the PDF, by chat with the link alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from alerts.bulletin_mail import bulletin_mail
from alerts.compose import plain_mail
from monitor.clock import local
from monitor.domain.bulletin import KINDS
from monitor.domain.links import address, make_token
from monitor.domain.telling import Recipient, by_person, by_role
from monitor.log import logger
from monitor.stages import House
from monitor.store import bulletins, links, outbox, papers
from monitor.store.bulletins import Bulletin
from monitor.store.moves import record
from monitor.store.papers import Paper

BATCH = 10
ROADS = ("mail", "chat", "sms")
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
    names = "、".join(dict.fromkeys(r.person.name for r in roads))
    return f"已发{names}" if names else "没有可送达的阅读人，请送纸质件"


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
        link=_link(conn, house, found, to.person.id, now),
    )
    channel = house.station.channels.get(to.channel)
    attached = (paper.pdf_id or paper.docx_id,) if channel and channel.kind == "mail" else ()
    parcel = outbox.Parcel(
        key=f"bulletin-{found.id}:{to.person.id}:{to.channel}:0",
        noun="bulletin",
        subject_id=found.id,
        channel=to.channel,
        recipient=to.address,
        message=message.as_json(),
        person=to.person.name,
        urgency=2 if found.kind in ("special", "flash") else 3,
        files=tuple(i for i in attached if i),
    )
    outbox.enqueue(conn, parcel, house.station.domain, now)


def _lines(found: Bulletin) -> list[str]:
    """The judgement a person wrote, and what it is about: titles alone, the rest is in the paper."""
    judgement = str(found.facts.get("judgement") or "")
    titles = [f"{n}. {i['title']}" for n, i in enumerate(found.facts["incidents"][:10], start=1)]
    return [*([judgement] if judgement else []), *titles]


def _link(conn: Connection, house: House, found: Bulletin, reader: str, now: datetime) -> str:
    if not house.station.outward:
        return ""
    token = make_token(house.key, "bulletin", "bulletin", found.id, reader, now)
    links.give(conn, token, "bulletin", "bulletin", found.id, reader, now)
    return address(house.station.outward, token)


def tell_quiet_day(house: House, since: datetime, now: datetime) -> int:
    """A quiet day is one line to the duty staff and nothing to leaders; told once."""
    day = f"{local(since):%Y-%m-%d}"
    words = [f"{local(since):%m月%d日}无新增舆情信息和在办事件，系统运行正常。"]
    message = plain_mail(f"【平安】{day}无舆情", words, station=house.station.office.name)
    told = 0
    with house.store.read() as conn:
        if outbox.has(conn, f"quiet-{day}:"):
            return 0
    with house.store.write() as conn:
        for to in by_role(house.station, ("officer",), ("mail",), now):
            parcel = outbox.Parcel(
                key=f"quiet-{day}:{to.person.id}:{to.channel}:0", noun="quiet", subject_id=0,
                channel=to.channel, recipient=to.address, message=message.as_json(), person=to.person.name,
            )  # fmt: skip
            told += outbox.enqueue(conn, parcel, house.station.domain, now) is not None
    return told
