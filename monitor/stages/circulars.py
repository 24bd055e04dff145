"""通报: the last step against a unit that does not answer. Drafted by the chase; only a signer issues it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from monitor.clock import local
from monitor.domain.notice import serial_text
from monitor.domain.signing import Signature, checked_signer
from monitor.errors import CaifengError
from monitor.stages import uploads
from monitor.stages.office import Office
from monitor.stages.uploads import Checked
from monitor.store import deadlines, notices, papers
from monitor.store.deadlines import Clock
from monitor.store.moves import record
from monitor.store.series import next_number

KIND = "circular"
WORDS = "通"


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
    late = [
        {
            "unit": part.unit_name,
            "notice": found.number,
            "matter": found.title,
            "due": clock.due_at.isoformat(),
            "reminded": 1,
            "supervised": 1,
        }
        for part in notices.parts(conn, notice_id)
        for clock in deadlines.of(conn, "notice", notice_id)
        if clock.unit == part.unit and clock.runs and clock.due_at <= now
    ]
    to = [p.unit_name for p in notices.parts(conn, notice_id) if p.part != "copy"]
    if not late:
        raise CaifengError("该文书没有逾期未办的环节，无需通报")
    return {"office": house.station.office.name, "to": to, "as_of": now.isoformat(), "late": late}


def issue(
    office: Office,
    notice_id: int,
    order: Signature,
    *,
    who: str,
    now: datetime,
    scans: Sequence[Checked] = (),
) -> str:
    """签发通报: numbered, signed by name, reckoned anew at this hour; its number."""
    signer = checked_signer(office.station, order, who, now)
    with office.store.write() as conn:
        drafts = papers.of_kind(conn, KIND, "notice", notice_id)
        if not drafts or drafts[-1].facts.get("serial"):
            raise CaifengError("没有待签发的通报")
        year = local(now).year
        words = office.station.papers.numbering.supervision[:-1] + WORDS
        number = serial_text(words, year, next_number(conn, KIND, year))
        facts = {**_facts(conn, office, notice_id, now), "serial": number, "signer": signer.name}
        papers.ask(conn, KIND, "notice", notice_id, facts, now)
        uploads.keep(conn, "notice", notice_id, scans, who, now)
        record(conn, "notice", notice_id, "circular", who=who, at=now, why=f"签发通报{number}")
    return number
