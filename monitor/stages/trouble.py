"""trouble: what is out of order is told to the administrator, once when it begins and once when it ends.

Faults that stand for half a minute are put into one mail; mails are ten minutes apart, so that a dead network
is one mail and not forty. A fault that comes and goes is told once an hour. Told and marked are one
transaction; without an administrator in the roster faults only stand in the console.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from alerts.compose import plain_mail
from monitor.clock import local
from monitor.domain.telling import Recipient, by_role
from monitor.stages import Done, House
from monitor.store import faults, outbox
from monitor.store.types import AnyRow

STANDS, SETTLED = timedelta(seconds=30), timedelta(minutes=2)
APART, AGAIN = timedelta(minutes=10), timedelta(hours=1)
NOUN = "fault"
_SHOWN = 20


def run(house: House, now: datetime) -> Done:
    """One mail with everything that is to be told now."""
    with house.store.read() as conn:
        rows = _due(conn, now)
    people = by_role(house.station, ("administrator",), ("mail", "chat"), now) if rows else ()
    if not people:
        return Done("trouble")
    with house.store.write() as conn:
        for to in people:
            _enqueue(conn, house, to, rows, now)
        faults.told(conn, rows, now)
    return Done("trouble", len(rows))


def _due(conn: Connection, now: datetime) -> Sequence[AnyRow]:
    rows = faults.untold(conn, now - STANDS, now - SETTLED, now - AGAIN)
    last = faults.last_told(conn) if rows else None
    return [] if last is not None and now - last < APART else rows


def _enqueue(conn: Connection, house: House, to: Recipient, rows: Sequence[AnyRow], now: datetime) -> None:
    title, lines = _words(rows)
    message = plain_mail(title, lines, station=house.station.office.name, url=house.station.outward)
    parcel = outbox.Parcel(
        key=f"fault-{rows[-1].id}-{now:%Y%m%dT%H%M%S}:{to.person.id}:{to.channel}:0",
        noun=NOUN,
        subject_id=rows[0].id,
        channel=to.channel,
        recipient=to.address,
        message=message.as_json(),
        person=to.person.name,
    )
    outbox.enqueue(conn, parcel, house.station.domain, now)


def _words(rows: Sequence[AnyRow]) -> tuple[str, list[str]]:
    new = [row for row in rows if row.closed_at is None]
    over = [row for row in rows if row.closed_at is not None]
    counts = [f"故障{len(new)}项"] * bool(new) + [f"恢复{len(over)}项"] * bool(over)
    lines = [f"{local(row.opened_at):%m-%d %H:%M} 起：{row.text}" for row in new[:_SHOWN]]
    lines += [f"已恢复（{local(row.closed_at):%m-%d %H:%M}）：{row.text}" for row in over[:_SHOWN]]
    if (rest := len(rows) - len(lines)) > 0:
        lines.append(f"另有{rest}项，见控制台“运行状况”。")
    first = (new or over)[0].text
    return f"【运行故障】{'、'.join(counts)}：{first[:40]}", lines
