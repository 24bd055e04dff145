"""What an alert says of incidents, read in a few queries: documents to quote, spread, earlier messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select

from monitor.store.schema import delivery, document, incident_document, session, spread, verdict

_CANDIDATES = 30


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that may be quoted; `body` is its verdict's JSON."""

    id: int
    title: str
    text: str
    url: str
    media: str | None
    source: str
    published_at: datetime | None
    fetched_at: datetime
    official: bool
    body: Mapping[str, Any] | None


def candidates(conn: Connection, incident_id: int) -> Sequence[Candidate]:
    """The earliest documents of an incident that are no copies and still stand at their source."""
    told = func.coalesce(document.c.published_at, document.c.fetched_at)
    query: Any = (
        select(
            document.c.id,
            document.c.title,
            document.c.text,
            document.c.url,
            document.c.media,
            document.c.source,
            document.c.published_at,
            document.c.fetched_at,
            func.coalesce(verdict.c.official_response, False),
            verdict.c.body,
        )
        .select_from(
            incident_document.join(document, document.c.id == incident_document.c.document_id).outerjoin(
                verdict, verdict.c.document_id == document.c.id
            )
        )
        .where(
            incident_document.c.incident_id == incident_id,
            incident_document.c.duplicate_of.is_(None),
            document.c.gone_at.is_(None),
        )
        .order_by(told, document.c.id)
        .limit(_CANDIDATES)
    )
    return [Candidate(*row) for row in conn.execute(query)]


def spread_since(conn: Connection, incident_id: int, since: datetime) -> tuple[int, int] | None:
    """Documents at the newest measurement and at the last one before `since` (0 without one)."""
    mine = spread.c.incident_id == incident_id
    newest = conn.scalar(select(spread.c.documents).where(mine).order_by(spread.c.at.desc()).limit(1))
    if newest is None:
        return None
    query = select(spread.c.documents).where(mine, spread.c.at <= since)
    before = conn.scalar(query.order_by(spread.c.at.desc()).limit(1))
    return int(newest), int(before or 0)


def sent_since(conn: Connection, since: datetime) -> Iterable[tuple[str, str, datetime, frozenset[int]]]:
    """Messages under a ceiling that left since: address, channel, when, the incidents they told of."""
    about = delivery.c.message["about"]
    query = select(delivery.c.recipient, delivery.c.channel, delivery.c.created_at, about).where(
        delivery.c.created_at > since,
        delivery.c.state.not_in(("bundled", "dropped")),
        or_(delivery.c.state != "queued", delivery.c.next_at.is_not(None)),
    )
    for recipient, channel, at, incidents in conn.execute(query):
        if incidents is not None:
            yield recipient, channel, at, frozenset(incidents)


def media_of(conn: Connection, incidents: Sequence[int]) -> dict[int, set[str]]:
    """The media that each incident's documents name."""
    joined = incident_document.join(document, document.c.id == incident_document.c.document_id)
    query = (
        select(incident_document.c.incident_id, document.c.media)
        .select_from(joined)
        .where(incident_document.c.incident_id.in_(incidents), document.c.media.is_not(None))
        .distinct()
    )
    found: dict[int, set[str]] = {number: set() for number in incidents}
    for number, medium in conn.execute(query):
        found[number].add(medium)
    return found


def desk_open(conn: Connection, since: datetime) -> bool:
    """Whether somebody has used the console since."""
    return bool(conn.scalar(select(func.count()).select_from(session).where(session.c.seen_at >= since)))
