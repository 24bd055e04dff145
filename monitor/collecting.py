"""Between a source's row and a visit: what the last one left, what this one taught, when to look next."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from monitor.domain.document import url_key
from monitor.domain.watching import Sought, phrases
from monitor.lookout import remembered
from monitor.settings import Station
from monitor.store import documents, faults, revisits, sources, watches
from monitor.store.engine import Store
from monitor.store.types import AnyRow
from spiders.cadence import Plan, Profile, after_failure, next_look
from spiders.crawler import FetchState, Outcome, Visit
from spiders.source import PUSHED, Source

# so many failures in a row are told; fewer are weather
TROUBLE = 3
# seconds after which another watch's words come first, where there are more than one search may ask
TURN = 300
ASLEEP = timedelta(days=365)


def prepare(conn: Connection, station: Station, now: datetime) -> None:
    """Give every source a row; a new one is due at once."""
    sources.ensure(conn, [source.id for source in station.sources], now)
    sources.rest(conn, [source.id for source in station.sources if source.kind in PUSHED], now + ASLEEP)


def delivered(conn: Connection, source: Source, received: int, new: int, now: datetime) -> None:
    """A platform pushed something: its row tells of it as after a visit, so that its silence is noticed."""
    row = sources.one(conn, source.id)
    if row is None:
        return
    outcome = Outcome(source.id, now, now, "ok", found=received, pages_new=new)
    memory = {**(row.memory or {}), "profile": _learned(conn, source, row, now).as_json()}
    values = {
        "next_at": now + ASLEEP,
        "last_success_at": now,
        "last_new_at": now if new else row.last_new_at,
        "memory": {**memory, **remembered(row, outcome)},
    }
    sources.finish(conn, source.id, values)


def visit_of(store: Store, source: Source, row: AnyRow, now: datetime) -> Visit:
    """The visit to make, with what the last one left behind."""
    memory = row.memory or {}
    state = FetchState(row.etag, row.last_modified, memory.get("fetch", {}))

    def known(url: str) -> bool:
        with store.read() as conn:
            return bool(documents.known(conn, [url_key(url)]))

    with store.read() as conn:
        again = revisits.due(conn, source.id, row.last_success_at, now)
        words = _sought(conn, source, now)
    return Visit(source, state, known, revisit=tuple(again), marks=again, words=words)


def _sought(conn: Connection, source: Source, now: datetime) -> tuple[str, ...]:
    """What a site's search is asked: the running watches by turns, then the source's own words."""
    if source.kind != "search":
        return source.words
    running = [Sought.from_json(one.words) for one in watches.active(conn)]
    return (*phrases(running, int(now.timestamp()) // TURN), *source.words)


def ended(
    conn: Connection, source: Source, row: AnyRow, outcome: Outcome, shared: Plan, now: datetime
) -> None:
    """Write how a visit went, and when to look again."""
    good = outcome.status in ("ok", "unchanged")
    values = (
        _went_well(conn, source, row, outcome, shared, now) if good else _failed(source, row, outcome, now)
    )
    past = values.get("memory") or row.memory or {}
    sources.finish(conn, source.id, {**values, "memory": {**past, **remembered(row, outcome)}})
    sources.note_visit(conn, _line(source, outcome))
    _tell(conn, source, values["failures"], outcome, now)


def _went_well(
    conn: Connection, source: Source, row: AnyRow, outcome: Outcome, shared: Plan, now: datetime
) -> dict[str, Any]:
    profile = _learned(conn, source, row, now)
    memory = dict(row.memory or {})
    memory |= {"profile": profile.as_json(), "fetch": dict(outcome.state.memory)}
    return {
        "next_at": _next(source, profile, shared, now),
        "last_success_at": now,
        "last_new_at": now if outcome.pages_new else row.last_new_at,
        "failures": 0,
        "reason": outcome.reason or None,
        "etag": outcome.state.etag,
        "last_modified": outcome.state.last_modified,
        "memory": memory,
    }


def _learned(conn: Connection, source: Source, row: AnyRow, now: datetime) -> Profile:
    profile = Profile.from_json((row.memory or {}).get("profile"))
    if row.last_success_at is None:
        return profile
    arrived = sources.arrivals(conn, source.id, row.last_success_at)
    return profile.learned(row.last_success_at, now, arrived)


def _next(source: Source, profile: Profile, shared: Plan, now: datetime) -> datetime:
    """A search that has nothing of its own to ask waits for a watch to wake it."""
    if source.kind == "search" and not source.words:
        return now + ASLEEP
    return next_look(now, profile, shared, source.cadence)


def _failed(source: Source, row: AnyRow, outcome: Outcome, now: datetime) -> dict[str, Any]:
    failures = row.failures + 1
    # a site that refuses us is not asked again before a person has looked, unless it named a time itself
    blocked = outcome.status == "blocked" and outcome.retry_after is None
    return {
        "next_at": after_failure(now, failures, source.cadence, outcome.retry_after),
        "last_failure_at": now,
        "failures": failures,
        "reason": outcome.reason,
        "blocked": blocked,
    }


def _line(source: Source, outcome: Outcome) -> dict[str, Any]:
    return {
        "source": source.id,
        "at": outcome.started,
        "status": outcome.status,
        "new_pages": outcome.pages_new,
        "requests": outcome.requests,
        "bytes": outcome.bytes,
        "seconds": (outcome.finished - outcome.started).total_seconds(),
        "reason": outcome.reason or None,
    }


def _tell(conn: Connection, source: Source, failures: int, outcome: Outcome, now: datetime) -> None:
    if outcome.status == "blocked" and outcome.retry_after is None:
        faults.open_(conn, "source", source.id, f"信源“{source.name}”已停止采集：{outcome.reason}", now)
    elif failures >= TROUBLE:
        text = f"信源“{source.name}”连续 {failures} 次采集失败：{outcome.reason}"
        faults.open_(conn, "source", source.id, text, now)
    elif failures == 0:
        faults.close(conn, "source", source.id, now)
