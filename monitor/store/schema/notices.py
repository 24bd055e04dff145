"""Notices to units and what the units hand in."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text, UniqueConstraint, text

from monitor.store.schema.shape import metadata, number, refers
from monitor.store.types import Instant, Json, Key

notice = Table(
    "notice",
    metadata,
    number(),
    refers("incident_id", "incident", nullable=False),
    Column("series", String(20), nullable=False),  # transfer warning supervision
    Column("number", String(60), unique=True),
    Column("year", Integer),
    Column("serial", Integer),
    Column("state", String(20), nullable=False),
    Column("level", Integer, nullable=False),
    Column("urgency", String(10), nullable=False),
    Column("title", Text, nullable=False),
    Column("facts", Json, nullable=False),
    Column("revision", Integer, nullable=False, default=1),
    Column("drafted_at", Instant, nullable=False),
    Column("drafted_by", String(80), nullable=False),
    Column("checked_by", String(80)),
    Column("signer", String(80)),
    Column("sign_mode", String(20)),  # paper console telephone
    Column("countersigned_at", Instant),
    Column("issued_at", Instant),
    Column("closed_at", Instant),
    Column("original_id", Key),
    Column("version", Integer, nullable=False, default=1),
    UniqueConstraint("series", "year", "serial"),
)
Index("ix_notice_incident", notice.c.incident_id)

notice_unit = Table(
    "notice_unit",
    metadata,
    number(),
    refers("notice_id", "notice", nullable=False),
    Column("unit", String(80), nullable=False),
    Column("unit_name", String(120), nullable=False),
    Column("part", String(10), nullable=False),  # lead assist street copy
    Column("delivered_at", Instant),
    Column("opened_at", Instant),
    Column("signed_at", Instant),
    Column("signer", String(80)),
    Column("post", String(80)),
    Column("phone", String(80)),
    Column("how", String(20)),  # link telephone fax paper mail
    Column("address", String(64)),
    UniqueConstraint("notice_id", "unit"),
)
Index(
    "uq_notice_one_lead",
    notice_unit.c.notice_id,
    unique=True,
    sqlite_where=text("part = 'lead'"),
    postgresql_where=text("part = 'lead'"),
)

# What a unit hands in: reports, returns, extensions, draft and final public answers.
report = Table(
    "report",
    metadata,
    number(),
    refers("notice_id", "notice", nullable=False),
    Column("unit", String(80), nullable=False),
    Column(
        "kind", String(20), nullable=False
    ),  # first further final return extension draft-answer answer order
    Column("at", Instant, nullable=False),
    Column("how", String(20), nullable=False),
    Column("by", String(80), nullable=False),
    Column("entered_by", String(80)),
    Column("address", String(64)),
    Column("body", Json, nullable=False),
    Column("decision", String(20)),  # accepted refused
    Column("decided_by", String(80)),
    Column("decided_at", Instant),
    Column("decision_why", Text),
)
Index("ix_report_notice", report.c.notice_id)

attachment = Table(
    "attachment",
    metadata,
    number(),
    Column("noun", String(20), nullable=False),
    Column("subject_id", Key, nullable=False),
    refers("file_id", "file", nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", String(80), nullable=False),
    Column("caption", Text, nullable=False, default=""),
)
Index("ix_attachment_subject", attachment.c.noun, attachment.c.subject_id)
