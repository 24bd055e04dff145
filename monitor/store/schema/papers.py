"""Files, numbers and papers; bulletins, tasks and meetings."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, Text, UniqueConstraint, text

from monitor.store.schema.shape import metadata, number, refers
from monitor.store.types import Instant, Json, Key

file = Table(
    "file",
    metadata,
    number(),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("media_type", String(120), nullable=False),
    Column("size", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

series = Table(
    "series",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False, default=0),
)

# A paper as rendered once: a revision is a new row, both kept.
paper = Table(
    "paper",
    metadata,
    number(),
    Column("kind", String(20), nullable=False),
    Column("noun", String(20), nullable=False),
    Column("subject_id", Key, nullable=False),
    Column("revision", Integer, nullable=False, default=1),
    Column("at", Instant, nullable=False),
    Column("facts", Json, nullable=False),
    refers("docx_id", "file"),
    refers("pdf_id", "file"),
    Column("trouble", Text),
    UniqueConstraint("kind", "noun", "subject_id", "revision"),
)

bulletin = Table(
    "bulletin",
    metadata,
    number(),
    Column("kind", String(20), nullable=False),  # special flash follow-up daily weekly monthly messages
    Column("state", String(20), nullable=False),
    Column("title", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("issue", Integer),
    Column("total_issue", Integer),
    Column("period_from", Instant, nullable=False),
    Column("period_to", Instant, nullable=False),
    Column("incident_id", Key),
    Column("facts", Json, nullable=False),
    Column("drafted_at", Instant, nullable=False),
    Column("drafted_by", String(80), nullable=False),
    Column("checked_by", String(80)),
    Column("signer", String(80)),
    Column("issued_at", Instant),
    Column("version", Integer, nullable=False, default=1),
    UniqueConstraint("kind", "year", "issue"),
)
Index(
    "uq_bulletin_period",
    bulletin.c.kind,
    bulletin.c.period_from,
    bulletin.c.period_to,
    unique=True,
    sqlite_where=text("incident_id IS NULL"),
    postgresql_where=text("incident_id IS NULL"),
)

# A leader's instruction or a meeting's agreed action, chased until done.
task = Table(
    "task",
    metadata,
    number(),
    Column("origin", String(20), nullable=False),  # instruction meeting
    Column("origin_id", Key, nullable=False),
    refers("incident_id", "incident"),
    Column("kind", String(20), nullable=False),  # investigate answer note words action
    Column("words", Text, nullable=False),
    Column("leader", String(80), nullable=False, default=""),
    Column("unit", String(80), nullable=False),
    Column("assisting", Json),
    Column("state", String(20), nullable=False),
    Column("given_at", Instant, nullable=False),
    Column("how", String(20), nullable=False),
    Column("confirmed_by", String(80)),
    Column("confirmed_at", Instant),
    Column("due_at", Instant),
    Column("done_at", Instant),
    Column("result", Text, nullable=False, default=""),
)

meeting = Table(
    "meeting",
    metadata,
    number(),
    Column("kind", String(20), nullable=False),  # regular ad-hoc
    Column("state", String(20), nullable=False),
    Column("at", Instant, nullable=False),
    Column("agenda", Json, nullable=False),
    Column("minutes", Json),
    Column("called_by", String(80), nullable=False),
    Column("version", Integer, nullable=False, default=1),
)
