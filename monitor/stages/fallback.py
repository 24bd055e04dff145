"""Fall-back: a message that one road could not carry goes by the person's next road, and says so."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from monitor.domain.duty import next_road
from monitor.settings.roster import Person
from monitor.settings.station import Station
from monitor.stages import House
from monitor.store import outbox
from monitor.store.schema import delivery
from monitor.store.types import AnyRow


def fall_back(conn: Connection, house: House, row: AnyRow, now: datetime) -> None:
    """Enqueue the next road of whom `row` was meant for; nothing when all roads were tried."""
    person = _person(house.station, row)
    if person is None:
        return
    found = next_road(house.station, person, _tried(conn, row))
    if found is None:
        return
    channel, address = found
    parcel = outbox.Parcel(
        key=f"{row.key}+{channel}",
        noun=row.noun,
        subject_id=row.subject_id,
        channel=channel,
        recipient=address,
        message={k: v for k, v in row.message.items() if k != "files"},
        person=row.person,
        urgency=row.urgency,
        files=row.message.get("files", ()),
        fallback_of=row.id,
    )
    outbox.enqueue(conn, parcel, house.station.domain, now)


def _person(station: Station, row: AnyRow) -> Person | None:
    """Who was meant: a colleague, or a unit's contact, known by name and address."""
    contacts = (
        Person(id=f"{u.id}-{n}", name=c.name, phone=c.phone, contacts=c.contacts)
        for u in station.units
        for n, c in enumerate(u.contacts, start=1)
    )
    people = [p for p in (*station.roster.people, *contacts) if p.name == row.person]
    return next((p for p in people if row.recipient in (p.phone, *p.contacts.values())), None)


def _tried(conn: Connection, row: AnyRow) -> list[str]:
    """The roads of this message so far, its siblings by the same key's step included."""
    head, _, rest = row.key.partition(":")
    person, _, _ = rest.partition(":")
    query = select(delivery.c.channel).where(delivery.c.key.startswith(f"{head}:{person}:", autoescape=True))
    return [*conn.scalars(query), row.channel]
