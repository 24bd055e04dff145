"""What a page tells of a paper's matter: links opened, messages sent, what happened."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, select

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
