"""The life of a bulletin (《互联网舆情信息》): one table, and the periods of the regular ones."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.clock import local
from monitor.domain.machine import Machine

KINDS: dict[str, str] = {
    "special": "专报",
    "flash": "快报",
    "follow-up": "续报",
    "daily": "日报",
    "weekly": "周报",
    "monthly": "月报",
    "messages": "留言办理通报",
}
REGULAR = ("daily", "weekly", "monthly")

STATES: dict[str, str] = {"drafted": "草拟", "checked": "已审核", "issued": "已签发", "withdrawn": "已撤销"}
EVENTS: dict[str, str] = {"check": "审核通过", "send-back": "退回修改", "issue": "签发", "withdraw": "撤销"}

MOVES: dict[str, dict[str, str]] = {
    "drafted": {"check": "checked", "withdraw": "withdrawn"},
    "checked": {"issue": "issued", "send-back": "drafted", "withdraw": "withdrawn"},
}


MACHINE = Machine("《互联网舆情信息》", STATES, EVENTS, MOVES)


def last_period(kind: str, now: datetime) -> tuple[datetime, datetime]:
    """The most recent whole period before `now`: yesterday, last week, last month."""
    today = local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    if kind == "daily":
        return today - timedelta(days=1), today
    if kind == "weekly":
        end = today - timedelta(days=today.weekday())
        return end - timedelta(days=7), end
    end = today.replace(day=1)
    return (end - timedelta(days=1)).replace(day=1), end
