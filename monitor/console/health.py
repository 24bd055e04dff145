"""How well each source is: what is configured joined with what was seen. One word and its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from monitor.console.desk import Desk
from monitor.store.reading import sources
from spiders.source import KIND_NAMES, Source

LATE = timedelta(minutes=10)
WELL, LATE_WORD, FAILING, BLOCKED, OFF, UNSEEN = "正常", "迟缓", "失败", "受阻", "停用", "待首次采集"
CSS = {WELL: "good", LATE_WORD: "warn", FAILING: "bad", BLOCKED: "bad", OFF: "", UNSEEN: ""}


@dataclass(frozen=True, slots=True)
class Health:
    """A source's line on the health page. `row`: what the store knows of it, None when never due."""

    id: str
    name: str
    kind: str
    url: str
    enabled: bool
    word: str
    why: str
    row: Any

    @property
    def css(self) -> str:
        """Class of the label."""
        return CSS[self.word]


def healths(desk: Desk, conn: Connection, now: datetime) -> list[Health]:
    """All sources of the station in force, those in trouble first."""
    known = sources.states(conn)
    found = [_health(source, known.get(source.id), now) for source in desk.station().sources]
    order = [FAILING, BLOCKED, LATE_WORD, UNSEEN, WELL, OFF]
    return sorted(found, key=lambda health: (order.index(health.word), health.name))


def _health(source: Source, row: Any, now: datetime) -> Health:
    word, why = _judged(source, row, now)
    kind = KIND_NAMES[source.kind]
    return Health(source.id, source.name, kind, source.url, source.enabled, word, why, row)


def _judged(source: Source, row: Any, now: datetime) -> tuple[str, str]:
    if not source.enabled:
        return OFF, "配置中停用"
    if row is None or (row["last_success_at"] is None and not row["failures"] and not row["blocked"]):
        return UNSEEN, ""
    if row["blocked"]:
        return BLOCKED, row["reason"] or "对方网站拒绝访问，已停止采集"
    if row["failures"]:
        return FAILING, f"连续失败 {row['failures']} 次：{row['reason'] or '原因未知'}"
    if now - row["next_at"] > LATE:
        return LATE_WORD, "到期未采集，请查看采集进程是否在运行"
    return WELL, ""
