"""What a page tells of a paper's matter: links opened, messages sent, what happened."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, select

from monitor.domain.incident import AT_REST
from monitor.domain.notice import DONE
from monitor.store import schema

_LINK = ("holder", "created_at", "expires_at", "revoked_at", "opened_at", "opened_from")
_SENT = ("person", "recipient", "channel", "state", "created_at", "sent_at", "reason", "message_id")


def links(conn: Connection, noun: str, subject_id: int) -> Sequence[RowMapping]:
    """The links given out: to whom, until when, when and from where first opened."""
    link = schema.link
    mine = (link.c.noun == noun, link.c.subject_id == subject_id)
    query = select(*(link.c[name] for name in _LINK)).where(*mine).order_by(link.c.id)
    return conn.execute(query).mappings().all()


def deliveries(conn: Connection, noun: str, subject_id: int) -> Sequence[RowMapping]:
    """The messages about it, newest first."""
    sent = schema.delivery
    mine = (sent.c.noun == noun, sent.c.subject_id == subject_id)
    query = select(*(sent.c[name] for name in _SENT)).where(*mine).order_by(sent.c.id.desc())
    return conn.execute(query).mappings().all()


def timeline(conn: Connection, noun: str, subject_id: int) -> Sequence[RowMapping]:
    """What happened to it, newest first; its clocks are told beside."""
    line = schema.history
    told = line.c.event.not_in(("deadline-started", "deadline-met"))
    mine = (line.c.noun == noun, line.c.subject_id == subject_id, told)
    query = select(line).where(*mine).order_by(line.c.at.desc(), line.c.id.desc())
    return conn.execute(query).mappings().all()


_TO_SIGN = ("circular", "first-report", "minutes")


def to_sign(conn: Connection, limit: int) -> Sequence[RowMapping]:
    """通报, 突发事件信息 and 纪要 whose newest revision bears no signature yet, the oldest first.

    What has settled itself in the meantime is left out: a notice done, an incident at rest.
    """
    p, newer = schema.paper, schema.paper.alias()
    signed = select(schema.history.c.subject_id).where(
        schema.history.c.noun == "paper", schema.history.c.event == "signed"
    )
    later = (newer.c.kind == p.c.kind, newer.c.noun == p.c.noun, newer.c.subject_id == p.c.subject_id)
    query = (
        select(p.c.id, p.c.kind, p.c.subject_id, p.c.at)
        .add_columns(schema.notice.c.title.label("notice"), schema.incident.c.title.label("incident"))
        .select_from(
            p.outerjoin(
                schema.notice, (schema.notice.c.id == p.c.subject_id) & (p.c.noun == "notice")
            ).outerjoin(schema.incident, (schema.incident.c.id == p.c.subject_id) & (p.c.noun == "incident"))
        )
        .where(p.c.kind.in_(_TO_SIGN), p.c.id.not_in(signed))
        .where(~select(newer.c.id).where(*later, newer.c.revision > p.c.revision).exists())
        .where(schema.notice.c.state.is_(None) | schema.notice.c.state.not_in(sorted(DONE)))
        .where(schema.incident.c.state.is_(None) | schema.incident.c.state.not_in(sorted(AT_REST)))
        .order_by(p.c.at)
        .limit(limit)
    )
    return conn.execute(query).mappings().all()
