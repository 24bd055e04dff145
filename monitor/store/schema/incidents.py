"""Incidents, their documents and spread; the history and the deadlines of everything."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from monitor.store.schema.shape import metadata, number, refers
from monitor.store.types import Instant, Json, Key

incident = Table(
    "incident",
    metadata,
    number(),
    Column("title", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("category", String(1)),  # A-G, DOMAIN.md §1.5
    Column("level_suggested", Integer, nullable=False),
    Column("level_confirmed", Integer),
    Column("level_why", Json, nullable=False),
    Column("topic", String(40)),
    Column("topic_name", String(80)),
    Column("place", Text, nullable=False, default=""),
    Column("units", Json, nullable=False),
    Column("restricted", Boolean, nullable=False, default=False),
    Column("event_at", Instant),
    Column("posted_at", Instant),
    Column("detected_at", Instant, nullable=False),
    Column("confirmed_at", Instant),
    Column("responded_at", Instant),
    Column("closed_at", Instant),
    Column("updated_at", Instant, nullable=False),
    Column("owner", String(80)),
    Column("documents", Integer, nullable=False, default=0),
    Column("media", Integer, nullable=False, default=0),
    Column("heat", Float, nullable=False, default=0.0),
    Column("keywords", Json),
    Column("first_document_id", Key),
    refers("merged_into", "incident"),
    Column("version", Integer, nullable=False, default=1),
)
Index("ix_incident_state_updated", incident.c.state, incident.c.updated_at)

incident_document = Table(
    "incident_document",
    metadata,
    Column("document_id", Key, ForeignKey("document.id"), primary_key=True),
    refers("incident_id", "incident", nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", String(80), nullable=False),  # "rules" or a person's login
    Column("score", Float),
    Column("why", Text, nullable=False, default=""),
    refers("duplicate_of", "document"),
)
Index("ix_incident_document_incident", incident_document.c.incident_id)

# What a person separated is not joined again.
separation = Table(
    "separation",
    metadata,
    refers("document_id", "document", nullable=False),
    refers("incident_id", "incident", nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", String(80), nullable=False),
    UniqueConstraint("document_id", "incident_id"),
)

spread = Table(
    "spread",
    metadata,
    number(),
    refers("incident_id", "incident", nullable=False),
    Column("at", Instant, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("media", Integer, nullable=False),
    Column("views", Key),
    Column("comments", Key),
    Column("reposts", Key),
    Column("heat", Float, nullable=False),
    Column("mark", String(20)),  # "before"/"after" a public answer
)
Index("ix_spread_incident_at", spread.c.incident_id, spread.c.at)

# Every move of every state machine, every instruction and remark: who, when, why.
history = Table(
    "history",
    metadata,
    number(),
    Column("noun", String(20), nullable=False),
    Column("subject_id", Key, nullable=False),
    Column("at", Instant, nullable=False),
    Column("who", String(80), nullable=False),
    Column("event", String(40), nullable=False),
    Column("before", String(40)),
    Column("after", String(40)),
    Column("why", Text, nullable=False, default=""),
    Column("facts", Json),
)
Index("ix_history_subject", history.c.noun, history.c.subject_id, history.c.at)

deadline = Table(
    "deadline",
    metadata,
    number(),
    Column("noun", String(20), nullable=False),
    Column("subject_id", Key, nullable=False),
    Column("rule", String(40), nullable=False),
    Column("unit", String(80), nullable=False, default=""),
    Column("starts_at", Instant, nullable=False),
    Column("start_certain", Boolean, nullable=False, default=True),
    Column("due_at", Instant, nullable=False),
    Column("met_at", Instant),
    Column("cancelled_at", Instant),
    Column("paused_at", Instant),
    Column("step", Integer, nullable=False, default=0),  # 0 none, 1 reminded before, 2 催办, 3 督办, 4 通报
    Column("next_at", Instant),
    Column("why", Text, nullable=False, default=""),
    UniqueConstraint("noun", "subject_id", "rule", "unit"),
)
Index("ix_deadline_next", deadline.c.next_at)
