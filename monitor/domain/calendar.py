"""Working days: the national calendar with its make-up days, and what the station says of its own.

Source of the national days: chinesecalendar; for years it does not know, Monday to Friday.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import chinese_calendar

from monitor.clock import SHANGHAI, local
from monitor.settings.roster import Calendar

IsWorking = Callable[[date], bool]
OFFICE_CLOSES = time(18)


@lru_cache(maxsize=4096)
def national(day: date) -> bool:
    """Whether the whole country works on that day."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def working_days(own: Calendar) -> IsWorking:
    """The calendar of one station."""
    on, off = frozenset(own.working), frozenset(own.off)
    return lambda day: day in on or (day not in off and national(day))


def after_working_days(start: datetime, days: int, is_working: IsWorking) -> datetime:
    """The close of the office on the n-th working day after the day of `start`, which is not counted."""
    day = local(start).date()
    left = days
    while left > 0:
        day += timedelta(days=1)
        left -= is_working(day)
    return datetime.combine(day, OFFICE_CLOSES, SHANGHAI)
