"""What the office decides on what a unit handed in: returns, extensions, final report; 办结, 归档."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from monitor.domain.level import NeedsReason
from monitor.domain.notice import RELEASED
from monitor.errors import CaifengError
from monitor.stages.fitting import fits
from monitor.stages.notice_acts import Units, keep, named_units, put_down, unit_facts
from monitor.stages.office import Office
from monitor.store import deadlines, links, notices, papers, reports
from monitor.store.deadlines import Clock
from monitor.store.moves import record
from monitor.store.notices import Notice
from monitor.store.reports import Report

# 退回补充: this long for a better final report unless the office says otherwise
AGAIN = timedelta(hours=24)


def grant_return(
    office: Office, report_id: int, *, who: str, why: str, now: datetime, lead: str = ""
) -> int | None:
    """同意退单: the notice ends; with another `lead` a new draft is made for it, its id. An assisting unit
    leaves, the notice goes on."""
    with office.store.write() as conn:
        asked = reports.one(conn, report_id)
        found = notices.get(conn, asked.notice_id)
        reports.decide(conn, asked, "accepted", who=who, at=now, why=why)
        if not _asked_by_lead(conn, asked):
            _release(conn, asked, who, why, now)
            return None
        notices.step(conn, found.id, "grant-return", who=who, at=now, why=why)
        put_down(conn, found.id, who=who, why="同意退单", now=now)
        return _redraft(conn, office, found, lead, who, now) if lead else None


def _asked_by_lead(conn: Connection, asked: Report) -> bool:
    part = notices.part_of(conn, asked.notice_id, asked.unit)
    return part is not None and part.part == "lead"


def _release(conn: Connection, asked: Report, who: str, why: str, now: datetime) -> None:
    """Its clocks stop and its link closes; the others go on."""
    notices.mark(conn, asked.notice_id, asked.unit, part=RELEASED)
    deadlines.cancel(conn, "notice", asked.notice_id, who=who, now=now, why="同意退单", units=(asked.unit,))
    links.revoke(conn, "notice", asked.notice_id, now, holder=asked.unit)
    record(conn, "notice", asked.notice_id, "part-released", who=who, at=now, why=why)


def _redraft(conn: Connection, office: Office, found: Notice, lead: str, who: str, now: datetime) -> int:
    """同意改派: the same matter to another lead, as a draft that is checked and signed like any other."""
    others = [p for p in notices.parts(conn, found.id) if p.part != "lead" and p.unit != lead]
    by_part = {part: tuple(p.unit for p in others if p.part == part) for part in ("assist", "street", "copy")}
    street = next(iter(by_part["street"]), "")
    units = named_units(office.station, Units(lead, by_part["assist"], street, by_part["copy"]))
    facts = {
        **found.facts,
        **unit_facts(office.station, units),
        "serial": "",
        "signer": "",
        "signer_post": "",
        "issued_at": None,
        "revision": 0,
        "drafted_at": now.isoformat(),
    }
    fits("notice", facts)
    same = {
        n: getattr(found, n) for n in ("incident_id", "series", "level", "urgency", "title", "original_id")
    }
    values = {**same, "facts": facts, "drafted_at": now, "drafted_by": who}
    new = notices.draft(conn, values, units)
    papers.ask_once(conn, "notice", "notice", new, facts, now)
    return new


def refuse_return(office: Office, report_id: int, *, who: str, why: str, now: datetime) -> None:
    """驳回退单: the unit goes on; its clocks never stood still."""
    if not why.strip():
        raise NeedsReason("驳回退单")
    with office.store.write() as conn:
        asked = reports.one(conn, report_id)
        reports.decide(conn, asked, "refused", who=who, at=now, why=why)
        if not _asked_by_lead(conn, asked):
            record(conn, "notice", asked.notice_id, "part-return-refused", who=who, at=now, why=why)
            return
        notices.step(conn, asked.notice_id, "refuse-return", who=who, at=now, why=why)
        part = notices.part_of(conn, asked.notice_id, asked.unit)
        if part and part.signed_at:  # it had signed before it asked: that still stands
            notices.step(conn, asked.notice_id, "sign", who=who, at=now, why="退单前已签收")


def grant_extension(
    office: Office, report_id: int, *, who: str, why: str, now: datetime, until: datetime | None = None
) -> None:
    """同意延期, to the time asked for or an earlier one."""
    with office.store.write() as conn:
        asked = reports.one(conn, report_id)
        wanted = datetime.fromisoformat(str(asked.body["until"]))
        clock = _clock(conn, asked.notice_id, str(asked.body["rule"]))
        due = min(until, wanted) if until else wanted
        reports.decide(conn, asked, "accepted", who=who, at=now, why=why)
        reason = why or str(asked.body["why"])
        deadlines.extend(conn, clock, due, who=who, approved_by=who, why=reason, now=now)


def refuse_extension(office: Office, report_id: int, *, who: str, why: str, now: datetime) -> None:
    """不同意延期."""
    if not why.strip():
        raise NeedsReason("不同意延期")
    with office.store.write() as conn:
        asked = reports.one(conn, report_id)
        reports.decide(conn, asked, "refused", who=who, at=now, why=why)
        record(conn, "notice", asked.notice_id, "extension-refused", who=who, at=now, why=why)


def _clock(conn: Connection, notice_id: int, rule: str) -> Clock:
    clocks = deadlines.of(conn, "notice", notice_id)
    found = next((c for c in clocks if c.rule == rule and c.met_at is None and c.cancelled_at is None), None)
    if found is None:
        raise CaifengError("该时限已完成或已停止，无需延期")
    return found


def accept(office: Office, notice_id: int, *, opinion: str, who: str, now: datetime, score: str = "") -> None:
    """终报审核通过, with an opinion."""
    if not opinion.strip():
        raise CaifengError("请填写审核意见")
    with office.store.write() as conn:
        found = notices.get(conn, notice_id)
        notices.step(conn, notice_id, "accept", who=who, at=now, why=opinion)
        sent_back = [r for r in reports.of_notice(conn, notice_id, ["final"]) if r.decision == "refused"]
        review = {
            "opinion": opinion.strip(),
            "returned": len(sent_back),
            "reasons": [r.decision_why for r in sent_back],
            "score": score.strip(),
        }
        _decide_final(conn, notice_id, "accepted", who, now, opinion)
        notices.rewrite(conn, notice_id, {**found.facts, "review": review})


def incomplete(
    office: Office, notice_id: int, *, who: str, why: str, now: datetime, until: datetime | None = None
) -> None:
    """退回补充: the final report is wanted again, within a day unless said otherwise."""
    if not why.strip():
        raise NeedsReason("退回补充")
    with office.store.write() as conn:
        notices.step(conn, notice_id, "incomplete", who=who, at=now, why=why)
        _decide_final(conn, notice_id, "refused", who, now, why)
        for clock in deadlines.of(conn, "notice", notice_id):
            if clock.rule == "final-report" and clock.met_at is not None:
                due = max(until or now + AGAIN, clock.due_at)
                deadlines.reopen(conn, clock, due, who=who, approved_by=who, why=f"退回补充：{why}", now=now)


def _decide_final(conn: Connection, notice_id: int, decision: str, who: str, now: datetime, why: str) -> None:
    last = reports.waiting(conn, notice_id, "final")
    if last is not None:
        reports.decide(conn, last, decision, who=who, at=now, why=why)


def close(office: Office, notice_id: int, *, who: str, now: datetime, why: str = "") -> None:
    """办结: clocks stop; the paper with its review is kept as another revision."""
    with office.store.write() as conn:
        found = notices.get(conn, notice_id)
        notices.step(conn, notice_id, "close", who=who, at=now, why=why, closed_at=now)
        deadlines.cancel(conn, "notice", notice_id, who=who, now=now, why="办结")
        _reviewed(conn, found, {"closed_at": now.isoformat()}, now)


def file(office: Office, notice_id: int, *, who: str, now: datetime, archive_no: str = "") -> None:
    """归档, under its own number unless another is given."""
    with office.store.write() as conn:
        found = notices.get(conn, notice_id)
        notices.step(conn, notice_id, "file", who=who, at=now, why=archive_no or found.number or "")
        _reviewed(conn, found, {"archive_no": archive_no.strip() or found.number or ""}, now)


def _reviewed(conn: Connection, found: Notice, more: Mapping[str, Any], now: datetime) -> None:
    review = {**(found.facts.get("review") or {"opinion": "同意办结"}), **more}
    keep(conn, found.id, {**found.facts, "review": review}, now)
