"""How the daemon itself is doing: roles, what waits in front of each stage, the outbox, what is in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, func, select

from monitor.store import schema

document, delivery = schema.document, schema.delivery


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in front of one stage: how many, and since when the oldest."""

    stage: str
    number: int
    since: datetime | None


def roles(conn: Connection) -> Sequence[RowMapping]:
    """The daemon's processes by name."""
    return conn.execute(select(schema.role).order_by(schema.role.c.name, schema.role.c.host)).mappings().all()


def waiting(conn: Connection, now: datetime) -> list[Waiting]:
    """The lag of each stage: documents to judge and to gather, messages to send, clocks that ran out."""
    to_judge = select(func.count(), func.min(document.c.archived_at)).where(document.c.judged_at.is_(None))
    to_gather = select(func.count(), func.min(document.c.judged_at)).where(
        document.c.judged_at.is_not(None), document.c.gathered_at.is_(None)
    )
    # what waits for room under a ceiling is not late: it has no time yet
    queued = (delivery.c.state == "queued", delivery.c.next_at.is_not(None))
    to_send = select(func.count(), func.min(delivery.c.created_at)).where(*queued)
    clocks, alert = schema.deadline, schema.alert
    to_chase = select(func.count(), func.min(clocks.c.next_at)).where(clocks.c.next_at <= now)
    to_alert = select(func.count(), func.min(alert.c.next_at)).where(alert.c.next_at <= now)
    queries = {"研判": to_judge, "归并": to_gather, "提醒": to_alert, "送达": to_send, "催办": to_chase}
    return [Waiting(name, *conn.execute(query).one()) for name, query in queries.items()]


def outbox(conn: Connection) -> dict[str, int]:
    """Number of messages in each state."""
    query = select(delivery.c.state, func.count()).group_by(delivery.c.state)
    return {state: number for state, number in conn.execute(query)}  # noqa: C416


def in_force(conn: Connection) -> RowMapping | None:
    """The revision of the station that is in force."""
    table = schema.revision
    columns = (table.c.id, table.c.at, table.c.author, table.c.digest, table.c.note)
    return conn.execute(select(*columns).order_by(table.c.id.desc()).limit(1)).mappings().first()


def ruleset(conn: Connection) -> str | None:
    """The hash of the rules that judged last."""
    table = schema.verdict
    return conn.scalar(select(table.c.ruleset).order_by(table.c.document_id.desc()).limit(1))


def counts(conn: Connection) -> dict[str, int]:
    """Rows of the tables an administrator asks about."""
    tables = {
        "信息": document,
        "事件": schema.incident,
        "文书": schema.paper,
        "审计记录": schema.audit,
    }
    return {name: int(conn.scalar(select(func.max(table.c.id))) or 0) for name, table in tables.items()}


def stamp(conn: Connection) -> str:
    """Changes whenever something did that a page may show: cheap enough to ask every two seconds."""
    tables = (schema.history, document, schema.alert, delivery, schema.fault, schema.visit, schema.spread)
    newest = [conn.scalar(select(func.max(table.c.id))) for table in tables]
    changed = conn.scalar(select(func.max(schema.incident.c.updated_at)))
    open_faults = conn.scalar(select(func.count()).where(schema.fault.c.closed_at.is_(None)))
    return "-".join(map(str, (*newest, changed, open_faults)))
