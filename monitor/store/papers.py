"""Papers as rendered: one row a revision, both formats by the hash of their content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from monitor.store.insert import insert, insert_once
from monitor.store.moves import record
from monitor.store.schema import history, paper


@dataclass(frozen=True, slots=True)
class Paper:
    """One revision of one paper; `trouble` says why a format is missing."""

    id: int
    kind: str
    noun: str
    subject_id: int
    revision: int
    at: datetime
    facts: Mapping[str, Any]
    docx_id: int | None
    pdf_id: int | None
    trouble: str | None


_COLUMNS = [paper.c[name] for name in Paper.__dataclass_fields__]


def ask(
    conn: Connection, kind: str, noun: str, subject_id: int, facts: Mapping[str, Any], at: datetime
) -> int:
    """Ask for the next revision of a paper; it is rendered outside this transaction. Its revision."""
    last = latest(conn, kind, noun, subject_id)
    revision = last.revision + 1 if last else 1
    values = {"kind": kind, "noun": noun, "subject_id": subject_id, "revision": revision, "at": at}
    insert(conn, paper, {**values, "facts": dict(facts)})
    return revision


def ask_once(
    conn: Connection, kind: str, noun: str, subject_id: int, facts: Mapping[str, Any], at: datetime
) -> bool:
    """Ask for the first revision; False when there is one."""
    values = {"kind": kind, "noun": noun, "subject_id": subject_id, "revision": 1, "at": at}
    key = ["kind", "noun", "subject_id", "revision"]
    return insert_once(conn, paper, {**values, "facts": dict(facts)}, key) is not None


def latest(conn: Connection, kind: str, noun: str, subject_id: int) -> Paper | None:
    """The newest revision."""
    mine = (paper.c.kind == kind, paper.c.noun == noun, paper.c.subject_id == subject_id)
    row = conn.execute(select(*_COLUMNS).where(*mine).order_by(paper.c.revision.desc()).limit(1)).first()
    return Paper(*row) if row else None


def of(conn: Connection, noun: str, subject_id: int) -> Sequence[Paper]:
    """All papers of one matter, the newest revision of each kind first."""
    mine = (paper.c.noun == noun, paper.c.subject_id == subject_id)
    return [
        Paper(*r)
        for r in conn.execute(select(*_COLUMNS).where(*mine).order_by(paper.c.kind, paper.c.revision.desc()))
    ]


def to_render(conn: Connection, limit: int) -> Sequence[Paper]:
    """Papers asked for and not rendered yet, oldest first."""
    waiting = (paper.c.docx_id.is_(None), paper.c.trouble.is_(None))
    return [
        Paper(*r) for r in conn.execute(select(*_COLUMNS).where(*waiting).order_by(paper.c.id).limit(limit))
    ]


def rendered(
    conn: Connection, paper_id: int, *, docx_id: int | None, pdf_id: int | None, trouble: str | None
) -> None:
    """The files are there, or why one is not."""
    values = {"docx_id": docx_id, "pdf_id": pdf_id, "trouble": trouble}
    conn.execute(update(paper).where(paper.c.id == paper_id).values(**values))


def of_kind(conn: Connection, kind: str, noun: str, subject_id: int) -> Sequence[Paper]:
    """All revisions of one kind of one matter, oldest first."""
    mine = (paper.c.kind == kind, paper.c.noun == noun, paper.c.subject_id == subject_id)
    return [Paper(*r) for r in conn.execute(select(*_COLUMNS).where(*mine).order_by(paper.c.revision))]


def one(conn: Connection, paper_id: int) -> Paper | None:
    """One revision of a paper."""
    row = conn.execute(select(*_COLUMNS).where(paper.c.id == paper_id)).first()
    return Paper(*row) if row else None


def sign(
    conn: Connection,
    kind: str,
    noun: str,
    subject_id: int,
    facts: Mapping[str, Any],
    *,
    who: str,
    at: datetime,
    why: str,
) -> int:
    """The revision that bears its signature: it is rendered, then sent. Its id."""
    ask(conn, kind, noun, subject_id, facts, at)
    made = latest(conn, kind, noun, subject_id)
    assert made is not None
    record(conn, "paper", made.id, "signed", who=who, at=at, why=why)
    return made.id


def signed_at(conn: Connection, paper_id: int) -> datetime | None:
    """When that revision was signed, if it was."""
    mine = (history.c.noun == "paper", history.c.subject_id == paper_id, history.c.event == "signed")
    at: datetime | None = conn.scalar(select(history.c.at).where(*mine).limit(1))
    return at


def to_send(conn: Connection, kinds: Sequence[str], limit: int) -> Sequence[Paper]:
    """Signed, rendered papers of these kinds that have not been put into the outbox, oldest first."""
    ready = (paper.c.kind.in_(kinds), paper.c.docx_id.is_not(None), paper.c.id.in_(_told("signed")))
    return _not_sent(conn, limit, *ready)


def unsent(conn: Connection, kind: str, noun: str, limit: int) -> Sequence[Paper]:
    """Rendered papers of a kind that goes unsigned, that have not been put into the outbox, oldest first."""
    return _not_sent(conn, limit, paper.c.kind == kind, paper.c.noun == noun, paper.c.docx_id.is_not(None))


def _told(event: str) -> Any:
    return select(history.c.subject_id).where(history.c.noun == "paper", history.c.event == event)


def _not_sent(conn: Connection, limit: int, *wanted: Any) -> Sequence[Paper]:
    query = select(*_COLUMNS).where(*wanted, paper.c.id.not_in(_told("sent")))
    return [Paper(*r) for r in conn.execute(query.order_by(paper.c.id).limit(limit))]


def sent(conn: Connection, paper_id: int, at: datetime, why: str = "") -> None:
    """Its deliveries are in the outbox, in this transaction."""
    record(conn, "paper", paper_id, "sent", who="rules", at=at, why=why)


def shown(conn: Connection, noun: str, subject_id: int) -> Sequence[Paper]:
    """The newest rendered revision of each kind of paper of a matter."""
    newest: dict[str, Paper] = {}
    for one in of(conn, noun, subject_id):
        if one.docx_id is not None:
            newest.setdefault(one.kind, one)
    return list(newest.values())
