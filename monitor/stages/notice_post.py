"""Mails and links to a notice's units: what is put into the outbox, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from alerts.notice_mail import Sending, notice_mail
from monitor.domain.deadline import RULES
from monitor.domain.links import expires
from monitor.domain.notice import RELEASED, SERIES
from monitor.domain.telling import of_unit
from monitor.stages.office import Office
from monitor.stages.posting import ROADS, Letter, post_to, unit_link
from monitor.store import deadlines
from monitor.store.notices import Notice, Part


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
    link = "" if errand.about == "withdrawn" else unit_link(conn, office, "notice", found.id, part.unit, now)
    sending = _sending(conn, office, found, part, errand, link, now)
    message = notice_mail(sending, station=office.station.office.name, thread=f"notice-{found.id}")
    letter = Letter(errand.key, "notice", found.id, message, found.level, errand.files)
    return post_to(conn, office, roads, letter, now)


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


def reached(parts: Sequence[Part]) -> list[Part]:
    """The units that have been sent the paper and still have a part in it."""
    return [p for p in parts if p.delivered_at is not None and p.part != RELEASED]
