"""Sources as they stand, and the log of visits."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, String, Table, Text

from monitor.store.schema.shape import metadata, number
from monitor.store.types import Instant, Json

source_state = Table(
    "source_state",
    metadata,
    Column("source", String(120), primary_key=True),
    Column("next_at", Instant, nullable=False),
    Column("last_success_at", Instant),
    Column("last_new_at", Instant),
    Column("last_failure_at", Instant),
    Column("failures", Integer, nullable=False, default=0),
    Column("reason", Text),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("blocked", Boolean, nullable=False, default=False),
    Column("lease_owner", String(120)),
    Column("lease_until", Instant),
    Column("memory", Json),
)

# whose turn it is at a web site, for every process of every machine
site = Table(
    "site",
    metadata,
    Column("host", String(255), primary_key=True),
    Column("next_allowed_at", Instant, nullable=False),
    Column("held_by", String(120)),
    Column("held_until", Instant),
)

visit = Table(
    "visit",
    metadata,
    number(),
    Column("source", String(120), nullable=False),
    Column("at", Instant, nullable=False),
    Column("status", String(20), nullable=False),
    Column("new_pages", Integer, nullable=False, default=0),
    Column("requests", Integer, nullable=False, default=0),
    Column("bytes", Integer, nullable=False, default=0),
    Column("seconds", Float, nullable=False, default=0.0),
    Column("reason", Text),
)
Index("ix_visit_source_at", visit.c.source, visit.c.at)
