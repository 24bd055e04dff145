"""Files added to a matter: scans, evidence, a unit's annexes; the bytes stand in `files` by their hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from monitor.store.insert import insert
from monitor.store.schema import attachment, file


@dataclass(frozen=True, slots=True)
class Attached:
    """One added file, without its bytes."""

    id: int
    file_id: int
    name: str
    media_type: str
    size: int
    sha256: str
    at: datetime
    by: str
    caption: str


def add(
    conn: Connection, noun: str, subject_id: int, file_id: int, at: datetime, by: str, caption: str
) -> None:
    """Attach a kept file to a matter."""
    values = {"noun": noun, "subject_id": subject_id, "file_id": file_id, "at": at, "by": by}
    insert(conn, attachment, {**values, "caption": caption})


def of(conn: Connection, noun: str, subject_id: int) -> list[Attached]:
    """What is attached to a matter, oldest first."""
    a, f = attachment.c, file.c
    query = (
        select(a.id, a.file_id, f.name, f.media_type, f.size, f.sha256, a.at, a.by, a.caption)
        .join_from(attachment, file, f.id == a.file_id)
        .where(a.noun == noun, a.subject_id == subject_id)
        .order_by(a.id)
    )
    return [Attached(*row) for row in conn.execute(query)]
