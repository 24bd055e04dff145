"""Hand-over: at a change of shift the incoming officer is sent what is open, and has to acknowledge it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from alerts.compose import NUMERALS, plain_mail
from alerts.matter import Note
from monitor.clock import local
from monitor.domain.duty import Watch, on_duty
from monitor.domain.incident import STATES
from monitor.domain.telling import Recipient, by_person, by_role
from monitor.errors import CaifengError
from monitor.stages import Done, House
from monitor.stages.office import Office
from monitor.stages.rounds import OPEN
from monitor.store import duty, facts, outbox
from monitor.store.duty import Handover

SHIFT = "duty.shift"
PATIENCE = timedelta(minutes=20)
_SHOWN = 15


def run(house: House, now: datetime) -> Done:
    """Begin the hand-over of a new shift; remind the leader of one that nobody took."""
    with house.store.read() as conn:
        kept = facts.get(conn, SHIFT)
        newest = duty.last(conn)
    watch = _watch(house, now)
    late = newest is not None and _untaken(newest) and newest.at <= now - PATIENCE
    changed = watch is not None and (kept or {}).get("start") != watch.start.isoformat()
    if not changed and not late:
        return Done("handover")
    with house.store.write() as conn:
        if changed and watch is not None:
            _begin(conn, house, watch, (kept or {}).get("officer"), now)
        if late and newest is not None:
            _remind(conn, house, newest, now)
    return Done("handover", taken=int(changed))


def _untaken(found: Handover) -> bool:
    """Not acknowledged although something is open: with nothing open nobody is disturbed."""
    return found.acknowledged_at is None and bool(found.open_items)


def _watch(house: House, now: datetime) -> Watch | None:
    """The shift that began last, of those that run now."""
    return max(on_duty(house.station.roster, now), key=lambda w: w.start, default=None)


def _begin(conn: Connection, house: House, watch: Watch, before: str | None, now: datetime) -> None:
    facts.set_(conn, SHIFT, {"start": watch.start.isoformat(), "officer": watch.officer})
    if watch.officer is None or before is None or before == watch.officer:
        return
    items = duty.open_items(conn, OPEN)
    new = duty.begin(conn, outgoing=before, incoming=watch.officer, items=items, at=now)
    for to in by_person(house.station, watch.officer, ("mail", "chat")) if items else ():
        _send(conn, house, f"handover-{new}", to, *_words(house, watch, before, items), now)


def _words(house: House, watch: Watch, before: str, items: list[dict[str, object]]) -> tuple[str, list[str]]:
    names = {p.id: p.name for p in house.station.roster.people}
    lines = [
        f"{watch.shift}已开始，请接班并确认下列未办毕事项（{len(items)}件）。",
        f"交班人：{names.get(before, before)}。",
    ]
    lines += [f"{n}. {_line(item)}" for n, item in enumerate(items[:_SHOWN], start=1)]
    if len(items) > _SHOWN:
        lines.append(f"另有{len(items) - _SHOWN}件，见值守台。")
    return f"【交接班】{watch.shift}接班，未办毕{len(items)}件", lines


def _line(item: dict[str, object]) -> str:
    state = STATES.get(str(item["state"]), "")
    return f"{NUMERALS[int(str(item['level']))]}级　{item['title']}（{state}{_until(item)}）"


def _until(item: dict[str, object]) -> str:
    due = item.get("due_at")
    return f"，最近时限{local(datetime.fromisoformat(str(due))):%m-%d %H:%M}" if due else ""


def _remind(conn: Connection, house: House, found: Handover, now: datetime) -> None:
    """Once: the key is the hand-over's."""
    names = {p.id: p.name for p in house.station.roster.people}
    who = names.get(found.incoming, found.incoming)
    words = [f"{who}应于{local(found.at):%H:%M}接班，至今未在值守台确认接班，请核实是否到岗。"]
    for to in by_role(house.station, ("leader",), ("mail", "sms"), now):
        _send(conn, house, f"handover-late-{found.id}", to, f"【缺岗提示】{who}尚未确认接班", words, now)


def _send(
    conn: Connection, house: House, key: str, to: Recipient, title: str, words: list[str], now: datetime
) -> None:
    message = plain_mail(title, words, station=house.station.office.name, url=house.station.outward)
    parcel = outbox.Parcel(
        key=f"{key}:{to.person.id}:{to.channel}:0",
        noun="handover",
        subject_id=0,
        channel=to.channel,
        recipient=to.address,
        message=message.as_json(),
        person=to.person.name,
        urgency=3,
        about=(),
        note=Note("【交接班】", title, "；".join(words), 3, house.station.outward).as_json(),
    )
    outbox.enqueue(conn, parcel, house.station.domain, now)


def take_over(office: Office, handover_id: int, *, who: str, now: datetime, note: str = "") -> None:
    """The incoming officer acknowledges the open items. Raises CaifengError the second time."""
    with office.store.write() as conn:
        if not duty.acknowledge(conn, handover_id, f"{who}：{note}" if note.strip() else "", now):
            raise CaifengError("该交接班已确认，或不存在")
