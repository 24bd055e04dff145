"""未覆盖的平台: what a bulletin says of the platforms nobody could listen to in its period."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from monitor.domain.coverage import Gap, Heard, gaps
from monitor.settings import Station
from monitor.store import sources
from monitor.store.types import AnyRow
from spiders.source import PUSHED, Source

SOURCE = "C1"
BLOCKED, FAILED = "站点拒绝访问", "采集失败"
# what people enter by hand speaks for no platform
_BY_HAND = frozenset({"paste"})


def uncovered(conn: Connection, station: Station, since: datetime) -> tuple[Gap, ...]:
    """The platforms of the station's sources, and the common ones, not heard since then."""
    states = {row.source: row for row in sources.listing(conn)}
    pushed = [source.id for source in station.sources if source.kind in PUSHED]
    delivered = sources.delivered_since(conn, pushed, since)
    return gaps(
        [
            _heard(source, states.get(source.id), source.id in delivered, since)
            for source in station.sources
            if source.kind not in _BY_HAND
        ]
    )


def told_gaps(
    conn: Connection, station: Station, since: datetime, now: datetime
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The gaps as facts of a bulletin, and the source they rest on."""
    found = uncovered(conn, station, since)
    if not found:
        return [], []
    basis = {"id": SOURCE, "kind": "统计", "title": "信源台账与采集记录", "at": now.isoformat()}
    return [{"name": gap.platform, "why": gap.why, "sources": [SOURCE]} for gap in found], [basis]


def _heard(source: Source, state: AnyRow | None, delivered: bool, since: datetime) -> Heard:
    visited = state is not None and state.last_success_at is not None and state.last_success_at >= since
    return Heard(
        source.covers or source.media or source.name,
        source.enabled,
        source.enabled and (delivered if source.kind in PUSHED else visited),
        superior=bool(source.covers),
        board=source.kind == "hotlist",
        trouble=_trouble(state),
    )


def _trouble(state: AnyRow | None) -> str:
    if state is None or not state.failures:
        return ""
    return BLOCKED if state.blocked else FAILED
