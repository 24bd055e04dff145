"""Documents with their counters and verdicts; leads and watches."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    text,
)

from monitor.store.schema.shape import metadata, number, refers
from monitor.store.types import Instant, Json, Key

document = Table(
    "document",
    metadata,
    number(),
    Column("source", String(120), nullable=False),
    Column("url", Text, nullable=False),
    Column("url_key", String(64), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("media", String(200)),
    Column("author_alias", String(80)),
    Column("published_at", Instant),
    Column("has_minute", Boolean, nullable=False, default=True),
    Column("fetched_at", Instant, nullable=False),
    Column("archived_at", Instant, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("counts", Json),
    Column("extra", Json),
    Column("judged_at", Instant),
    Column("gathered_at", Instant),
    Column("gone_at", Instant),
)
Index("ix_document_digest", document.c.digest)
Index("ix_document_archived", document.c.archived_at)
Index(
    "ix_document_to_judge",
    document.c.id,
    sqlite_where=text("judged_at IS NULL"),
    postgresql_where=text("judged_at IS NULL"),
)
Index(
    "ix_document_to_gather",
    document.c.id,
    sqlite_where=text("judged_at IS NOT NULL AND gathered_at IS NULL"),
    postgresql_where=text("judged_at IS NOT NULL AND gathered_at IS NULL"),
)

# Public counters and hot-list ranks as they changed.
sighting = Table(
    "sighting",
    metadata,
    number(),
    refers("document_id", "document", nullable=False),
    Column("at", Instant, nullable=False),
    Column("rank", Integer),
    Column("heat", Float),
    Column("views", Key),
    Column("likes", Key),
    Column("comments", Key),
    Column("reposts", Key),
)
Index("ix_sighting_document_at", sighting.c.document_id, sighting.c.at)

verdict = Table(
    "verdict",
    metadata,
    Column("document_id", Key, ForeignKey("document.id"), primary_key=True),
    Column("ruleset", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Column("flag", Boolean, nullable=False),
    Column("in_place", String(10), nullable=False),
    Column("incident", Boolean, nullable=False),
    Column("level", Integer),
    Column("official_response", Boolean, nullable=False),
    Column("restricted", Boolean, nullable=False, default=False),
    Column("body", Json, nullable=False),  # rules.Verdict.as_json()
)

# Offline reports. The telephone number is encrypted and shown masked, for call-back only.
lead = Table(
    "lead",
    metadata,
    number(),
    Column("channel", String(20), nullable=False),  # hotline duty 12345 mailbox superior media paste
    Column("received_at", Instant, nullable=False),
    Column("entered_by", String(80), nullable=False),
    Column("matter", Text, nullable=False),
    Column("place", Text, nullable=False, default=""),
    Column("unit", Text, nullable=False, default=""),
    Column("phone_sealed", LargeBinary),
    Column("sudden", Boolean, nullable=False, default=False),
    Column("order_number", String(80)),
    refers("document_id", "document"),
    refers("incident_id", "incident"),
)

watch = Table(
    "watch",
    metadata,
    number(),
    refers("incident_id", "incident"),
    Column("words", Json, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("why", Text, nullable=False),
)
