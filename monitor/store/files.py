"""Files: papers, attachments and evidence by the hash of their content; never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from monitor.store.insert import insert_once
from monitor.store.schema import file
from monitor.store.types import AnyRow


def keep(conn: Connection, name: str, media_type: str, body: bytes, at: datetime) -> int:
    """Store a file once; the id of what has that content."""
    sha256 = hashlib.sha256(body).hexdigest()
    values = {
        "sha256": sha256,
        "name": name,
        "media_type": media_type,
        "size": len(body),
        "at": at,
        "body": body,
    }
    new = insert_once(conn, file, values, ["sha256"])
    return (
        new if new is not None else int(conn.scalars(select(file.c.id).where(file.c.sha256 == sha256)).one())
    )


def get(conn: Connection, file_id: int) -> AnyRow | None:
    """One file with its body."""
    return conn.execute(select(file).where(file.c.id == file_id)).first()


def many(conn: Connection, ids: Collection[int]) -> Sequence[AnyRow]:
    """Several files with their bodies, by id."""
    return conn.execute(select(file).where(file.c.id.in_(ids)).order_by(file.c.id)).all() if ids else []
