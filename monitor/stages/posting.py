"""One message to several people, and a unit's own address: into the outbox, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from alerts.message import Message
from monitor.domain.links import address, make_token
from monitor.domain.telling import Recipient
from monitor.settings.station import Station
from monitor.stages.office import Office
from monitor.store import links, outbox

ROADS = ("mail", "chat", "sms")


@dataclass(frozen=True, slots=True)
class Letter:
    """One message. `key` makes it unique for each address; `files` go with mails alone."""

    key: str
    noun: str
    subject_id: int
    message: Message
    urgency: int = 3
    files: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What the mail with a signed paper says, and to whom it goes."""

    title: str
    words: Sequence[str]
    roads: Sequence[Recipient]
    urgency: int = 3


def post_to(
    conn: Connection, office: Office, roads: Iterable[Recipient], letter: Letter, now: datetime
) -> int:
    """Enqueue it for each address; for how many. What is in the outbox already is not put there again."""
    message = letter.message.as_json()
    count = 0
    for to in roads:
        parcel = outbox.Parcel(
            key=f"{letter.key}:{to.person.id}:{to.channel}:0",
            noun=letter.noun,
            subject_id=letter.subject_id,
            channel=to.channel,
            recipient=to.address,
            message=message,
            person=to.person.name,
            urgency=letter.urgency,
            files=letter.files if is_mail(office.station, to) else (),
        )
        outbox.enqueue(conn, parcel, office.station.domain, now)
        count += 1
    return count


def called(station: Station) -> list[str]:
    """Whom to call about it, where the office has said so."""
    phone = station.office.phone
    return [f"联系电话：{phone}。"] if phone else []


def is_mail(station: Station, to: Recipient) -> bool:
    """Whether files can go along."""
    channel = station.channels.get(to.channel)
    return channel is not None and channel.kind == "mail"


def files_of(*ids: int | None) -> tuple[int, ...]:
    """The files there are."""
    return tuple(i for i in ids if i is not None)


def names_of(roads: Iterable[Recipient]) -> str:
    """甲、乙: each person once."""
    return "、".join(dict.fromkeys(to.person.name for to in roads))


def signed_link(
    conn: Connection, office: Office, purpose: str, noun: str, subject_id: int, holder: str, now: datetime
) -> str:
    """An address of the holder's own for one matter; empty until the station has an outward address."""
    if not office.station.outward:
        return ""
    token = make_token(office.key, purpose, noun, subject_id, holder, now)
    links.give(conn, token, purpose, noun, subject_id, holder, now)
    return address(office.station.outward, token)


def unit_link(conn: Connection, office: Office, noun: str, subject_id: int, unit: str, now: datetime) -> str:
    """A unit's own address for a notice or a task."""
    return signed_link(conn, office, "unit", noun, subject_id, unit, now)
