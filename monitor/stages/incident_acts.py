"""What people do with an incident before and after its level: acknowledge, pass on, dismiss, close, remark.

Each act is one transaction: `act(office, incident_id, …, who, now)`. The console, signed links and the office
entering what it heard by telephone all call these. Raises IllegalMove, NeedsReason, Missing, Overtaken.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from alerts.silence import Silence
from monitor.domain.level import NeedsReason
from monitor.errors import CaifengError
from monitor.stages.office import Office
from monitor.store import alerts, deadlines, incident_moves, links, silences, told
from monitor.store.moves import record
from monitor.store.pending import drop_calls


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """Whose acknowledgement counts: `won` for one of fifty who click at once."""

    won: bool
    by: str
    at: datetime


def acknowledge(office: Office, incident_id: int, *, who: str, now: datetime) -> Acknowledged:
    """“确认收到”: stops the escalation and begins 研判. The later ones learn who was first."""
    with office.store.write() as conn:
        # the round's row is the lock: whoever comes second sees what the first one did
        waits = alerts.running(conn, incident_id) is not None
        won = alerts.acknowledge(conn, incident_id, who, now) if waits else True
        found = incident_moves.one(conn, incident_id)
        if not won or (not waits and found.state != "found"):
            return _earlier(conn, found, who, now)
        if found.state == "found":
            incident_moves.move(conn, incident_id, "acknowledge", who=who, at=now)
        else:
            record(conn, "incident", incident_id, "acknowledge", who=who, at=now)
        incident_moves.set_owner(conn, incident_id, who, now)
        drop_calls(conn, incident_id, f"{who}已确认收到")
        return Acknowledged(True, who, now)


def _earlier(conn: Connection, found: incident_moves.Incident, who: str, now: datetime) -> Acknowledged:
    last = alerts.last(conn, found.id)
    if last and last.acknowledged_by and last.acknowledged_at:
        return Acknowledged(False, last.acknowledged_by, last.acknowledged_at)
    return Acknowledged(False, found.owner or who, found.updated_at or now)


def pass_on(office: Office, incident_id: int, *, who: str, why: str, now: datetime) -> None:
    """“我无法处理”: the next step of the escalation is taken at once."""
    if not why.strip():
        raise NeedsReason("转交他人处理")
    with office.store.write() as conn:
        incident_moves.one(conn, incident_id)
        if not alerts.pass_on(conn, incident_id, now):
            raise CaifengError("该事件当前没有正在进行的告知，无需转交")
        incident_moves.set_owner(conn, incident_id, None, now)
        record(conn, "incident", incident_id, "passed-on", who=who, at=now, why=why)


def dismiss(office: Office, incident_id: int, *, who: str, why: str, now: datetime) -> None:
    """无需预警: it rests, with the reason."""
    _rest(office, incident_id, "dismiss", who, why, now)


def elsewhere(office: Office, incident_id: int, *, who: str, why: str, now: datetime) -> None:
    """非本辖区."""
    _rest(office, incident_id, "elsewhere", who, why, now)


def watch(office: Office, incident_id: int, *, who: str, why: str, now: datetime) -> None:
    """转观察: looked at again when it grows."""
    _rest(office, incident_id, "watch", who, why, now)


def close(office: Office, incident_id: int, *, who: str, why: str, now: datetime) -> None:
    """办结: its clocks stop."""
    _rest(office, incident_id, "close", who, why, now)


def file(office: Office, incident_id: int, *, who: str, now: datetime, why: str = "") -> None:
    """归档."""
    _rest(office, incident_id, "file", who, why, now)


def _rest(office: Office, incident_id: int, event: str, who: str, why: str, now: datetime) -> None:
    changes = {"closed_at": now} if event == "close" else {}
    with office.store.write() as conn:
        move = incident_moves.move(conn, incident_id, event, who=who, at=now, why=why, changes=changes)
        put_to_rest(conn, incident_id, who=who, now=now, why=why or move.event)


def put_to_rest(conn: Connection, incident_id: int, *, who: str, now: datetime, why: str) -> None:
    """Nobody is told or chased any more, and links that were mailed no longer open."""
    alerts.rest(conn, incident_id, incident_moves.one(conn, incident_id).documents, now)
    deadlines.cancel(conn, "incident", incident_id, who=who, now=now, why=why)
    drop_calls(conn, incident_id, why)
    links.revoke(conn, "incident", incident_id, now)


def reopen(office: Office, incident_id: int, *, who: str, why: str, now: datetime) -> None:
    """It flared up: back to 研判, and those on duty are told again."""
    with office.store.write() as conn:
        reopen_within(conn, incident_id, who=who, why=why, now=now)


def reopen_within(conn: Connection, incident_id: int, *, who: str, why: str, now: datetime) -> None:
    """The same inside a transaction (a stage that sees it flare up)."""
    changes = {"closed_at": None, "merged_into": None}
    incident_moves.move(conn, incident_id, "reopen", who=who, at=now, why=why, changes=changes)
    found = incident_moves.one(conn, incident_id)
    last = alerts.last(conn, incident_id)
    before = (last.snapshot or {}) if last else {}
    snapshot = {
        "level": found.level,
        "documents": found.documents,
        "responded": found.responded_at is not None,
        "confirmed": found.level_confirmed is not None,
        "rank": before.get("rank", 0),
        "people": before.get("people", []),
    }
    alerts.open_round(
        conn, incident_id, why=f"重新打开：{why}", level=found.level, now=now, snapshot=snapshot
    )


def remark(office: Office, incident_id: int, *, words: str, who: str, now: datetime) -> None:
    """A remark on the timeline."""
    with office.store.write() as conn:
        incident_moves.one(conn, incident_id)
        incident_moves.remark(conn, incident_id, words, who=who, at=now)


def instruct(
    office: Office, incident_id: int, *, leader: str, words: str, how: str, who: str, now: datetime
) -> None:
    """A leader's instruction (批示) on the timeline, as given or as the office took it down (`how`)."""
    if not words.strip():
        raise CaifengError("批示内容不能为空")
    with office.store.write() as conn:
        incident_moves.one(conn, incident_id)
        facts = {"leader": leader, "how": how}
        record(conn, "incident", incident_id, "instruction", who=who, at=now, why=words.strip(), facts=facts)


def tell(
    office: Office, incident_id: int, *, person: str, channel: str, result: str, who: str, now: datetime
) -> None:
    """Somebody was told by a person (telephone, face to face), with the result: “已接通”, “无人接听”…"""
    with office.store.write() as conn:
        incident_moves.one(conn, incident_id)
        told.add(conn, incident_id, person, channel, by=who, at=now, result=result)
        facts = {"person": person, "channel": channel}
        record(conn, "incident", incident_id, "told", who=who, at=now, why=f"{person}：{result}", facts=facts)


def silence(office: Office, wanted: Silence, *, now: datetime) -> int:
    """Keep something quiet for a while. A silence of one incident may hold it at its present level."""
    if not wanted.why.strip():
        raise NeedsReason("设置静默")
    if wanted.ends_at <= now or wanted.ends_at <= wanted.starts_at:
        raise CaifengError("静默须有晚于现在的结束时间")
    with office.store.write() as conn:
        return silences.add(conn, wanted, now)


def lift_silence(office: Office, silence_id: int, *, who: str, now: datetime) -> None:
    """End a silence early."""
    with office.store.write() as conn:
        if not silences.lift(conn, silence_id, who, now):
            raise CaifengError("该静默已结束，或不存在")
        alerts.speak_again(conn, now)
