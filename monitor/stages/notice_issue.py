"""签发: number, facts, paper and clocks in one transaction, by a named signer; later only corrections.

Nothing leaves the house before this. A number is taken in the transaction that uses it: none is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from alerts.kinds.feedback import feedback_for
from alerts.kinds.notice_facts import Notice as Facts
from monitor.clock import local
from monitor.domain import incident as happening
from monitor.domain.calendar import working_days
from monitor.domain.deadline import RULES, Moments, first_report_start, reckon
from monitor.domain.level import NeedsReason
from monitor.domain.notice import MACHINE, serial_text
from monitor.domain.signing import Signature, checked_signer, same_hand
from monitor.errors import CaifengError
from monitor.settings.station import Station
from monitor.stages import uploads
from monitor.stages.fitting import fits
from monitor.stages.notice_acts import Change, keep, not_restricted, rewritten
from monitor.stages.notice_facts import orders_at
from monitor.stages.office import Office
from monitor.stages.uploads import Checked
from monitor.store import deadlines, incident_moves, notices, papers
from monitor.store.moves import record
from monitor.store.notices import Notice
from monitor.store.series import next_number


@dataclass(frozen=True, slots=True)
class Issued:
    """The number it got, and a warning where one person held several roles."""

    number: str
    warning: str


def issue(
    office: Office,
    notice_id: int,
    order: Signature,
    *,
    who: str,
    now: datetime,
    scans: Sequence[Checked] = (),
) -> Issued:
    """Issue a checked notice. Raises NotASigner, IllegalMove, OnlyHandedOver, DoesNotFit, Overtaken."""
    signer = checked_signer(office.station, order, who, now)
    with office.store.write() as conn:
        found = notices.get(conn, notice_id)
        MACHINE.move(found.state, "issue")
        not_restricted(conn, found)
        year = local(now).year
        serial = next_number(conn, f"notice-{found.series}", year)
        words = getattr(office.station.papers.numbering, found.series)
        number = serial_text(words, year, serial)
        facts = _issued_facts(conn, office.station, found, now)
        facts |= {"serial": number, "signer": signer.name, "signer_post": signer.post}
        warning = same_hand((("起草", found.drafted_by), ("审核", found.checked_by), ("签发", order.signer)))
        notices.step(
            conn, notice_id, "issue", who=who, at=now, why=warning,
            number=number, year=year, serial=serial, signer=order.signer, sign_mode=order.mode, issued_at=now,
        )  # fmt: skip
        keep(conn, notice_id, facts, now)
        ask_feedback(conn, notice_id, facts, now)
        uploads.keep(conn, "notice", notice_id, scans, who, now)
        start_clocks(conn, office.station, notices.get(conn, notice_id), who, now)
        _handle(conn, found.incident_id, number, who, now)
    return Issued(number, warning)


def _issued_facts(conn: Connection, station: Station, found: Notice, now: datetime) -> dict[str, Any]:
    """Limits run from the issue, not from the draft."""
    about = incident_moves.one(conn, found.incident_id)
    orders = {**found.facts["orders"], **orders_at(station, found.level, about.detected_at, now)}
    return {**found.facts, "issued_at": now.isoformat(), "revision": 0, "orders": orders}


def ask_feedback(conn: Connection, notice_id: int, facts: dict[str, Any], now: datetime) -> None:
    """The empty 《办理结果反馈单》 that goes out with the notice."""
    form = feedback_for(Facts.model_validate(facts)).model_dump(mode="json")
    papers.ask(conn, "feedback", "notice", notice_id, form, now)


def start_clocks(conn: Connection, station: Station, found: Notice, who: str, now: datetime) -> None:
    """`sign` for the lead and each assisting unit and the street, both reports for the lead."""
    works = working_days(station.roster.calendar)
    issued = found.issued_at or now
    sign = reckon(RULES["sign"], found.level, Moments(issued=issued), now, works, station.deadlines)
    start = first_report_start(issued, None, sign.due_at)
    moments = Moments(issued=issued, signed=start)
    for part in notices.parts(conn, found.id):
        if part.part == "copy":
            continue
        wanted = ("sign", "first-report", "final-report") if part.part == "lead" else ("sign",)
        for rule in wanted:
            reckoned = reckon(RULES[rule], found.level, moments, now, works, station.deadlines)
            deadlines.start(conn, "notice", found.id, reckoned, unit=part.unit, who=who, now=now)


def _handle(conn: Connection, incident_id: int, number: str, who: str, now: datetime) -> None:
    """A notice is out: the incident is being handled."""
    found = incident_moves.one(conn, incident_id)
    if "handle" in happening.MACHINE.possible(found.state):
        incident_moves.move(conn, incident_id, "handle", who=who, at=now, why=f"已签发{number}")
    else:
        record(conn, "incident", incident_id, "notice-issued", who=who, at=now, why=f"已签发{number}")


def countersign(
    office: Office,
    notice_id: int,
    signer: str,
    *,
    who: str,
    now: datetime,
    scans: Sequence[Checked] = (),
) -> None:
    """补签: what was ordered by telephone is signed on paper or in person."""
    with office.store.write() as conn:
        found = notices.get(conn, notice_id)
        if found.sign_mode != "telephone" or found.countersigned_at is not None:
            raise CaifengError("该文书不是待补签的电话签批件")
        if signer != found.signer and signer not in office.station.papers.signers:
            raise CaifengError("补签须由原签批人或有签发权的人办理")
        notices.rewrite(conn, notice_id, found.facts, countersigned_at=now)
        uploads.keep(conn, "notice", notice_id, scans, who, now)
        record(conn, "notice", notice_id, "countersign", who=who, at=now, why=f"{signer}补签")


def correct(
    office: Office, notice_id: int, change: Change, order: Signature, *, who: str, why: str, now: datetime
) -> int:
    """更正: a new revision under the same number, signed anew and sent to all units; both are kept."""
    if not why.strip():
        raise NeedsReason("更正")
    if change.units is not None:
        raise CaifengError("更换承办单位请撤销原件、另行签发")
    signer = checked_signer(office.station, order, who, now)
    with office.store.write() as conn:
        found = notices.get(conn, notice_id)
        if (
            found.issued_at is None
            or MACHINE.possible(found.state) == ()
            or found.state in ("closed", "filed")
        ):
            raise CaifengError("只有已签发、未办结的文书可以更正")
        revision = found.revision + 1
        facts = rewritten(found.facts, change) | {"revision": revision - 1, "signer": signer.name}
        fits("notice", facts)
        keep(conn, notice_id, facts, now, revision=revision)
        notices.deliver_again(conn, notice_id)
        record(conn, "notice", notice_id, "correct", who=who, at=now, why=f"第{revision - 1}次更正：{why}")
    return revision
