"""The installation itself: facts, revisions in force, processes, faults."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text, text

from monitor.store.schema.shape import metadata, number
from monitor.store.types import Instant, Json

# One row per fact about this installation: scheduler epoch, salts' key ids, the demo's progress.
meta = Table("meta", metadata, Column("key", String(80), primary_key=True), Column("value", Json))

# What is or was in force: the station's files as applied, whole, never edited.
revision = Table(
    "revision",
    metadata,
    number(),
    Column("at", Instant, nullable=False),
    Column("author", String(80), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("files", Json, nullable=False),
    Column("note", Text, nullable=False, default=""),
)

# A process of the daemon, alive while it beats.
role = Table(
    "role",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("host", String(120), primary_key=True),
    Column("pid", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("restarts", Integer, nullable=False, default=0),
    Column("detail", Json),
)

# What is wrong with the machine or a source; open until closed_at.
fault = Table(
    "fault",
    metadata,
    number(),
    Column("kind", String(40), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("mailed_at", Instant),
)
Index(
    "uq_fault_open",
    fault.c.kind,
    fault.c.subject,
    unique=True,
    sqlite_where=text("closed_at IS NULL"),
    postgresql_where=text("closed_at IS NULL"),
)
