"""The moves of an incident in the database: state, level, category, documents; each with its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from monitor.domain.incident import CATEGORIES, EVENTS, MACHINE, NEEDS_WHY
from monitor.domain.level import NeedsReason, checked_change, full_name
from monitor.domain.machine import Move
from monitor.errors import CaifengError
from monitor.store.insert import insert, put
from monitor.store.moves import Missing, advance, record
from monitor.store.schema import document, incident, incident_document, separation


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident as its moves need it."""

    id: int
    title: str
    state: str
    category: str | None
    level_suggested: int
    level_confirmed: int | None
    level_why: Sequence[str]
    topic: str | None
    topic_name: str | None
    place: str
    units: Sequence[Mapping[str, Any]]
    restricted: bool
    event_at: datetime | None
    posted_at: datetime | None
    detected_at: datetime
    confirmed_at: datetime | None
    responded_at: datetime | None
    updated_at: datetime
    owner: str | None
    documents: int
    media: int
    heat: float
    first_document_id: int | None
    merged_into: int | None
    version: int

    @property
    def level(self) -> int:
        """The level that counts: the confirmed one, else the suggested one."""
        return self.level_confirmed if self.level_confirmed is not None else self.level_suggested


_COLUMNS = [incident.c[name] for name in Incident.__dataclass_fields__]


def one(conn: Connection, incident_id: int) -> Incident:
    """One incident. Raises Missing."""
    row = conn.execute(select(*_COLUMNS).where(incident.c.id == incident_id)).first()
    if row is None:
        raise Missing("舆情事件", incident_id)
    return Incident(*row)


def move(
    conn: Connection,
    incident_id: int,
    event: str,
    *,
    who: str,
    at: datetime,
    why: str = "",
    changes: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Move:
    """One move of the table. Raises IllegalMove, NeedsReason, Overtaken, Missing."""
    if event in NEEDS_WHY and not why.strip():
        raise NeedsReason(EVENTS[event])
    values = {"updated_at": at, **(changes or {})}
    return advance(
        conn, incident, MACHINE, incident_id, event, who=who, at=at, why=why, changes=values, facts=facts
    )


def set_level(conn: Connection, found: Incident, level: int, *, who: str, at: datetime, why: str) -> Move:
    """Confirm a level; lowering an earlier one needs a reason."""
    checked_change(found.level_confirmed or found.level_suggested, level, why)
    before = f"{full_name(found.level)}"
    changes = {"level_confirmed": level, "confirmed_at": at}
    facts = {"level": level, "before": found.level, "suggested": found.level_suggested}
    said = why or f"确认为{full_name(level)}（原{before}）"
    return move(conn, found.id, "confirm", who=who, at=at, why=said, changes=changes, facts=facts)


def set_category(
    conn: Connection, found: Incident, category: str, *, who: str, at: datetime, why: str
) -> None:
    """Categorise A–G (DOMAIN.md §1.5)."""
    if category not in CATEGORIES:
        raise CaifengError(f"没有“{category}”类，研判类别为 A 至 G")
    values = {"category": category, "updated_at": at, "version": incident.c.version + 1}
    conn.execute(update(incident).where(incident.c.id == found.id).values(**values))
    facts = {"before": found.category, "category": category}
    said = why or f"{category}类：{CATEGORIES[category]}"
    record(conn, "incident", found.id, "categorised", who=who, at=at, why=said, facts=facts)


def set_owner(conn: Connection, incident_id: int, owner: str | None, at: datetime) -> None:
    """Who looks after it now."""
    conn.execute(update(incident).where(incident.c.id == incident_id).values(owner=owner, updated_at=at))


def set_event_time(conn: Connection, incident_id: int, event_at: datetime, *, who: str, at: datetime) -> None:
    """When it happened, as a person found out."""
    conn.execute(
        update(incident).where(incident.c.id == incident_id).values(event_at=event_at, updated_at=at)
    )
    facts = {"event_at": event_at.isoformat()}
    record(conn, "incident", incident_id, "event-time", who=who, at=at, why="核定事件发生时间", facts=facts)


def remark(conn: Connection, incident_id: int, words: str, *, who: str, at: datetime) -> None:
    """A remark on the timeline."""
    if not words.strip():
        raise CaifengError("备注不能为空")
    record(conn, "incident", incident_id, "remark", who=who, at=at, why=words.strip())


def members(conn: Connection, incident_id: int) -> list[int]:
    """The documents of an incident."""
    query = select(incident_document.c.document_id).where(incident_document.c.incident_id == incident_id)
    return [int(number) for number in conn.scalars(query)]


def hand_over_documents(
    conn: Connection, documents: Sequence[int], target: int, *, by: str, at: datetime, why: str
) -> None:
    """Documents belong to another incident from now on."""
    conn.execute(
        update(incident_document)
        .where(incident_document.c.document_id.in_(documents))
        .values(incident_id=target, by=by, at=at, why=why)
    )


def keep_apart(
    conn: Connection, documents: Sequence[int], incident_id: int, *, by: str, at: datetime
) -> None:
    """What a person separated is not joined again."""
    for number in documents:
        values = {"document_id": number, "incident_id": incident_id, "at": at, "by": by}
        put(conn, separation, values, ["document_id", "incident_id"])


def may_join(conn: Connection, documents: Sequence[int], incident_id: int) -> None:
    """A person joins what was separated: their word replaces the earlier one."""
    conn.execute(
        separation.delete().where(
            separation.c.document_id.in_(documents), separation.c.incident_id == incident_id
        )
    )


def recount(conn: Connection, incident_id: int, at: datetime) -> None:
    """Number of documents and media, first post, after documents moved."""
    told = func.coalesce(document.c.published_at, document.c.fetched_at)
    joined = incident_document.join(document, document.c.id == incident_document.c.document_id)
    query = select(func.count(), func.count(func.distinct(document.c.media)), func.min(told)).select_from(
        joined
    )
    count, media, posted = conn.execute(query.where(incident_document.c.incident_id == incident_id)).one()
    first = conn.scalar(
        select(document.c.id)
        .select_from(joined)
        .where(incident_document.c.incident_id == incident_id)
        .order_by(told, document.c.id)
        .limit(1)
    )
    values = {"documents": count, "media": media, "posted_at": posted, "first_document_id": first}
    conn.execute(
        update(incident)
        .where(incident.c.id == incident_id)
        .values(**values, updated_at=at, version=incident.c.version + 1)
    )


def split_off(conn: Connection, found: Incident, title: str, at: datetime) -> int:
    """A new incident beside `found`, with its place, topic and suggested level, without documents yet."""
    values = {
        name: getattr(found, name) for name in ("topic", "topic_name", "place", "restricted", "event_at")
    }
    return insert(
        conn,
        incident,
        {
            **values,
            "title": title,
            "state": "judging",
            "level_suggested": found.level_suggested,
            "level_why": [*found.level_why, f"由事件{found.id}拆出"],
            "units": list(found.units),
            "detected_at": found.detected_at,
            "updated_at": at,
        },
    )
