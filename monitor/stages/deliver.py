"""deliver: what waits in the outbox is sent, outside any transaction, and marked only with the proof in hand.

A crash between sending and marking repeats the message with the same Message-ID; it never loses one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from alerts.channels import Channel, Proof
from alerts.errors import TransportError
from alerts.message import Attachment, Message
from monitor.log import logger
from monitor.stages import Done, House
from monitor.store import faults, files, outbox
from monitor.store.types import AnyRow

# few enough that a batch of time-outs ends within its lease
BATCH = 5
# after so many temporary failures another road is tried besides (the first one goes on trying)
PATIENCE = 3
_log = logger(__name__)


def run(house: House, now: datetime) -> Done:
    """Send one batch, the gravest first."""
    with house.store.write() as conn:
        oldest = outbox.oldest_due(conn, now)
        rows = outbox.claim(conn, house.owner, now, BATCH)
    failures = sum(not _deliver(house, row, now) for row in rows)
    lag = (now - oldest).total_seconds() if oldest else 0.0
    return Done("deliver", len(rows), failures, lag, len(rows) == BATCH)


def _deliver(house: House, row: AnyRow, now: datetime) -> bool:
    try:
        proof = _send(house, row)
    except TransportError as error:
        _failed(house, row, str(error), error.permanent, now)
        return False
    except Exception as error:  # noqa: BLE001 - a channel's send: whatever breaks there is tried again
        _log.exception("deliver.broken", delivery=row.id, channel=row.channel)
        _failed(house, row, f"发送程序出错：{type(error).__name__}：{error}", False, now)
        return False
    with house.store.write() as conn:
        outbox.sent(conn, row.id, asdict(proof), now)
        faults.close(conn, "channel", row.channel, now)
    _log.info("deliver.sent", delivery=row.id, channel=row.channel, message_id=row.message_id)
    return True


def _send(house: House, row: AnyRow) -> Proof:
    channel: Channel | None = house.channels.get(row.channel)
    if channel is None:
        raise TransportError(f"没有配置渠道“{row.channel}”", permanent=True)
    return channel.send(message_of(house, row), row.recipient, row.message_id)


def message_of(house: House, row: AnyRow) -> Message:
    """The message as it was enqueued, with its files read from the store."""
    body: Mapping[str, Any] = row.message
    with house.store.read() as conn:
        attached = files.many(conn, body.get("files", ()))
    carried = tuple(Attachment(file.name, file.media_type, bytes(file.body)) for file in attached)
    words = {name: body.get(name) or "" for name in ("subject", "text", "html", "short")}
    return Message(**words, thread=body.get("thread"), attachments=carried)


def _failed(house: House, row: AnyRow, reason: str, permanent: bool, now: datetime) -> None:
    over = permanent or now - row.created_at >= outbox.GIVE_UP
    with house.store.write() as conn:
        if over:
            outbox.failed(conn, row.id, reason, permanent=permanent)
        else:
            outbox.again(conn, row.id, reason, now + outbox.wait_after(row.attempts))
        if not permanent:
            faults.open_(conn, "channel", row.channel, f"渠道“{row.channel}”发送失败：{reason}", now)
        if over and row.noun != "fault":  # a mail about faults that fails must not cause another one
            faults.open_(conn, "delivery", f"delivery-{row.id}", f"未能送达 {row.person}：{reason}", now)
        if house.fallback is not None and (over or row.attempts == PATIENCE):
            house.fallback(conn, house, row, now)
    _log.warning("deliver.failed", delivery=row.id, channel=row.channel, permanent=permanent, over=over)
