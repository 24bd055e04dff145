"""Every table of the house, the same on SQLite and PostgreSQL.

States are short English words, checked by the transition tables in `domain/`; people see Chinese names.
Partial unique indexes are the locks: what must happen once is unique in the database.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from monitor.store.types import Instant, Json, Key

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", Key, primary_key=True, autoincrement=True)


def _to(name: str, target: str, *, nullable: bool = True) -> Column[int]:
    return Column(name, Key, ForeignKey(f"{target}.id"), nullable=nullable)


# One row per fact about this installation: scheduler epoch, salts' key ids, the demo's progress.
meta = Table("meta", metadata, Column("key", String(80), primary_key=True), Column("value", Json))

# What is or was in force: the station's files as applied, whole, never edited.
revision = Table(
    "revision",
    metadata,
    _id(),
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
    _id(),
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

# ------------------------------------------------------------------ collecting
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

visit = Table(
    "visit",
    metadata,
    _id(),
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

# ------------------------------------------------------------------- archive
document = Table(
    "document",
    metadata,
    _id(),
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
    _id(),
    _to("document_id", "document", nullable=False),
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
    _id(),
    Column("channel", String(20), nullable=False),  # hotline duty 12345 mailbox superior media paste
    Column("received_at", Instant, nullable=False),
    Column("entered_by", String(80), nullable=False),
    Column("matter", Text, nullable=False),
    Column("place", Text, nullable=False, default=""),
    Column("unit", Text, nullable=False, default=""),
    Column("phone_sealed", LargeBinary),
    Column("sudden", Boolean, nullable=False, default=False),
    Column("order_number", String(80)),
    _to("document_id", "document"),
    _to("incident_id", "incident"),
)

watch = Table(
    "watch",
    metadata,
    _id(),
    _to("incident_id", "incident"),
    Column("words", Json, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("why", Text, nullable=False),
)

# ----------------------------------------------------------------- incidents
incident = Table(
    "incident",
    metadata,
    _id(),
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
    _to("merged_into", "incident"),
    Column("version", Integer, nullable=False, default=1),
)
Index("ix_incident_state_updated", incident.c.state, incident.c.updated_at)

incident_document = Table(
    "incident_document",
    metadata,
    Column("document_id", Key, ForeignKey("document.id"), primary_key=True),
    _to("incident_id", "incident", nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", String(80), nullable=False),  # "rules" or a person's login
    Column("score", Float),
    Column("why", Text, nullable=False, default=""),
    _to("duplicate_of", "document"),
)
Index("ix_incident_document_incident", incident_document.c.incident_id)

# What a person separated is not joined again.
separation = Table(
    "separation",
    metadata,
    _to("document_id", "document", nullable=False),
    _to("incident_id", "incident", nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", String(80), nullable=False),
    UniqueConstraint("document_id", "incident_id"),
)

spread = Table(
    "spread",
    metadata,
    _id(),
    _to("incident_id", "incident", nullable=False),
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
    _id(),
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
    _id(),
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

# The escalation of one incident: which step comes next, who acknowledged.
alert = Table(
    "alert",
    metadata,
    _id(),
    _to("incident_id", "incident", nullable=False),
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
    _id(),
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
    _id(),
    _to("incident_id", "incident", nullable=False),
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
    _id(),
    Column("at", Instant, nullable=False),
    Column("outgoing", String(80), nullable=False),
    Column("incoming", String(80), nullable=False),
    Column("open_items", Json, nullable=False),
    Column("acknowledged_at", Instant),
    Column("note", Text, nullable=False, default=""),
)

# ------------------------------------------------------------- papers, outbox
file = Table(
    "file",
    metadata,
    _id(),
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
    _id(),
    Column("kind", String(20), nullable=False),
    Column("noun", String(20), nullable=False),
    Column("subject_id", Key, nullable=False),
    Column("revision", Integer, nullable=False, default=1),
    Column("at", Instant, nullable=False),
    Column("facts", Json, nullable=False),
    _to("docx_id", "file"),
    _to("pdf_id", "file"),
    Column("trouble", Text),
    UniqueConstraint("kind", "noun", "subject_id", "revision"),
)

notice = Table(
    "notice",
    metadata,
    _id(),
    _to("incident_id", "incident", nullable=False),
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
    _id(),
    _to("notice_id", "notice", nullable=False),
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
    _id(),
    _to("notice_id", "notice", nullable=False),
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
    _id(),
    Column("noun", String(20), nullable=False),
    Column("subject_id", Key, nullable=False),
    _to("file_id", "file", nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", String(80), nullable=False),
    Column("caption", Text, nullable=False, default=""),
)
Index("ix_attachment_subject", attachment.c.noun, attachment.c.subject_id)

# A signed address given to a unit or a leader; the token itself is not kept.
link = Table(
    "link",
    metadata,
    _id(),
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

bulletin = Table(
    "bulletin",
    metadata,
    _id(),
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
    _id(),
    Column("origin", String(20), nullable=False),  # instruction meeting
    Column("origin_id", Key, nullable=False),
    _to("incident_id", "incident"),
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
    _id(),
    Column("kind", String(20), nullable=False),  # regular ad-hoc
    Column("state", String(20), nullable=False),
    Column("at", Instant, nullable=False),
    Column("agenda", Json, nullable=False),
    Column("minutes", Json),
    Column("called_by", String(80), nullable=False),
    Column("version", Integer, nullable=False, default=1),
)

# The outbox: all that leaves the house. `key` is `paper:recipient:channel:step`; its hash is the Message-ID.
delivery = Table(
    "delivery",
    metadata,
    _id(),
    Column("key", Text, nullable=False, unique=True),
    Column("message_id", String(120), nullable=False, unique=True),
    Column("noun", String(20), nullable=False),
    Column("subject_id", Key, nullable=False),
    Column("recipient", String(200), nullable=False),
    Column("person", String(120), nullable=False, default=""),
    Column("channel", String(20), nullable=False),
    Column("urgency", Integer, nullable=False, default=4),
    Column("message", Json, nullable=False),  # alerts.message.Message.as_json()
    Column("state", String(20), nullable=False),  # queued sent failed dropped
    Column("attempts", Integer, nullable=False, default=0),
    Column("created_at", Instant, nullable=False),
    Column("next_at", Instant),
    Column("lease_owner", String(120)),
    Column("lease_until", Instant),
    Column("sent_at", Instant),
    Column("proof", Json),
    Column("reason", Text),
    Column("permanent", Boolean),
    _to("fallback_of", "delivery"),
)
Index(
    "ix_delivery_due",
    delivery.c.next_at,
    sqlite_where=text("state = 'queued'"),
    postgresql_where=text("state = 'queued'"),
)
Index("ix_delivery_subject", delivery.c.noun, delivery.c.subject_id)

# ------------------------------------------------------------ people, records
user = Table(
    "user_account",
    metadata,
    _id(),
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
    _to("user_id", "user_account", nullable=False),
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
    _id(),
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
