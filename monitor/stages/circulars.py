"""通报: the last step against a unit that does not answer. Drafted by the chase; only a signer issues it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from monitor.clock import local
from monitor.domain.notice import serial_text
from monitor.domain.signing import Signature, checked_signer
from monitor.domain.telling import of_unit
from monitor.errors import CaifengError
from monitor.stages import uploads
from monitor.stages.fitting import fits
from monitor.stages.office import Office
from monitor.stages.posting import ROADS, Outgoing
from monitor.stages.uploads import Checked
from monitor.store import deadlines, notices, papers
from monitor.store.deadlines import Clock
from monitor.store.moves import record
from monitor.store.notices import Notice
from monitor.store.papers import Paper
from monitor.store.series import next_number

KIND = "circular"


@dataclass(frozen=True, slots=True)
class Words:
    """What the signer adds: another demand than the usual one, and whom it is copied to."""

    demand: str = ""
    cc: Sequence[str] = ()


def draft_censure(conn: Connection, house: Office, clock: Clock, who: str, now: datetime) -> int | None:
    """For `chase`: the 通报 of a unit's overdue notice, in the caller's transaction; its paper's id."""
    if clock.noun != "notice":
        return None
    facts = _facts(conn, house, clock.subject_id, now)
    papers.ask(conn, KIND, "notice", clock.subject_id, facts, now)
    made = papers.latest(conn, KIND, "notice", clock.subject_id)
    return made.id if made else None


def _facts(conn: Connection, house: Office, notice_id: int, now: datetime) -> dict[str, Any]:
    found = notices.get(conn, notice_id)
    parts = [p for p in notices.parts(conn, notice_id) if p.part in ("lead", "assist", "street")]
    late = [
        {
            "unit": part.unit_name,
            "notice": found.number,
            "matter": found.title,
            "due": clock.due_at.isoformat(),
            **_urged(conn, found, part.unit_name),
        }
        for part in parts
        for clock in deadlines.of(conn, "notice", notice_id)
        if clock.unit == part.unit and clock.runs and clock.due_at <= now
    ]
    if not late:
        raise CaifengError("该文书没有逾期未办的环节，无需通报")
    to = [p.unit_name for p in parts]
    return {"office": house.station.office.name, "to": to, "as_of": now.isoformat(), "late": late}


def _urged(conn: Connection, found: Notice, unit: str) -> dict[str, int]:
    """How often it was urged, and how often a 督办单 was issued on it."""
    urged = sum(p.facts.get("unit") == unit for p in papers.of_kind(conn, "reminder", "notice", found.id))
    of_it = (n for n in notices.of_incident(conn, found.incident_id) if n.original_id == found.id)
    return {"reminded": urged, "supervised": sum(n.number is not None for n in of_it)}


def issue(
    office: Office,
    notice_id: int,
    order: Signature,
    *,
    who: str,
    now: datetime,
    words: Words | None = None,
    scans: Sequence[Checked] = (),
) -> str:
    """签发通报: numbered, signed by name, reckoned anew at this hour, sent once it is made; its number."""
    signer = checked_signer(office.station, order, who, now)
    with office.store.write() as conn:
        drafts = papers.of_kind(conn, KIND, "notice", notice_id)
        if not drafts or drafts[-1].facts.get("serial"):
            raise CaifengError("没有待签发的通报")
        year = local(now).year
        series = office.station.papers.numbering.words(KIND)
        number = serial_text(series, year, next_number(conn, KIND, year))
        facts = {**_facts(conn, office, notice_id, now), "serial": number, "signer": signer.name}
        facts |= _said(words or Words())
        fits(KIND, facts)
        why = f"{signer.name}签发，{number}"
        papers.sign(conn, KIND, "notice", notice_id, facts, who=who, at=now, why=why)
        uploads.keep(conn, "notice", notice_id, scans, who, now)
        record(conn, "notice", notice_id, "circular", who=who, at=now, why=f"签发通报{number}")
    return number


def _said(words: Words) -> dict[str, Any]:
    demand = {"demand": words.demand.strip()} if words.demand.strip() else {}
    return {**demand, "cc": [name for name in words.cc if name.strip()]}


def outgoing(conn: Connection, office: Office, paper: Paper) -> Outgoing:
    """For `signed_papers`: to all units of the notice, and those it is copied to."""
    units = office.station.units_named([*paper.facts["to"], *paper.facts.get("cc", ())])
    words = ["现将互联网舆情办理逾期情况予以通报，全文见附件。请逾期单位立即补办反馈。"]
    roads = [to for unit in units for to in of_unit(office.station, unit.id, ROADS)]
    return Outgoing(f"【逾期通报】{paper.facts['serial']}", words, roads, urgency=2)
