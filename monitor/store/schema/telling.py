"""Who is told of an incident, how far the escalation went, who has the duty."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text, UniqueConstraint

from monitor.store.schema.shape import metadata, number, refers
from monitor.store.types import Instant, Json

# The escalation of one incident: which step comes next, who acknowledged.
alert = Table(
    "alert",
    metadata,
    number(),
    refers("incident_id", "incident", nullable=False),
    Column("round", Integer, nullable=False, default=1),
    Column("why", Text, nullable=False),
    Column("level", Integer, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("step", Integer, nullable=False, default=0),
    Column("next_at", Instant),
    Column("acknowledged_by", String(80)),
    Column("acknowledged_at", Instant),
    Column("ended_at", Instant),
    Column("snapshot", Json),
    UniqueConstraint("incident_id", "round"),
)
Index("ix_alert_next", alert.c.next_at)

silence = Table(
    "silence",
    metadata,
    number(),
    Column("match", Json, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("by", String(80), nullable=False),
    Column("why", Text, nullable=False),
)

# Who was told, how, when, by whom: by the minute, telephone calls included.
told = Table(
    "told",
    metadata,
    number(),
    refers("incident_id", "incident", nullable=False),
    Column("at", Instant, nullable=False),
    Column("person", String(120), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("by", String(80), nullable=False),
    Column("result", Text, nullable=False, default=""),
)

# Duty as it was taken over: the roster itself is configuration.
handover = Table(
    "handover",
    metadata,
    number(),
    Column("at", Instant, nullable=False),
    Column("outgoing", String(80), nullable=False),
    Column("incoming", String(80), nullable=False),
    Column("open_items", Json, nullable=False),
    Column("acknowledged_at", Instant),
    Column("note", Text, nullable=False, default=""),
)
