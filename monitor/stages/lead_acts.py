"""A lead entered at the desk: archived like a page and judged like one; 突发重大 is an incident at once.

Issue of the duty rules (DOMAIN.md §6.2): what the officer marks as sudden and grave does not wait for the
rules. It becomes an incident in the same transaction, is told as any other, and a watch begins.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from monitor.domain.document import canonical_url, storable, text_digest, url_key
from monitor.domain.sealed import open_phone
from monitor.errors import CaifengError
from monitor.stages.office import Office
from monitor.stages.sudden import Sudden, open_at_once
from monitor.store import documents, leads
from rules.verdict import Text, Verdict
from spiders.mask import mask
from spiders.page import Page

SOURCE = "desk"
CHANNEL_NAMES = {
    "hotline": "区长公开电话",
    "duty": "应急值班",
    "12345": "12345热线",
    "mailbox": "领导信箱",
    "superior": "上级平台转办",
    "media": "媒体询问",
    "paste": "同事转来",
}
TITLE = 40
Judge = Callable[[Text], Verdict]


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody reported, as the officer took it down. `phone` is for call-back only."""

    channel: str
    matter: str
    place: str = ""
    unit: str = ""
    phone: str = ""
    order_number: str = ""
    sudden: bool = False


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of it; `incident` only for what was sudden."""

    lead: int
    document: int
    incident: int | None


def enter(office: Office, told: Told, *, who: str, now: datetime, judge: Judge | None = None) -> Entered:
    """Keep a lead, personal data masked, the number sealed. Raises CaifengError when it says nothing."""
    if not told.matter.strip():
        raise CaifengError("请写明反映的事项")
    if told.channel not in leads.CHANNELS:
        raise CaifengError("没有这种线索来源")
    page = _page(told, who, now)
    with office.store.write() as conn:
        document = documents.add(conn, _row(page, now))
        if document is None:
            raise CaifengError("这条线索已登记过")
        lead = leads.from_page(conn, office.key, page, document, now)
        incident = _at_once(conn, office, told, page, document, who, now, judge) if told.sudden else None
        return Entered(lead, document, incident)


def _page(told: Told, who: str, now: datetime) -> Page:
    matter = mask(storable(told.matter.strip()))
    extra = {
        "channel": told.channel,
        "place": mask(told.place.strip()),
        "unit": told.unit.strip(),
        "phone": told.phone.strip(),
        "number": told.order_number.strip(),
        "sudden": "true" if told.sudden else "",
    }
    return Page(
        source=who,
        url=f"lead:{now:%Y%m%d%H%M%S}-{secrets.token_hex(6)}",
        title=_title(matter),
        text=matter,
        kind="lead",
        fetched_at=now,
        published_at=now,
        media=CHANNEL_NAMES[told.channel],
        author_is_institution=True,
        extra={name: value for name, value in extra.items() if value},
    )


def _title(matter: str) -> str:
    first = matter.splitlines()[0]
    for stop in "。！？；":
        first = first.split(stop)[0]
    return first if len(first) <= TITLE else first[: TITLE - 1] + "…"


def _row(page: Page, now: datetime) -> dict[str, Any]:
    shown = {name: page.extra[name] for name in ("channel", "place", "unit") if name in page.extra}
    return {
        "source": SOURCE,
        "url": canonical_url(page.url),
        "url_key": url_key(page.url),
        "title": page.title,
        "text": "\n".join(filter(None, (page.text, shown.get("place"), shown.get("unit")))),
        "kind": page.kind,
        "media": page.media,
        "published_at": page.published_at,
        "fetched_at": now,
        "archived_at": now,
        "digest": text_digest(page.title, page.text),
        "extra": shown,
    }


def _at_once(
    conn: Connection,
    office: Office,
    told: Told,
    page: Page,
    document: int,
    who: str,
    now: datetime,
    judge: Judge | None,
) -> int:
    """The incident of a sudden, grave lead, with what the rules say of it."""
    text = Text(str(document), page.title, page.text, media=page.media, published_at=now)
    verdict = judge(text).as_json() if judge else {}
    place, unit = mask(told.place.strip()), mask(told.unit.strip())
    lead = Sudden(document, page.title, page.text, page.media or "", place, unit)
    return open_at_once(conn, office.station, lead, verdict, who=who, now=now)


def call_back(office: Office, lead_id: int) -> str:
    """The telephone number of a lead, to dial it; the caller records who asked. Raises CaifengError."""
    with office.store.write() as conn:
        sealed = leads.sealed_phone(conn, lead_id)
    number = open_phone(office.key, sealed) if sealed else None
    if number is None:
        raise CaifengError("这条线索没有留回访电话，或密钥已更换")
    return number
