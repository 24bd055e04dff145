"""Documents (信息): the archive's rows, what waits to be judged or gathered, and their public counters."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from monitor.domain.document import url_key
from monitor.store import schema
from monitor.store.insert import insert, insert_once
from monitor.store.types import AnyRow

document, sighting, verdict = schema.document, schema.sighting, schema.verdict
COUNTERS = ("rank", "heat", "views", "likes", "comments", "reposts")


def add(conn: Connection, values: Mapping[str, Any]) -> int | None:
    """Archive one page; None when its address is there already."""
    return insert_once(conn, document, values, ["url_key"])


def by_key(conn: Connection, key: str) -> AnyRow | None:
    """What the archive needs to know of a page it has met before."""
    columns = (document.c.id, document.c.digest, document.c.counts, document.c.extra, document.c.text)
    return conn.execute(select(*columns).where(document.c.url_key == key)).first()


def words_of(conn: Connection, document_id: int | None) -> str:
    """Title and text of one document; empty where there is none."""
    row = conn.execute(select(document.c.title, document.c.text).where(document.c.id == document_id)).first()
    return f"{row.title}\n{row.text}" if row else ""


def known(conn: Connection, keys: Collection[str]) -> set[str]:
    """Which of these address keys are archived."""
    return set(conn.scalars(select(document.c.url_key).where(document.c.url_key.in_(keys))))


def keys_of(urls: Iterable[str]) -> list[str]:
    """The keys of these addresses."""
    return [url_key(url) for url in urls]


def rewrite(conn: Connection, document_id: int, values: Mapping[str, Any]) -> None:
    """A page edited at its source: the new text is judged and gathered afresh."""
    again = {"judged_at": None, "gathered_at": None, "gone_at": None}
    conn.execute(update(document).where(document.c.id == document_id).values(**values, **again))


def restate(conn: Connection, document_id: int, extra: Mapping[str, Any]) -> None:
    """What is known about a page beside its text; it is not judged again for that."""
    conn.execute(update(document).where(document.c.id == document_id).values(extra=dict(extra)))


def mark_gone(conn: Connection, keys: Collection[str], at: datetime) -> int:
    """Pages that are gone at their source are dropped from display."""
    gone = (
        update(document).where(document.c.url_key.in_(keys), document.c.gone_at.is_(None)).values(gone_at=at)
    )
    return conn.execute(gone).rowcount


def sight(conn: Connection, document_id: int, at: datetime, counts: Mapping[str, Any]) -> None:
    """Keep counters as they were at that moment."""
    insert(
        conn,
        sighting,
        {"document_id": document_id, "at": at, **{name: counts.get(name) for name in COUNTERS}},
    )
    conn.execute(update(document).where(document.c.id == document_id).values(counts=dict(counts)))


def to_judge(conn: Connection, limit: int, *, claim: bool = False) -> Sequence[AnyRow]:
    """The oldest documents without a verdict; claimed, nobody else is given them in this transaction."""
    waiting = select(document).where(document.c.judged_at.is_(None), document.c.kind != "list")
    if claim:
        waiting = waiting.with_for_update(skip_locked=True)
    return conn.execute(waiting.order_by(document.c.id).limit(limit)).all()


def to_gather(conn: Connection, limit: int, kind: str | None = None) -> Sequence[AnyRow]:
    """The oldest judged documents (of one kind) that have no place yet, each with its verdict."""
    waiting = (
        select(document, *_verdict_columns())
        .join(verdict, verdict.c.document_id == document.c.id)
        .where(document.c.judged_at.is_not(None), document.c.gathered_at.is_(None))
    )
    if kind is not None:
        waiting = waiting.where(document.c.kind == kind)
    return conn.execute(waiting.order_by(document.c.id).limit(limit)).all()


def _verdict_columns() -> Iterable[Any]:
    names = ("flag", "in_place", "incident", "level", "restricted", "official_response", "body")
    return (verdict.c[name].label(f"v_{name}") for name in names)


def mark(conn: Connection, ids: Collection[int], column: str, at: datetime) -> None:
    """Set `judged_at` or `gathered_at`."""
    conn.execute(update(document).where(document.c.id.in_(ids)).values({column: at}))


def gather_again(conn: Connection, ids: Collection[int]) -> None:
    """Other rules flag them now: they are placed like new ones."""
    conn.execute(update(document).where(document.c.id.in_(ids)).values(gathered_at=None))


def oldest_waiting(conn: Connection, column: str) -> datetime | None:
    """When the oldest document without that mark came in."""
    waiting = select(func.min(document.c.archived_at)).where(document.c[column].is_(None))
    if column == "gathered_at":
        waiting = waiting.where(document.c.judged_at.is_not(None))
    oldest: datetime | None = conn.scalar(waiting)
    return oldest


def unname_all(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put an alias (or nothing) in the place of the sealed author: `document_id`, `extra`, `author_alias`."""
    if rows:
        named = update(document).where(document.c.id == bindparam("document_id"))
        values: dict[str, Any] = {"extra": bindparam("extra"), "author_alias": bindparam("author_alias")}
        conn.execute(named.values(values), [dict(row) for row in rows])


def within(conn: Connection, since: datetime) -> Iterable[AnyRow]:
    """Gathered documents of the window, oldest first, with their incident: what a gatherer remembers."""
    joined = document.join(verdict, verdict.c.document_id == document.c.id).outerjoin(
        schema.incident_document, schema.incident_document.c.document_id == document.c.id
    )
    columns = (
        document.c.id, document.c.title, document.c.text, document.c.published_at, document.c.fetched_at,
        document.c.media, verdict.c.in_place, verdict.c.body, schema.incident_document.c.incident_id,
    )  # fmt: skip
    query = select(*columns).select_from(joined).where(document.c.archived_at >= since)
    return conn.execute(query.where(document.c.gathered_at.is_not(None)).order_by(document.c.id)).yield_per(
        500
    )
