"""Accounts, sessions and the audit."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, LargeBinary, String, Table, Text

from monitor.store.schema.shape import metadata, number, refers
from monitor.store.types import Instant, Json

user = Table(
    "user_account",
    metadata,
    number(),
    Column("login", String(80), nullable=False, unique=True),
    Column("name", String(80), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("roles", Json, nullable=False),
    Column("unit", String(80), nullable=False, default=""),
    Column("must_change", Boolean, nullable=False, default=True),
    Column("created_at", Instant, nullable=False),
    Column("last_login_at", Instant),
    Column("disabled_at", Instant),
    Column("totp_sealed", LargeBinary),
)

session = Table(
    "session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    refers("user_id", "user_account", nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("address", String(64), nullable=False, default=""),
)

# Wrong passwords per login and address; DOMAIN.md §8.3.
login_attempt = Table(
    "login_attempt",
    metadata,
    Column("login", String(80), primary_key=True),
    Column("address", String(64), primary_key=True),
    Column("failed", Integer, nullable=False, default=0),
    Column("locks", Integer, nullable=False, default=0),
    Column("last_at", Instant),
    Column("locked_until", Instant),
)

# Append only; each row's hash covers the row before it.
audit = Table(
    "audit",
    metadata,
    number(),
    Column("at", Instant, nullable=False),
    Column("who", String(80), nullable=False),
    Column("action", String(60), nullable=False),
    Column("subject", String(120), nullable=False, default=""),
    Column("ok", Boolean, nullable=False),
    Column("address", String(64), nullable=False, default=""),
    Column("detail", Json),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
)
