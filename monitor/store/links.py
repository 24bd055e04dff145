"""Signed addresses given out: whose, for what, until when; the token itself is not kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from monitor.domain.links import expires, token_hash
from monitor.store.insert import insert_all_once, insert_once
from monitor.store.schema import link


@dataclass(frozen=True, slots=True)
class Link:
    """What a token opens."""

    id: int
    purpose: str
    noun: str
    subject_id: int
    holder: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    opened_at: datetime | None

    def opens(self, now: datetime) -> bool:
        """Whether it is neither expired nor revoked."""
        return self.revoked_at is None and now < self.expires_at


_COLUMNS = [link.c[name] for name in Link.__dataclass_fields__]


def give(
    conn: Connection, token: str, purpose: str, noun: str, subject_id: int, holder: str, made_at: datetime
) -> None:
    """Register a token made by `domain.links.make_token`; a second time changes nothing."""
    insert_once(conn, link, _values(token, purpose, noun, subject_id, holder, made_at), ["token_hash"])


def give_all(
    conn: Connection, purpose: str, noun: str, tokens: Sequence[tuple[str, int, str, datetime]]
) -> None:
    """The same for many: token, subject, holder, when it was made."""
    rows = [_values(token, purpose, noun, about, holder, at) for token, about, holder, at in tokens]
    insert_all_once(conn, link, rows, ["token_hash"])


def _values(
    token: str, purpose: str, noun: str, subject_id: int, holder: str, made_at: datetime
) -> dict[str, Any]:
    return {
        "token_hash": token_hash(token),
        "purpose": purpose,
        "noun": noun,
        "subject_id": subject_id,
        "holder": holder,
        "created_at": made_at,
        "expires_at": expires(purpose, made_at),
    }


def find(conn: Connection, token: str) -> Link | None:
    """What the token opens, also when expired or revoked (`Link.opens` says so); None for a made-up one."""
    row = conn.execute(select(*_COLUMNS).where(link.c.token_hash == token_hash(token))).first()
    return Link(*row) if row else None


def opened(conn: Connection, link_id: int, now: datetime, address: str) -> None:
    """Note the first time it was opened and from where."""
    conn.execute(
        update(link)
        .where(link.c.id == link_id, link.c.opened_at.is_(None))
        .values(opened_at=now, opened_from=address[:64])
    )


def revoke(conn: Connection, noun: str, subject_id: int, now: datetime, holder: str | None = None) -> int:
    """Close all links to one matter (of one holder); how many were closed."""
    wanted = [link.c.noun == noun, link.c.subject_id == subject_id, link.c.revoked_at.is_(None)]
    if holder is not None:
        wanted.append(link.c.holder == holder)
    return int(conn.execute(update(link).where(*wanted).values(revoked_at=now)).rowcount)
