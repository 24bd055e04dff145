"""Revisions: the station's files as applied, whole, with author and note; the last one is in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from monitor.store.insert import insert
from monitor.store.schema import revision
from monitor.store.types import AnyRow


def add(
    conn: Connection, files: Mapping[str, str], digest: str, *, author: str, note: str, at: datetime
) -> int | None:
    """Bring these files into force; None when they are in force already."""
    if current_digest(conn) == digest:
        return None
    values = {"at": at, "author": author, "digest": digest, "files": dict(files), "note": note}
    return insert(conn, revision, values)


def current(conn: Connection) -> AnyRow | None:
    """The revision in force, files included."""
    return conn.execute(select(revision).order_by(revision.c.id.desc()).limit(1)).first()


def current_digest(conn: Connection) -> str | None:
    """Its digest alone: asked every few seconds by every role."""
    return conn.scalar(select(revision.c.digest).order_by(revision.c.id.desc()).limit(1))


def get(conn: Connection, revision_id: int) -> AnyRow | None:
    """One revision, files included."""
    return conn.execute(select(revision).where(revision.c.id == revision_id)).first()


def listing(conn: Connection, limit: int = 100) -> Sequence[AnyRow]:
    """The latest revisions without their files."""
    columns = (revision.c.id, revision.c.at, revision.c.author, revision.c.digest, revision.c.note)
    return conn.execute(select(*columns).order_by(revision.c.id.desc()).limit(limit)).all()
