"""From stored facts to what an alert says: the best quotations, since when, how it spreads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection

from alerts.compose import in_brief, level_mark, matter
from alerts.matter import Alarm, Button, Note, Quote
from monitor.domain.links import address
from monitor.store.incident_moves import Incident
from monitor.store.matters import Candidate, candidates, spread_since

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")
_HOUR = timedelta(hours=1)


def alarm_of(conn: Connection, found: Incident, now: datetime, why_now: str) -> Alarm:
    """The facts of one incident at this moment, without anybody's buttons."""
    pages = candidates(conn, found.id)
    first_at, how = _first(found)
    return Alarm(
        incident=found.id,
        title=found.title,
        level=found.level,
        confirmed=found.level_confirmed is not None,
        documents=found.documents,
        as_of=now,
        first_at=first_at,
        first_how=how,
        place=found.place,
        topic=found.topic_name or "",
        source=_source(pages),
        media=found.media,
        spread=_movement(conn, found, now),
        units=tuple(str(unit.get("name", "")) for unit in found.units),
        why_level=tuple(found.level_why),
        why_now=why_now,
        quotes=() if found.restricted else best_quotes(pages, found.topic),
        restricted=found.restricted,
    )


def buttons(outward: str | None, incident_id: int, token: str) -> tuple[Button, ...]:
    """What the reader can do; none until the station has an outward address."""
    if not outward:
        return ()
    return (
        Button("acknowledge", address(outward, token, "acknowledge")),
        Button("dismiss", address(outward, token, "dismiss")),
        Button("draft", address(outward, token, "draft")),
        Button("open", f"{outward.rstrip('/')}/incidents/{incident_id}"),
    )


def note_of(alarm: Alarm, outward: str | None, *, urgent: bool) -> Note:
    """Its line in a bundle, for a message that is written before it leaves."""
    url = buttons(outward, alarm.incident, "")[-1].url if outward else None
    mark = level_mark(alarm.level, alarm.confirmed)
    return Note(mark, matter(alarm, 50), in_brief(alarm), alarm.level, url, urgent)


def _first(found: Incident) -> tuple[datetime, Literal["发生", "发布", "发现"]]:
    if found.event_at:
        return found.event_at, "发生"
    return (found.posted_at, "发布") if found.posted_at else (found.detected_at, "发现")


def _source(pages: Sequence[Candidate]) -> str:
    return (pages[0].media or pages[0].source) if pages else ""


def _movement(conn: Connection, found: Incident, now: datetime) -> str:
    counts = spread_since(conn, found.id, now - _HOUR)
    if counts is None or counts[0] <= counts[1]:
        return ""
    newest, before = counts
    if not before:
        return f"近1小时内出现{newest}条"
    return f"近1小时新增{newest - before}条，为1小时前的{newest / before:.1f}倍"


def best_quotes(pages: Sequence[Candidate], topic: str | None, most: int = 3) -> tuple[Quote, ...]:
    """Up to three: different media, the one with more of the topic's words first, then the earlier one."""
    ranked = sorted(pages, key=lambda page: -len(_hits(page, topic)))
    chosen: list[Candidate] = []
    for page in ranked:
        if _outlet(page) not in map(_outlet, chosen):
            chosen.append(page)
    return tuple(_quote(page, topic) for page in chosen[:most])


def _outlet(page: Candidate) -> str:
    return page.media or page.source


def _hits(page: Candidate, topic: str | None) -> list[tuple[str, int]]:
    """Field and offset of each hit of the topic, of all topics when the document does not have it."""
    topics = (page.body or {}).get("topics", [])
    wanted = [t for t in topics if t.get("id") == topic] or topics
    return [(hit["field"], hit["start"]) for t in wanted for hit in t.get("hits", [])]


def _quote(page: Candidate, topic: str | None) -> Quote:
    offsets = [start for field, start in _hits(page, topic) if field == "text"]
    words = _around(page.text, offsets[0]) if offsets else page.title or page.text[:120]
    return Quote(words, _outlet(page), page.url, page.published_at or page.fetched_at)


def _around(text: str, offset: int) -> str:
    """The sentence that holds the offset."""
    start = max(0, offset - 300)
    for found in _SENTENCE.finditer(text, start):
        if found.end() > offset:
            return found.group().strip()
    return text[offset : offset + 120]
