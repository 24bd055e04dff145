"""Messages that wait in the outbox although they are no longer needed."""

from __future__ import annotations

from sqlalchemy import Connection, update

from monitor.store.schema import delivery


def drop_calls(
    conn: Connection, incident_id: int, why: str, channels: tuple[str, ...] = ("call", "voice")
) -> int:
    """Calls about an incident that somebody has answered for need not be made; how many were dropped.

    Written messages still go out: who was to be told may as well know.
    """
    done = conn.execute(
        update(delivery)
        .where(
            delivery.c.noun == "incident",
            delivery.c.subject_id == incident_id,
            delivery.c.channel.in_(channels),
            delivery.c.state == "queued",
        )
        .values(state="dropped", reason=why, next_at=None)
    )
    return int(done.rowcount)


def drop_urging(conn: Connection, deadline_id: int, why: str) -> int:
    """Reminders of a clock that still wait for room need not be sent any more; how many were dropped."""
    done = conn.execute(
        update(delivery)
        .where(
            delivery.c.state == "queued",
            delivery.c.next_at.is_(None),
            delivery.c.key.startswith(f"chase-{deadline_id}-", autoescape=True),
        )
        .values(state="dropped", reason=why)
    )
    return int(done.rowcount)
