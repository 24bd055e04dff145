"""留言办理: the period's messages as the facts of its bulletin: totals, channels, units, topics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from monitor.settings.station import Station
from monitor.store import messages
from monitor.store.messages import CHANNELS, Message

# A leaders' message board among the sources is known by its name.
_BOARDS = ("留言板", "信箱", "留言", "问政")
_TOPICS = 12


def told_messages(conn: Connection, station: Station, since: datetime, until: datetime) -> dict[str, Any]:
    """`messages` of `alerts.kinds.bulletin`, without sources."""
    boards = [s.id for s in station.sources if any(word in s.name for word in _BOARDS)]
    found = messages.received(conn, since, until, boards)
    channels = Counter(CHANNELS[m.channel] for m in found)
    topics = Counter(m.topic for m in found)
    return {
        "received": len(found),
        "answered": sum(m.answered_at is not None for m in found),
        "late": sum(m.late for m in found),
        "channels": [_tally(name, channels[name]) for name in CHANNELS.values() if channels[name]],
        "by_unit": _by_unit(found),
        "topics": [_tally(name, n) for name, n in _ranked(topics)[:_TOPICS]],
    }


def _tally(name: str, count: int) -> dict[str, Any]:
    return {"name": name, "count": count}


def _ranked(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def _by_unit(found: Sequence[Message]) -> list[dict[str, Any]]:
    """Messages that name their unit, the most first."""
    given = _ranked(Counter(m.unit for m in found if m.unit))
    return [_unit(name, [m for m in found if m.unit == name]) for name, _ in given]


def _unit(name: str, mine: Sequence[Message]) -> dict[str, Any]:
    answered = [m for m in mine if m.answered_at is not None]
    late = sum(m.late for m in answered)
    return {"unit": name, "received": len(mine), "answered": len(answered), "late": late}
