"""The one clock. Read once per tick or request and handed down; nothing else reads the time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
SHANGHAI = ZoneInfo("Asia/Shanghai")


def system_clock() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """The same instant as shown to people in China."""
    return moment.astimezone(SHANGHAI)
