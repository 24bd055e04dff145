"""Leads (线索): what was reported off-line, each tied to the document that is judged and gathered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from monitor.domain.document import storable
from monitor.domain.sealed import seal_phone
from monitor.store.insert import insert
from monitor.store.schema import lead
from spiders.mask import mask
from spiders.page import Page

CHANNELS = frozenset({"hotline", "duty", "12345", "mailbox", "superior", "media", "paste"})


def from_page(conn: Connection, key: bytes, page: Page, document_id: int, now: datetime) -> int:
    """The lead behind a page of kind `lead` (an imported row, a pushed record)."""
    extra = {name: storable(value) for name, value in page.extra.items()}
    channel = extra.get("channel", "12345" if extra.get("number") else "hotline")
    phone = extra.get("phone", "")
    values = {
        "channel": channel if channel in CHANNELS else "hotline",
        "received_at": page.published_at or page.fetched_at,
        "entered_by": page.source,
        "matter": storable(page.text or page.title),
        "place": mask(" ".join(filter(None, (extra.get("street"), extra.get("place"))))),
        "unit": extra.get("unit", ""),
        "phone_sealed": seal_phone(key, phone) if phone else None,
        "sudden": extra.get("sudden") == "true",
        "order_number": extra.get("number", "")[:80] or None,
        "document_id": document_id,
    }
    return insert(conn, lead, values)


def sealed_phone(conn: Connection, lead_id: int) -> bytes | None:
    """The sealed telephone number of a lead."""
    return conn.scalar(select(lead.c.phone_sealed).where(lead.c.id == lead_id))


def of_document(conn: Connection, document_id: int) -> int | None:
    """The lead behind a document."""
    return conn.scalar(select(lead.c.id).where(lead.c.document_id == document_id))


def join(conn: Connection, document_id: int, incident_id: int) -> None:
    """The document of a lead has found its incident."""
    conn.execute(lead.update().where(lead.c.document_id == document_id).values(incident_id=incident_id))
