"""watch: sudden leads become incidents, running watches look again in time, what they find is gathered.

Between judge and gather: a page that names the place and the matter of a watch goes to the watch's incident,
whatever its wording; gather then counts it there. A round makes the searches and local lists due at once,
each no sooner than its own fastest pace; the crawl role visits them. A watch ends with its incident.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from monitor.domain.watching import Sought
from monitor.settings import Station
from monitor.stages import Done, House
from monitor.stages.sudden import Sudden, open_at_once
from monitor.store import documents, incidents, leads, sources, watches
from monitor.store.moves import record
from monitor.store.types import AnyRow
from spiders.watch import next_round, search_ids

BATCH = 500
BY_WATCH = "watch"
# an incident under observation (转观察) is still watched
ENDS = frozenset({"elsewhere", "dismissed", "closed", "filed", "merged"})


def run(house: House, now: datetime) -> Done:
    """Sudden leads and finds among what was judged, then the rounds that are due, then what has ended."""
    with house.store.read() as conn:
        running = watches.active(conn)
        rows = documents.to_gather(conn, BATCH, None if running else "lead")
    taken = _sudden(house, rows, now)
    taken += _finds(house, running, rows, now) if running else 0
    over = [one for one in running if one.state in ENDS]
    due = [one for one in running if one.next_at <= now and one.state not in ENDS]
    if over or due:
        with house.store.write() as conn:
            _end(conn, over, now)
            _look(conn, house.station, due, now)
    return Done("watch", taken + len(due))


def _sudden(house: House, rows: Sequence[AnyRow], now: datetime) -> int:
    found = [row for row in rows if row.kind == "lead" and (row.extra or {}).get("sudden") == "true"]
    if not found:
        return 0
    with house.store.write() as conn:
        new = [row for row in found if incidents.of_document(conn, row.id) is None]
        for row in new:
            open_at_once(conn, house.station, _lead(row), row.v_body, who=row.source, now=now)
    return len(new)


def _lead(row: AnyRow) -> Sudden:
    extra = row.extra or {}
    place = " ".join(filter(None, (extra.get("street"), extra.get("place"))))
    return Sudden(row.id, row.title, row.text, row.media or "上级平台", place, extra.get("unit", ""))


def _finds(house: House, running: Sequence[AnyRow], rows: Sequence[AnyRow], now: datetime) -> int:
    found = [(row, *match) for row in rows if (match := _match(running, row))]
    if not found:
        return 0
    with house.store.write() as conn:
        return sum(_attach(conn, row, incident, why, now) for row, incident, why in found)


def _match(running: Sequence[AnyRow], row: AnyRow) -> tuple[int, str] | None:
    """The first watch, the newest first, that this page belongs to, and why."""
    if row.v_in_place == "no":
        return None
    told_at, text = row.published_at or row.fetched_at, f"{row.title}\n{row.text}"
    for one in running:
        why = Sought.from_json(one.words).meets(text, told_at, one.started_at)
        if why and one.state not in ENDS and (one.restricted or not row.v_restricted):
            return one.incident_id, why
    return None


def _attach(conn: Connection, row: AnyRow, incident: int, why: str, now: datetime) -> bool:
    if incidents.of_document(conn, row.id) is not None or incident in incidents.separated(conn, row.id):
        return False
    incidents.attach(conn, incident, row.id, {"at": now, "by": BY_WATCH, "score": 1.0, "why": why})
    if row.kind == "lead":
        leads.join(conn, row.id, incident)
    return True


def _look(conn: Connection, station: Station, due: Sequence[AnyRow], now: datetime) -> None:
    if not due:
        return
    pace = {source.id: timedelta(seconds=source.cadence.fastest) for source in station.sources}
    sources.hasten(conn, {ident: pace[ident] for ident in asked(station)}, now)
    for one in due:
        watches.looked(conn, one.id, next_round(one.started_at, now, ended=False) or now)


def asked(station: Station) -> tuple[str, ...]:
    """The sources a watch can use: searches, and whole lists of our own place."""
    able = [s for s in station.sources if s.enabled and (s.kind == "search" or s.local)]
    return search_ids([(source.id, source.kind) for source in able])


def _end(conn: Connection, over: Sequence[AnyRow], now: datetime) -> None:
    watches.end(conn, [one.id for one in over], now)
    for one in over:
        why = "事件已办结或排除，专题监测随之结束"
        record(conn, "incident", one.incident_id, "watch-ended", who=BY_WATCH, at=now, why=why)
