"""The outbox: all that leaves the house, enqueued in the transaction of the state change that causes it.

The key `paper:recipient:channel:step` is unique; its hash is the Message-ID, so that a repeat after a crash
is recognisable as the same message. A row is claimed with a lease, sent outside any transaction, and marked
only with the proof in hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, or_, select, update

from monitor.store.insert import insert_all_once, insert_once
from monitor.store.schema import delivery
from monitor.store.types import AnyRow

LEASE = timedelta(minutes=3)
# 15 s, 30 s, 1 min … then every 30 minutes, for a day: longer than a mail server's worst night
_FIRST, _SLOWEST, GIVE_UP = timedelta(seconds=15), timedelta(minutes=30), timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message to one recipient, before it is in the outbox. `files` are ids of attached files.

    `about`: the incidents it tells of, for the ceilings; None for what no ceiling counts (papers, faults).
    With a `note` (its line in a bundle) it waits until the alert stage lets it go, alone or in a bundle.
    """

    key: str
    noun: str
    subject_id: int
    channel: str
    recipient: str
    message: Mapping[str, Any]
    person: str = ""
    urgency: int = 4
    files: Sequence[int] = ()
    not_before: datetime | None = None
    fallback_of: int | None = None
    about: Sequence[int] | None = None
    note: Mapping[str, Any] | None = None


def message_id(key: str, domain: str) -> str:
    """The same for the same key, for ever."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def enqueue(conn: Connection, parcel: Parcel, domain: str, now: datetime) -> int | None:
    """Put a message into the outbox; None when that key is there already."""
    return insert_once(conn, delivery, _values(parcel, domain, now), ["key"])


def enqueue_all(conn: Connection, parcels: Sequence[Parcel], domain: str, now: datetime) -> None:
    """The same for many at once."""
    insert_all_once(conn, delivery, [_values(parcel, domain, now) for parcel in parcels], ["key"])


def _values(parcel: Parcel, domain: str, now: datetime) -> dict[str, Any]:
    message = {**parcel.message, "files": list(parcel.files)}
    if parcel.about is not None:
        message["about"] = list(parcel.about)
    if parcel.note is not None:
        message["note"] = dict(parcel.note)
    return {
        "key": parcel.key,
        "message_id": message_id(parcel.key, domain),
        "noun": parcel.noun,
        "subject_id": parcel.subject_id,
        "recipient": parcel.recipient,
        "person": parcel.person,
        "channel": parcel.channel,
        "urgency": parcel.urgency,
        "message": message,
        "state": "queued",
        "created_at": now,
        "next_at": None if parcel.note is not None else parcel.not_before or now,
        "fallback_of": parcel.fallback_of,
    }


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that waits for room under a ceiling: to whom, about what, and its line in a bundle."""

    id: int
    key: str
    person: str
    recipient: str
    channel: str
    created_at: datetime
    about: Sequence[int]
    note: Mapping[str, Any]


def held(conn: Connection, until: datetime, limit: int) -> Sequence[Waiting]:
    """What waits since then or longer (queued, without a time), the longest waiting first."""
    names = ("id", "key", "person", "recipient", "channel", "created_at")
    inside = (delivery.c.message["about"], delivery.c.message["note"])
    query: Any = select(*(delivery.c[name] for name in names), *inside)
    query = query.where(delivery.c.state == "queued", delivery.c.next_at.is_(None))
    query = query.where(delivery.c.created_at <= until)
    return [Waiting(*row) for row in conn.execute(query.order_by(delivery.c.id).limit(limit))]


def let_go(conn: Connection, ids: Sequence[int], now: datetime) -> None:
    """There is room for these now; a day of attempts begins."""
    _of_held(conn, ids, created_at=now, next_at=now)


def bundled(conn: Connection, ids: Sequence[int], into: str) -> None:
    """These were told in a bundle."""
    _of_held(conn, ids, state="bundled", reason=f"并入合并提醒 {into}")


def _of_held(conn: Connection, ids: Sequence[int], **values: Any) -> None:
    waits = (delivery.c.id.in_(ids), delivery.c.state == "queued", delivery.c.next_at.is_(None))
    conn.execute(update(delivery).where(*waits).values(**values))


def has(conn: Connection, prefix: str) -> bool:
    """Whether a message whose key begins so was ever enqueued."""
    query = select(delivery.c.id).where(delivery.c.key.startswith(prefix, autoescape=True)).limit(1)
    return conn.scalar(query) is not None


def claim(conn: Connection, owner: str, now: datetime, limit: int) -> Sequence[AnyRow]:
    """Take what is due and nobody holds, the gravest first; held for LEASE."""
    free = or_(delivery.c.lease_until.is_(None), delivery.c.lease_until <= now)
    due = (
        select(delivery.c.id)
        .where(delivery.c.state == "queued", delivery.c.next_at <= now, free)
        .order_by(delivery.c.urgency, delivery.c.next_at, delivery.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = list(conn.scalars(due))
    if not ids:
        return []
    held = {"lease_owner": owner, "lease_until": now + LEASE, "attempts": delivery.c.attempts + 1}
    conn.execute(update(delivery).where(delivery.c.id.in_(ids)).values(**held))
    taken = select(delivery).where(delivery.c.id.in_(ids))
    return conn.execute(taken.order_by(delivery.c.urgency, delivery.c.next_at, delivery.c.id)).all()


def sent(conn: Connection, delivery_id: int, proof: Mapping[str, Any], at: datetime) -> None:
    """The other side took it; its answer is kept."""
    done = {"state": "sent", "sent_at": at, "proof": dict(proof), "reason": None}
    conn.execute(_of(delivery_id).values(**done, **_released()))


def failed(conn: Connection, delivery_id: int, reason: str, *, permanent: bool) -> None:
    """It will not be tried again."""
    values = {"state": "failed", "reason": reason, "permanent": permanent, "next_at": None}
    conn.execute(_of(delivery_id).values(**values, **_released()))


def again(conn: Connection, delivery_id: int, reason: str, next_at: datetime) -> None:
    """A temporary failure: tried again at that time."""
    values = {"reason": reason, "permanent": False, "next_at": next_at}
    conn.execute(_of(delivery_id).values(**values, **_released()))


def release(conn: Connection, owner: str) -> None:
    """Give back what this owner still holds: a start after a crash need not wait for the lease."""
    held = update(delivery).where(delivery.c.lease_owner == owner, delivery.c.state == "queued")
    conn.execute(held.values(**_released()))


def drop(conn: Connection, delivery_id: int, reason: str) -> None:
    """No longer wanted (acknowledged, withdrawn); only while it still waits."""
    conn.execute(_of(delivery_id).where(delivery.c.state == "queued").values(state="dropped", reason=reason))


def wait_after(attempts: int) -> timedelta:
    """The pause after so many failed attempts."""
    return min(_FIRST * float(2 ** min(attempts - 1, 20)), _SLOWEST)


def oldest_due(conn: Connection, now: datetime) -> datetime | None:
    """Since when the oldest due message waits."""
    waiting = select(func.min(delivery.c.next_at)).where(
        delivery.c.state == "queued", delivery.c.next_at <= now
    )
    oldest: datetime | None = conn.scalar(waiting)
    return oldest


def counts(conn: Connection) -> dict[str, int]:
    """How many messages are in each state."""
    rows = conn.execute(select(delivery.c.state, func.count()).group_by(delivery.c.state))
    return {state: int(number) for state, number in rows}


def undelivered(conn: Connection, limit: int = 50) -> Sequence[AnyRow]:
    """Messages that failed, or were tried and wait; newest first."""
    tried = or_(delivery.c.state == "failed", (delivery.c.state == "queued") & (delivery.c.attempts > 0))
    return conn.execute(select(delivery).where(tried).order_by(delivery.c.id.desc()).limit(limit)).all()


def _of(delivery_id: int) -> Any:
    return update(delivery).where(delivery.c.id == delivery_id)


def _released() -> dict[str, None]:
    return {"lease_owner": None, "lease_until": None}
