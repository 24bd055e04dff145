"""Every table of the house, the same on SQLite and PostgreSQL, in files by group.

States are short English words, checked by the transition tables in `domain/`; people see Chinese names.
Partial unique indexes are the locks: what must happen once is unique in the database.
"""

from __future__ import annotations

from monitor.store.schema.archive import document, lead, sighting, verdict, watch
from monitor.store.schema.collecting import site, source_state, visit
from monitor.store.schema.incidents import deadline, history, incident, incident_document, separation, spread
from monitor.store.schema.machine import fault, meta, revision, role
from monitor.store.schema.notices import attachment, notice, notice_unit, report
from monitor.store.schema.outbox import delivery, link
from monitor.store.schema.papers import bulletin, file, meeting, paper, series, task
from monitor.store.schema.people import audit, login_attempt, session, user
from monitor.store.schema.shape import metadata
from monitor.store.schema.telling import alert, handover, silence, told

__all__ = [
    "alert",
    "attachment",
    "audit",
    "bulletin",
    "deadline",
    "delivery",
    "document",
    "fault",
    "file",
    "handover",
    "history",
    "incident",
    "incident_document",
    "lead",
    "link",
    "login_attempt",
    "meeting",
    "meta",
    "metadata",
    "notice",
    "notice_unit",
    "paper",
    "report",
    "revision",
    "role",
    "separation",
    "series",
    "session",
    "sighting",
    "silence",
    "site",
    "source_state",
    "spread",
    "task",
    "told",
    "user",
    "verdict",
    "visit",
    "watch",
]
