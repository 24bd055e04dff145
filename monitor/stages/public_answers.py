"""公开回应: the unit's draft is reviewed by the office, the unit publishes, and the spread is measured again.

Nothing is published by the program. Before publication a named person has looked at wording, personal data
and secrecy (保守国家秘密法 §35).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.domain import incident as happening
from monitor.domain.level import NeedsReason
from monitor.domain.public_answer import has_personal_data, remarks
from monitor.errors import CaifengError
from monitor.stages import House
from monitor.stages.level_acts import answered_within
from monitor.stages.notice_acts import not_restricted
from monitor.stages.notice_answers import Hand, keep_report, led_by
from monitor.stages.office import Office
from monitor.stages.uploads import Checked
from monitor.store import reports, spreads
from monitor.store.incident_moves import one
from monitor.store.moves import record

# how long after the answer the spread is measured again
AFTER = timedelta(hours=24)
BATCH = 20


@dataclass(frozen=True, slots=True)
class Published:
    """What a unit published: where, when, address, words."""

    channel: str
    at: datetime
    link: str
    text: str


@dataclass(frozen=True, slots=True)
class Review:
    """The office's look at a draft. `secrecy_by`: who reviewed it for secrets, by name."""

    wording: bool
    personal_data: bool
    secrecy_by: str


def hand_in_draft(
    office: Office,
    notice_id: int,
    unit: str,
    *,
    text: str,
    hand: Hand,
    now: datetime,
    files: Sequence[Checked] = (),
) -> list[str]:
    """拟回应稿: kept for review; the remarks on it are told at once."""
    if not text.strip():
        raise CaifengError("请填写拟回应稿")
    seen = remarks(text)
    with office.store.write() as conn:
        found = led_by(conn, notice_id, unit, hand, "公开回应")
        not_restricted(conn, found)
        if reports.waiting(conn, notice_id, "draft-answer"):
            raise CaifengError("上一稿正在审核，请等待审核意见")
        body = {"text": text.strip()[:8000], "remarks": seen}
        keep_report(
            conn, found, unit, "draft-answer", body, hand, hand.when(found.issued_at, now), now, files
        )
        record(conn, "notice", notice_id, "draft-answer", who=hand.who, at=now, why="报送拟回应稿")
    return seen


def approve_draft(
    office: Office, report_id: int, review: Review, *, who: str, now: datetime, why: str = ""
) -> None:
    """审核同意: wording, personal data and secrecy each confirmed, the last by a named person."""
    if not review.wording or not review.secrecy_by.strip():
        raise CaifengError("须确认表述已核、保密审查已完成，并填写保密审查人")
    with office.store.write() as conn:
        found = reports.one(conn, report_id)
        if has_personal_data(str(found.body["text"])) and not review.personal_data:
            raise CaifengError("拟回应稿疑似含有个人信息，请退回修改，或逐项核对后勾选“已核对个人信息”")
        said = f"保密审查：{review.secrecy_by.strip()}。{why}"
        reports.decide(conn, found, "accepted", who=who, at=now, why=said)
        record(conn, "notice", found.notice_id, "draft-approved", who=who, at=now, why=said)


def refuse_draft(office: Office, report_id: int, *, who: str, why: str, now: datetime) -> None:
    """退回修改."""
    if not why.strip():
        raise NeedsReason("退回拟回应稿")
    with office.store.write() as conn:
        found = reports.one(conn, report_id)
        reports.decide(conn, found, "refused", who=who, at=now, why=why)
        record(conn, "notice", found.notice_id, "draft-refused", who=who, at=now, why=why)


def publish(office: Office, notice_id: int, unit: str, told: Published, *, hand: Hand, now: datetime) -> None:
    """What was published: the incident is answered and its spread measured. Only after an approved draft."""
    if not told.channel.strip() or not told.text.strip():
        raise CaifengError("请填写发布渠道和全文")
    with office.store.write() as conn:
        found = led_by(conn, notice_id, unit, hand, "公开回应")
        not_restricted(conn, found)
        if not any(r.decision == "accepted" for r in reports.of_notice(conn, notice_id, ["draft-answer"])):
            raise CaifengError("拟回应稿尚未经办公室审核同意，请先报送拟回应稿")
        if told.at > now or (found.issued_at and told.at < found.issued_at):
            raise CaifengError("发布时间须在签发之后、现在之前")
        body = {
            "channel": told.channel.strip()[:200],
            "at": told.at.isoformat(),
            "link": told.link.strip()[:1000],
        }
        keep_report(
            conn, found, unit, "answer", {**body, "text": told.text.strip()[:8000]}, hand, told.at, now, ()
        )
        record(
            conn, "notice", notice_id, "published", who=hand.who, at=now, why=f"已通过{told.channel}公开回应"
        )
        spreads.mark(conn, found.incident_id, "before", told.at)
        if "answer" in happening.MACHINE.possible(one(conn, found.incident_id).state):
            where = told.link or told.channel
            answered_within(conn, found.incident_id, at=told.at, where=where[:300], who=hand.who, now=now)


def measure_due(house: House, now: datetime) -> int:
    """A day after an answer, how far it has gone by then; how many were measured."""
    with house.store.read() as conn:
        due = spreads.to_measure(conn, now - AFTER, BATCH)
    for incident_id in due:
        with house.store.write() as conn:
            spreads.mark(conn, incident_id, "after", now)
    return len(due)
