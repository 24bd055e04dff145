"""Messages of citizens (留言、来信、来电) in a period: every lead, every entry of a leaders' board."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, literal, select

from monitor.store.schema import document, incident, incident_document, lead

# A message whose incident was answered in public, or whose row says so (DOMAIN.md §1.2: 48 hours).
IN_TIME = timedelta(hours=48)
CHANNELS: dict[str, str] = {
    "hotline": "区长公开电话",
    "12345": "12345热线",
    "mailbox": "领导信箱",
    "duty": "应急值班",
    "superior": "上级转办",
    "board": "网上留言板",
}
# What colleagues pass on and what a journalist asks is no citizen's message.
_COUNTED = frozenset(CHANNELS) - {"board"}
_DONE = ("已办结", "办结", "已回复", "已答复", "已处理", "已反馈", "已解决")


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `answered_at`: when the answer was seen; None for none."""

    channel: str
    at: datetime
    unit: str
    topic: str
    answered_at: datetime | None

    @property
    def late(self) -> bool:
        """Answered later than it should have been."""
        return self.answered_at is not None and self.answered_at - self.at > IN_TIME


def received(
    conn: Connection, since: datetime, until: datetime, boards: Collection[str] = ()
) -> Sequence[Message]:
    """Leads and, of the sources named, documents; each once, as they stood at the end of the period."""
    told = [*_leads(conn, since, until), *_posts(conn, since, until, boards)]
    return [_message(row, until) for row in told]


def _leads(conn: Connection, since: datetime, until: datetime) -> Sequence[Any]:
    query = (
        select(lead.c.channel, lead.c.received_at, lead.c.unit, document.c.extra)
        .add_columns(incident.c.topic_name, incident.c.responded_at)
        .join_from(lead, incident, incident.c.id == lead.c.incident_id, isouter=True)
        .join(document, document.c.id == lead.c.document_id, isouter=True)
        .where(lead.c.received_at >= since, lead.c.received_at < until, lead.c.channel.in_(_COUNTED))
    )
    return conn.execute(query.order_by(lead.c.id)).all()


def _posts(conn: Connection, since: datetime, until: datetime, boards: Collection[str]) -> Sequence[Any]:
    """What citizens wrote on a leaders' board that the station reads."""
    told = func.coalesce(document.c.published_at, document.c.fetched_at)
    query = (
        select(literal("board"), document.c.published_at, literal(""), document.c.extra)
        .add_columns(incident.c.topic_name, incident.c.responded_at, document.c.fetched_at)
        .join_from(
            document, incident_document, incident_document.c.document_id == document.c.id, isouter=True
        )
        .join(incident, incident.c.id == incident_document.c.incident_id, isouter=True)
        .where(document.c.source.in_(boards), document.c.kind != "lead", told >= since, told < until)
    )
    return conn.execute(query.order_by(document.c.id)).all() if boards else ()


def _message(row: Any, until: datetime) -> Message:
    channel, at, unit, extra, topic, responded_at, *fetched = row
    at, extra = at or fetched[0], extra or {}
    answered = responded_at if responded_at is not None and responded_at < until else None
    return Message(
        channel,
        at,
        unit or str(extra.get("unit", "")),
        topic or str(extra.get("category", "")) or "其他",
        answered or _answered(extra, at, until),
    )


def _answered(extra: Any, at: datetime, until: datetime) -> datetime | None:
    """What an exported row says of itself; when that was first seen, else with the message."""
    if not str(extra.get("status", "")).startswith(_DONE):
        return None
    seen = datetime.fromisoformat(extra["status_at"]) if extra.get("status_at") else at
    return seen if seen < until else None
