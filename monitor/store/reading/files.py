"""A kept file, and whether this reader may have it."""

from __future__ import annotations

from sqlalchemy import Connection, RowMapping, or_, select

from monitor.store import schema

file, paper, attachment, incident = schema.file, schema.paper, schema.attachment, schema.incident


def one(conn: Connection, file_id: int, *, restricted: bool) -> RowMapping | None:
    """The file with its body; None when there is none, nothing refers to it, or it may not be seen."""
    row = conn.execute(select(file).where(file.c.id == file_id)).mappings().first()
    if row is None:
        return None
    owners = _owners(conn, file_id)
    if not owners or (not restricted and any(is_restricted(conn, *owner) for owner in owners)):
        return None
    return row


def _owners(conn: Connection, file_id: int) -> list[tuple[str, int]]:
    """What the file belongs to: (noun, id), from papers and attachments."""
    papers = select(paper.c.noun, paper.c.subject_id).where(
        or_(paper.c.docx_id == file_id, paper.c.pdf_id == file_id)
    )
    added = select(attachment.c.noun, attachment.c.subject_id).where(attachment.c.file_id == file_id)
    return [(noun, subject) for query in (papers, added) for noun, subject in conn.execute(query)]


def is_restricted(conn: Connection, noun: str, subject: int) -> bool:
    """Whether the matter belongs to a report of wrongdoing."""
    incident_id = _incident_of(conn, noun, subject)
    if incident_id is None:
        return False
    return bool(conn.scalar(select(incident.c.restricted).where(incident.c.id == incident_id)))


def _incident_of(conn: Connection, noun: str, subject: int) -> int | None:
    """The incident behind a paper's subject; None for what belongs to none (a daily bulletin, a meeting)."""
    if noun == "incident":
        return subject
    through = {
        "notice": schema.notice,
        "bulletin": schema.bulletin,
        "task": schema.task,
        "lead": schema.lead,
    }.get(noun)
    if noun == "report":
        notice, report = schema.notice, schema.report
        joined = select(notice.c.incident_id).join_from(report, notice).where(report.c.id == subject)
        return conn.scalar(joined)
    if through is None:
        return None
    return conn.scalar(select(through.c.incident_id).where(through.c.id == subject))
