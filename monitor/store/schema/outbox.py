"""What leaves the house: signed addresses and the outbox."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text, text

from monitor.store.schema.shape import metadata, number, refers
from monitor.store.types import Instant, Json, Key

# A signed address given to a unit or a leader; the token itself is not kept.
link = Table(
    "link",
    metadata,
    number(),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("purpose", String(20), nullable=False),  # unit bulletin alert
    Column("noun", String(20), nullable=False),
    Column("subject_id", Key, nullable=False),
    Column("holder", String(120), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("opened_at", Instant),
    Column("opened_from", String(64)),
)

# The outbox: all that leaves the house. `key` is `paper:recipient:channel:step`; its hash is the Message-ID.
delivery = Table(
    "delivery",
    metadata,
    number(),
    Column("key", Text, nullable=False, unique=True),
    Column("message_id", String(120), nullable=False, unique=True),
    Column("noun", String(20), nullable=False),
    Column("subject_id", Key, nullable=False),
    Column("recipient", String(200), nullable=False),
    Column("person", String(120), nullable=False, default=""),
    Column("channel", String(20), nullable=False),
    Column("urgency", Integer, nullable=False, default=4),
    Column("message", Json, nullable=False),  # alerts.message.Message.as_json()
    Column("state", String(20), nullable=False),  # queued sent failed dropped bundled
    Column("attempts", Integer, nullable=False, default=0),
    Column("created_at", Instant, nullable=False),
    Column("next_at", Instant),
    Column("lease_owner", String(120)),
    Column("lease_until", Instant),
    Column("sent_at", Instant),
    Column("proof", Json),
    Column("reason", Text),
    Column("permanent", Boolean),
    refers("fallback_of", "delivery"),
)
Index(
    "ix_delivery_due",
    delivery.c.next_at,
    sqlite_where=text("state = 'queued'"),
    postgresql_where=text("state = 'queued'"),
)
Index("ix_delivery_subject", delivery.c.noun, delivery.c.subject_id)
