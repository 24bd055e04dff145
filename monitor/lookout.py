"""Never blind: sources are looked over now and then; what is out of order is a fault until right again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection

from monitor.settings import Station
from monitor.store import faults, sources
from monitor.store.engine import Store
from monitor.store.types import AnyRow
from spiders import health
from spiders.cadence import Plan, Profile
from spiders.health import Health
from spiders.source import PUSHED, Source
from spiders.visit import Outcome

EVERY = timedelta(seconds=20)
# told when the visit ends, by collecting.py
_TOLD_THERE = frozenset({"blocked", "failing"})
# a search that finds nothing has found nothing: neither silence nor another layout
_NOT_OF_SEARCHES = frozenset({"silent", "layout"})
# what people enter has no habit that its silence could break
BY_HAND = frozenset({"paste"})
_HANGING = "source-hanging"
_WATCHED = tuple(kind for kind in health.NAMES if kind not in _TOLD_THERE)


def remembered(row: AnyRow, outcome: Outcome) -> Mapping[str, object]:
    """What a source's memory keeps of its health after a visit."""
    return {"health": Health.from_json((row.memory or {}).get("health")).after(outcome).as_json()}


def look_over(
    store: Store, station: Station, shared: Plan, alive: Mapping[str, datetime], now: datetime
) -> None:
    """Open and close the faults of every enabled source; `alive` is the last sign of each visit under way."""
    with store.read() as conn:
        rows = {row.source: row for row in sources.listing(conn)}
    found = {
        source.id: _faults(source, rows[source.id], shared, alive, now)
        for source in station.sources
        if source.enabled and source.kind not in BY_HAND and source.id in rows
    }
    with store.read() as conn:
        before = {(row.kind, row.subject) for row in faults.open_now(conn)}
    # a visit under way on another machine is that machine's to judge
    before -= {(_HANGING, ident) for ident, row in rows.items() if _elsewhere(row, alive, now)}
    for source in station.sources:
        _settle(store, source, found.get(source.id, {}), before, now)


def _elsewhere(row: AnyRow, alive: Mapping[str, datetime], now: datetime) -> bool:
    return row.lease_until is not None and row.lease_until > now and row.source not in alive


def _faults(
    source: Source, row: AnyRow, shared: Plan, alive: Mapping[str, datetime], now: datetime
) -> dict[str, str]:
    memory = row.memory or {}
    due = None if row.blocked or _elsewhere(row, alive, now) else row.next_at
    troubles = health.faults(
        source.id,
        Health.from_json(memory.get("health")),
        Profile.from_json(memory.get("profile")),
        shared,
        now,
        due=due,
        started=alive.get(source.id),
        gap=timedelta(seconds=source.limits.timeout + 5),
    )
    return {one.kind: one.reason for one in troubles if one.kind not in _left_out(source)}


def _left_out(source: Source) -> frozenset[str]:
    if source.kind in PUSHED:
        return frozenset(health.NAMES) - {"silent"}
    return _TOLD_THERE | (_NOT_OF_SEARCHES if source.kind == "search" else frozenset())


def _settle(
    store: Store, source: Source, found: Mapping[str, str], before: set[tuple[str, str]], now: datetime
) -> None:
    """Write only what changed: looking over costs nothing while all is well."""
    kinds = [kind for kind in _WATCHED if kind in found or (f"source-{kind}", source.id) in before]
    if not kinds:
        return
    with store.write() as conn:
        for kind in kinds:
            _write(conn, source, kind, found.get(kind), now)


def _write(conn: Connection, source: Source, kind: str, reason: str | None, now: datetime) -> None:
    if reason is None:
        faults.close(conn, f"source-{kind}", source.id, now)
        return
    name = health.NAMES[kind]  # type: ignore[index]
    faults.open_(conn, f"source-{kind}", source.id, f"信源“{source.name}”{name}：{reason}", now)
