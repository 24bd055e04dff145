"""Mails and links to a notice's units: what is put into the outbox, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from alerts.notice_mail import Sending, notice_mail
from monitor.domain.deadline import RULES
from monitor.domain.links import address, expires, make_token
from monitor.domain.notice import SERIES
from monitor.domain.telling import Recipient, of_unit
from monitor.stages.office import Office
from monitor.store import deadlines, links, outbox
from monitor.store.notices import Notice, Part

ROADS = ("mail", "chat", "sms")


@dataclass(frozen=True, slots=True)
class Errand:
    """One kind of mail about a notice. `key` makes its messages unique; `files` are attached to mails."""

    about: str
    key: str
    files: tuple[int, ...] = ()
    words: str = ""


def post(conn: Connection, office: Office, found: Notice, part: Part, errand: Errand, now: datetime) -> int:
    """Enqueue one errand to all contacts of one unit; to how many addresses it goes."""
    roads = of_unit(office.station, part.unit, ROADS)
    link = "" if errand.about == "withdrawn" else unit_link(conn, office, found, part.unit, now)
    sending = _sending(conn, office, found, part, errand, link, now)
    message = notice_mail(sending, station=office.station.office.name, thread=f"notice-{found.id}")
    for to in roads:
        parcel = _parcel(office, found, errand, to, message.as_json())
        outbox.enqueue(conn, parcel, office.station.domain, now)
    return len(roads)


def unit_link(conn: Connection, office: Office, found: Notice, unit: str, now: datetime) -> str:
    """The unit's own address for this notice; empty until the station has an outward address."""
    if not office.station.outward:
        return ""
    token = make_token(office.key, "unit", "notice", found.id, unit, now)
    links.give(conn, token, "unit", "notice", found.id, unit, now)
    return address(office.station.outward, token)


def _sending(
    conn: Connection, office: Office, found: Notice, part: Part, errand: Errand, link: str, now: datetime
) -> Sending:
    clocks = [c for c in deadlines.of(conn, "notice", found.id) if c.unit == part.unit and c.runs]
    limits = [(RULES[c.rule].name, c.due_at) for c in clocks] if errand.about != "withdrawn" else []
    return Sending(
        about=errand.about,
        paper=SERIES[found.series],
        number=found.number or "",
        title=found.title,
        unit=part.unit_name,
        lead=part.part == "lead",
        level=found.level,
        limits=limits,
        words=errand.words,
        link=link,
        link_until=expires("unit", now) if link else None,
        phone=office.station.office.phone,
    )


def _parcel(
    office: Office, found: Notice, errand: Errand, to: Recipient, message: dict[str, object]
) -> outbox.Parcel:
    channel = office.station.channels.get(to.channel)
    mailed = channel is not None and channel.kind == "mail"
    return outbox.Parcel(
        key=f"{errand.key}:{to.person.id}:{to.channel}:0",
        noun="notice",
        subject_id=found.id,
        channel=to.channel,
        recipient=to.address,
        message=message,
        person=to.person.name,
        urgency=found.level,
        files=errand.files if mailed else (),
    )


def files_of(*ids: int | None) -> tuple[int, ...]:
    """The files there are."""
    return tuple(i for i in ids if i is not None)


def reached(parts: Sequence[Part]) -> list[Part]:
    """The units that have been sent the paper."""
    return [p for p in parts if p.delivered_at is not None]
