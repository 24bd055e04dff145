"""督办: a 督办单 drafted from an overdue notice, with what a leader said; signed like any notice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from monitor.domain.notice import SERIES
from monitor.errors import CaifengError
from monitor.stages.fitting import fits
from monitor.stages.notice_acts import not_restricted
from monitor.stages.notice_facts import orders_at
from monitor.stages.office import Office
from monitor.store import deadlines, notices, papers
from monitor.store.deadlines import Clock
from monitor.store.notices import Notice

DEMAND = "请立即组织办理，并于规定时限前书面反馈结果，说明逾期原因"


@dataclass(frozen=True, slots=True)
class Demand:
    """What a 督办单 adds: whose words, what is demanded, who is told of a further delay."""

    instruction: str = ""
    leader: str = ""
    demand: str = DEMAND
    report_to: tuple[str, ...] = ()


def escalate(office: Office, notice_id: int, demand: Demand, *, who: str, now: datetime) -> int:
    """升级为督办, by a person; the draft's id."""
    with office.store.write() as conn:
        return draft_from(conn, office, notice_id, demand, who, now)


def draft_supervision(conn: Connection, house: Office, clock: Clock, who: str, now: datetime) -> int | None:
    """For `chase`: the 督办单 of an overdue notice, or of the last notice of an overdue incident.

    None for a task: a leader's instruction or an agreed action is taken up by its leader, not by a paper.
    """
    if clock.noun == "task":
        return None
    if clock.noun == "notice":
        return draft_from(conn, house, clock.subject_id, Demand(), who, now)
    issued = [n for n in notices.of_incident(conn, clock.subject_id) if n.number]
    if not issued:
        raise CaifengError("该事件没有已下发的文书可督办")
    return draft_from(conn, house, issued[-1].id, Demand(), who, now)


def draft_from(
    conn: Connection, office: Office, notice_id: int, demand: Demand, who: str, now: datetime
) -> int:
    """A draft in the caller's transaction. While one waits for its signer no second is made."""
    found = notices.get(conn, notice_id)
    if not found.number or found.issued_at is None:
        raise CaifengError("只能对已签发的文书督办")
    not_restricted(conn, found)
    original = found.original_id or found.id
    earlier = [n for n in notices.of_incident(conn, found.incident_id) if n.original_id == original]
    waiting = next(
        (n for n in earlier if not n.number and n.state in ("drafted", "pending", "checked")), None
    )
    if waiting is not None:
        return waiting.id
    facts = _facts(conn, office, found, demand, len([n for n in earlier if n.number]) + 1, now)
    fits("notice", facts)
    same = {n: getattr(found, n) for n in ("incident_id", "level", "title")}
    values = {**same, "series": "supervision", "urgency": facts["urgency"], "original_id": original}
    units = [(p.unit, p.unit_name, p.part) for p in notices.parts(conn, found.id)]
    new = notices.draft(conn, {**values, "facts": facts, "drafted_at": now, "drafted_by": who}, units)
    papers.ask_once(conn, "notice", "notice", new, facts, now)
    return new


def _facts(
    conn: Connection, office: Office, found: Notice, demand: Demand, times: int, now: datetime
) -> Mapping[str, Any]:
    clocks = [c for c in deadlines.of(conn, "notice", found.id) if c.met_at is None and c.due_at <= now]
    due = min((c.due_at for c in clocks), default=found.issued_at or now)
    noted = datetime.fromisoformat(found.facts["matter"]["noted_at"])
    orders = {**found.facts["orders"], **orders_at(office.station, found.level, noted, now)}
    return {
        **found.facts,
        "series": SERIES["supervision"],
        "urgency": "特急" if found.level <= 2 else "加急",
        "serial": "",
        "signer": "",
        "signer_post": "",
        "issued_at": None,
        "revision": 0,
        "review": None,
        "drafted_at": now.isoformat(),
        "orders": orders,
        "supervision": {
            "times": times,
            "original": found.number,
            "due": due.isoformat(),
            "as_of": now.isoformat(),
            "instruction": demand.instruction,
            "instructed_by": demand.leader,
            "demand": demand.demand,
            "report_to": list(demand.report_to),
        },
    }
