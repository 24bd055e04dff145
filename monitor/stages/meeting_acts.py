"""联席会议: the agenda is proposed, the minutes are signed, what was agreed is chased and comes up again.

Agenda: the last meeting's open actions, the period's figures, the gravest incidents (DOMAIN.md §7).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from alerts.compose import plain_mail
from alerts.message import Message
from monitor.clock import local
from monitor.domain import incident as happening
from monitor.domain.level import NeedsReason
from monitor.domain.meeting import KINDS
from monitor.domain.signing import Signature, checked_signer
from monitor.domain.task import STATES as TASK_STATES
from monitor.domain.telling import of_unit
from monitor.errors import CaifengError
from monitor.stages import uploads
from monitor.stages.fitting import fits
from monitor.stages.office import Office
from monitor.stages.posting import ROADS, Letter, Outgoing, called, post_to
from monitor.stages.task_acts import confirm_within
from monitor.stages.uploads import Checked
from monitor.store import bulletins, incident_moves, meetings, papers, tasks
from monitor.store.meetings import Meeting
from monitor.store.papers import Paper
from monitor.store.series import next_number
from monitor.store.tasks import Task

KIND = "minutes"
CASES = 5
FIRST = timedelta(days=30)  # what the first meeting looks back on
OPEN = ("found", "judging", "warned", "handling", "answered")


@dataclass(frozen=True, slots=True)
class Plan:
    """When and where, who presides, which units come."""

    kind: str
    at: datetime
    place: str = ""
    chair: str = ""
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreed:
    """One agreed action: what, by whom, until when."""

    text: str
    unit: str
    due_at: datetime | None = None
    assist: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Minutes:
    """What was heard, studied and agreed, and who was there."""

    heard: Sequence[str] = ()
    studied: Sequence[str] = ()
    decisions: Sequence[str] = ()
    actions: Sequence[Agreed] = ()
    present: Sequence[str] = ()
    absent: Sequence[str] = ()
    sitting_in: Sequence[str] = ()


def plan(office: Office, wanted: Plan, *, who: str, now: datetime) -> int:
    """筹备: with the agenda proposed from what is stored; the meeting's id."""
    if wanted.kind not in KINDS:
        raise CaifengError("会议为例会或会商")
    with office.store.write() as conn:
        agenda = _agenda(conn, office, wanted, now)
        values = {"kind": wanted.kind, "at": wanted.at, "agenda": agenda, "called_by": who}
        new = meetings.add(conn, values, now)
        papers.ask(conn, "agenda", "meeting", new, agenda, now)
    return new


def _agenda(conn: Connection, office: Office, wanted: Plan, now: datetime) -> dict[str, Any]:
    last = meetings.last_before(conn, wanted.at)
    since = last.at if last else wanted.at - FIRST
    chosen = [u for ident in wanted.units if (u := office.station.unit(ident))]
    return {
        "office": office.station.office.name,
        "kind": KINDS[wanted.kind],
        "at": wanted.at.isoformat(),
        "place": wanted.place,
        "chair": wanted.chair,
        "made_at": now.isoformat(),
        "present": [u.name for u in chosen],
        "open_actions": [_told(office, t) for t in tasks.to_tell(conn, "meeting", since, wanted.at)],
        "state": _state(bulletins.totals(conn, since, min(now, wanted.at)), since),
        "cases": [_case(conn, i) for i in bulletins.incidents_between(conn, since, wanted.at, CASES)],
    }


def _told(office: Office, found: Task) -> dict[str, Any]:
    unit = office.station.unit(found.unit)
    return {
        "text": found.words,
        "lead": unit.name if unit else found.unit,
        "assist": [u.name for ident in found.assisting or () if (u := office.station.unit(ident))],
        "due_at": found.due_at.isoformat() if found.due_at else None,
        "progress": found.result[:60] or TASK_STATES[found.state],
    }


def _state(totals: Mapping[str, int], since: datetime) -> list[str]:
    return [
        f"自{local(since):%m月%d日}以来，收集信息{totals['documents']}条，新增舆情事件{totals['opened']}起，"
        f"办结{totals['closed']}起，在办{totals['running']}起。"
    ]


def _case(conn: Connection, incident_id: int) -> dict[str, Any]:
    found = incident_moves.one(conn, incident_id)
    lead = next((u["name"] for u in found.units if u.get("role") == "lead"), "")
    state = happening.STATES[found.state]
    return {
        "incident": str(found.id),
        "title": found.title[:100],
        "level": found.level,
        "unit": lead,
        "state": state,
    }


def call(office: Office, meeting_id: int, units: Sequence[str], *, who: str, now: datetime) -> int:
    """会议通知 to the units' contacts; to how many addresses it goes."""
    with office.store.write() as conn:
        meetings.step(conn, meeting_id, "call", who=who, at=now)
        found = meetings.get(conn, meeting_id)
        roads = [to for unit in units for to in of_unit(office.station, unit, ROADS)]
        letter = Letter(f"meeting-{meeting_id}", "meeting", meeting_id, _invitation(office, found))
        return post_to(conn, office, roads, letter, now)


def _invitation(office: Office, found: Meeting) -> Message:
    at = f"{local(found.at):%Y年%m月%d日%H时%M分}"
    place = str(found.agenda.get("place") or "另行通知")
    words = [f"时间：{at}", f"地点：{place}", "请安排负责同志参加，并准备本单位承办事项的办理情况。"]
    words += called(office.station)
    title = f"【会议通知】网络舆情信息联席会议（{KINDS[found.kind]}），{at}"
    return plain_mail(title, words, station=office.station.office.name, thread=f"meeting-{found.id}")


def hold(office: Office, meeting_id: int, minutes: Minutes, *, who: str, now: datetime) -> None:
    """召开: the minutes as a draft, rewritten until they are signed. Raises DoesNotFit."""
    with office.store.write() as conn:
        found = meetings.get(conn, meeting_id)
        facts = _minutes(office, found, minutes, now)
        fits(KIND, facts)
        meetings.step(conn, meeting_id, "rewrite" if found.state == "held" else "hold", who=who, at=now)
        orders = [_stored(a) for a in minutes.actions]
        meetings.keep(conn, meeting_id, minutes={"facts": facts, "orders": orders})
        papers.ask(conn, KIND, "meeting", meeting_id, facts, now)


def _stored(action: Agreed) -> dict[str, Any]:
    due = action.due_at.isoformat() if action.due_at else None
    return {"text": action.text, "unit": action.unit, "due_at": due, "assist": list(action.assist)}


def _minutes(office: Office, found: Meeting, minutes: Minutes, now: datetime) -> dict[str, Any]:
    same = {name: found.agenda[name] for name in ("office", "kind", "at", "place", "chair")}
    said = {
        n: list(getattr(minutes, n))
        for n in ("heard", "studied", "decisions", "present", "absent", "sitting_in")
    }
    actions = [_action(office, n, a) for n, a in enumerate(minutes.actions, start=1)]
    return {**same, **said, "made_at": now.isoformat(), "actions": actions}


def _action(office: Office, number: int, action: Agreed) -> dict[str, Any]:
    unit = office.station.unit(action.unit)
    if unit is None or not action.text.strip():
        raise CaifengError("每项议定事项须写明内容和责任单位")
    named = [u.name for ident in action.assist if (u := office.station.unit(ident))]
    due = action.due_at.isoformat() if action.due_at else None
    return {
        "number": str(number),
        "text": action.text.strip(),
        "lead": unit.name,
        "assist": named,
        "due_at": due,
    }


def issue(
    office: Office,
    meeting_id: int,
    order: Signature,
    *,
    who: str,
    now: datetime,
    scans: Sequence[Checked] = (),
) -> int:
    """签发纪要: numbered; each agreed action becomes a task with a clock, its unit is told. Its number."""
    signer = checked_signer(office.station, order, who, now)
    with office.store.write() as conn:
        meetings.step(conn, meeting_id, "issue", who=who, at=now)
        found = meetings.get(conn, meeting_id)
        number = next_number(conn, "minutes", local(now).year)
        kept = found.minutes or {"facts": {}, "orders": []}
        facts = {**kept["facts"], "issue": number, "signer": signer.name, "made_at": now.isoformat()}
        fits(KIND, facts)
        meetings.keep(conn, meeting_id, minutes={**kept, "facts": facts})
        why = f"{signer.name}签发，第{number}期"
        papers.sign(conn, KIND, "meeting", meeting_id, facts, who=who, at=now, why=why)
        uploads.keep(conn, "meeting", meeting_id, scans, who, now)
        for action in kept["orders"]:
            _order(conn, office, meeting_id, action, who, now)
    return number


def _order(
    conn: Connection, office: Office, meeting_id: int, action: Mapping[str, Any], who: str, now: datetime
) -> None:
    values = {
        "origin": "meeting", "origin_id": meeting_id, "kind": "action", "words": action["text"],
        "leader": "", "unit": action["unit"], "assisting": action["assist"], "state": "unconfirmed",
        "given_at": now, "how": "paper", "result": "",
    }  # fmt: skip
    due = datetime.fromisoformat(action["due_at"]) if action["due_at"] else None
    confirm_within(conn, office, tasks.add(conn, values, who), action["unit"], due, who, now)


def outgoing(conn: Connection, office: Office, paper: Paper) -> Outgoing:
    """For `signed_papers`: the minutes to the units that were invited and those that have something to do."""
    invited = meetings.get(conn, paper.subject_id).agenda.get("present", ())
    charged = [name for a in paper.facts["actions"] for name in (a["lead"], *a["assist"])]
    units = office.station.units_named([*invited, *charged])
    words = ["现将会议纪要印发给你们，全文见附件。涉及你单位的议定事项另行交办，请按时限办理并反馈。"]
    title = f"【会议纪要】网络舆情信息联席会议纪要第{paper.facts['issue']}期"
    return Outgoing(title, words, [to for u in units for to in of_unit(office.station, u.id, ROADS)])


def cancel(office: Office, meeting_id: int, *, who: str, why: str, now: datetime) -> None:
    """取消, with the reason."""
    if not why.strip():
        raise NeedsReason("取消会议")
    with office.store.write() as conn:
        meetings.step(conn, meeting_id, "cancel", who=who, at=now, why=why)
