"""What a unit does with its notice: sign, return, ask for time, report; by its link or by the office.

`act(office, notice_id, unit, …, hand, now)`: one transaction each. Whatever a link can do, the office can
enter for somebody who called, faxed or signed on paper (代登记); `Hand` says which it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from monitor.clock import local
from monitor.domain.deadline import RULES
from monitor.domain.level import NeedsReason
from monitor.domain.notice import DONE, MACHINE, RELEASED
from monitor.errors import CaifengError
from monitor.stages import uploads
from monitor.stages.feedback_facts import feedback_of
from monitor.stages.notice_acts import not_restricted
from monitor.stages.office import Office
from monitor.stages.uploads import Checked
from monitor.store import deadlines, notices, papers, reports
from monitor.store.moves import record
from monitor.store.notices import Notice, Part

# 职责不符的，应当自签收时限起2小时内提出 (DOMAIN.md §3.2 G)
RETURN_WITHIN = timedelta(hours=2)
WAYS: dict[str, str] = {"link": "链接", "telephone": "电话", "fax": "传真", "paper": "纸质", "mail": "邮件"}


class LeadOnly(CaifengError):
    """Assisting units sign; the lead alone reports."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}由牵头单位统一办理，配合单位请将情况报牵头单位")


@dataclass(frozen=True, slots=True)
class Hand:
    """Who acted for the unit and by which way. `entered_by`: the colleague who took it down; `at`: when it
    really happened, where that was before it was entered."""

    name: str
    post: str = ""
    phone: str = ""
    how: str = "link"
    address: str = ""
    entered_by: str = ""
    at: datetime | None = None

    def when(self, issued: datetime | None, now: datetime) -> datetime:
        """The instant that counts. Raises CaifengError for one that cannot be."""
        at = self.at or now
        if at > now or (issued and at < issued):
            raise CaifengError("登记的时间须在签发之后、现在之前")
        return at

    @property
    def who(self) -> str:
        """Under whose name history keeps it."""
        return self.entered_by or self.name

    @property
    def said(self) -> str:
        """钱某（办公室主任）, 电话"""
        post = f"（{self.post}）" if self.post else ""
        by = "，代登记" if self.entered_by else ""
        return f"{self.name}{post}，{WAYS.get(self.how, self.how)}{by}"


@dataclass(frozen=True, slots=True)
class Handed:
    """What a unit reports, by the fields of the 《办理结果反馈单》."""

    stage: str
    body: Mapping[str, str] = field(default_factory=dict)
    files: Sequence[Checked] = ()


def _mine(conn: Connection, notice_id: int, unit: str, hand: Hand) -> tuple[Notice, Part]:
    """The notice and this unit's part in it. Raises CaifengError."""
    if not hand.name.strip():
        raise CaifengError("请填写办理人姓名")
    found, part = notices.get(conn, notice_id), notices.part_of(conn, notice_id, unit)
    if part is None or found.issued_at is None:
        raise CaifengError("该文书不属于本单位")
    if part.part == RELEASED:
        raise CaifengError("本单位已经办公室同意退出该文书的办理")
    if found.state in DONE:
        raise CaifengError(f"该文书已{MACHINE.states[found.state].removeprefix('已')}，无需再办理")
    return found, part


def led_by(conn: Connection, notice_id: int, unit: str, hand: Hand, what: str) -> Notice:
    """The notice, where this unit leads it. Raises LeadOnly."""
    found, part = _mine(conn, notice_id, unit, hand)
    if part.part != "lead":
        raise LeadOnly(what)
    return found


def sign(
    office: Office, notice_id: int, unit: str, *, hand: Hand, now: datetime, files: Sequence[Checked] = ()
) -> bool:
    """签收 with name, post and telephone. False when the unit had signed already (the first one counts)."""
    with office.store.write() as conn:
        found, part = _mine(conn, notice_id, unit, hand)
        if part.signed_at is not None:
            return False
        if not hand.phone.strip():
            raise CaifengError("签收须填写联系电话")
        at = hand.when(found.issued_at, now)
        notices.mark(
            conn, notice_id, unit, signed_at=at,
            signer=hand.name[:80], post=hand.post[:80], phone=hand.phone[:80],
            how=hand.how, address=hand.address[:64],
        )  # fmt: skip
        deadlines.meet(conn, "notice", notice_id, "sign", unit=unit, who=hand.who, at=at)
        uploads.keep(conn, "notice", notice_id, files, hand.who, now)
        why = f"{part.unit_name}签收：{hand.said}"
        if part.part == "lead" and "sign" in MACHINE.possible(found.state):
            notices.step(conn, notice_id, "sign", who=hand.who, at=now, why=why)
            _count_from(conn, office, found, unit, at, hand.who, now)
        else:
            record(conn, "notice", notice_id, "part-signed", who=hand.who, at=now, why=why)
    return True


def _count_from(
    conn: Connection, office: Office, found: Notice, unit: str, at: datetime, who: str, now: datetime
) -> None:
    """The first report runs from the signature, when that came before the end of the signing time."""
    for clock in deadlines.of(conn, "notice", found.id):
        if clock.rule == "first-report" and clock.unit == unit and clock.runs and at < clock.starts_at:
            due = clock.due_at - (clock.starts_at - at)
            deadlines.move_start(conn, clock, at, due, who=who, now=now)


def investigate(office: Office, notice_id: int, unit: str, *, hand: Hand, now: datetime) -> None:
    """开始核查."""
    with office.store.write() as conn:
        led_by(conn, notice_id, unit, hand, "核查")
        notices.step(conn, notice_id, "investigate", who=hand.who, at=now, why=hand.said)


def ask_return(
    office: Office,
    notice_id: int,
    unit: str,
    *,
    why: str,
    basis: str,
    hand: Hand,
    now: datetime,
    files: Sequence[Checked] = (),
) -> int:
    """申请退单: only for lack of competence, with the rule it rests on, within 2 h of the signing limit.

    The lead's return halts the notice; an assisting unit's concerns its own part, the others go on.
    """
    if not why.strip() or not basis.strip():
        raise CaifengError("申请退单须写明职责不符的理由，并附依据（文件名称、条款）")
    with office.store.write() as conn:
        found, part = _mine(conn, notice_id, unit, hand)
        if part.part == "copy":
            raise CaifengError("抄送单位无需办理，不必退单")
        at = hand.when(found.issued_at, now)
        until = datetime.fromisoformat(found.facts["orders"]["sign_by"]["at"]) + RETURN_WITHIN
        if at > until:
            raise CaifengError(
                f"已过退单期限（{local(until):%m月%d日%H:%M}），请继续办理，确有争议的向区政府办书面说明"
            )
        said = f"{hand.said}：{why}"
        if part.part == "lead":
            notices.step(conn, notice_id, "return", who=hand.who, at=now, why=said)
        else:
            _once(conn, notice_id, unit)
            why_part = f"{part.unit_name}申请退出：{said}"
            record(conn, "notice", notice_id, "part-return", who=hand.who, at=now, why=why_part)
        return keep_report(conn, found, unit, "return", {"why": why, "basis": basis}, hand, at, now, files)


def _once(conn: Connection, notice_id: int, unit: str) -> None:
    asked = reports.of_notice(conn, notice_id, ["return"])
    if any(r.unit == unit and r.decision is None for r in asked):
        raise CaifengError("本单位的退单申请正在等待批复，请勿重复提交")


def ask_extension(
    office: Office,
    notice_id: int,
    unit: str,
    *,
    rule: str,
    until: datetime,
    why: str,
    hand: Hand,
    now: datetime,
) -> int:
    """申请延期 of the first or the final report, to a later time, with a reason."""
    if not why.strip():
        raise NeedsReason("申请延期")
    with office.store.write() as conn:
        found = led_by(conn, notice_id, unit, hand, "延期申请")
        clock = next((c for c in deadlines.of(conn, "notice", notice_id) if c.rule == rule and c.runs), None)
        if clock is None:
            raise CaifengError("该时限已完成或已停止，无需延期")
        if until <= clock.due_at:
            raise CaifengError("延期后的时限须晚于原时限")
        if reports.waiting(conn, notice_id, "extension"):
            raise CaifengError("已有一件延期申请待批，请勿重复提交")
        body = {"rule": rule, "name": RULES[rule].name, "until": until.isoformat(), "why": why}
        number = keep_report(
            conn, found, unit, "extension", body, hand, hand.when(found.issued_at, now), now, ()
        )
        record(conn, "notice", notice_id, "ask-extension", who=hand.who, at=now, why=f"{hand.said}：{why}")
        return number


def report(office: Office, notice_id: int, unit: str, handed: Handed, *, hand: Hand, now: datetime) -> int:
    """初报、续报、终报. A late one is taken and marked late. Raises LeadOnly, IllegalMove."""
    body = {k: v.strip() for k, v in handed.body.items() if v.strip()}
    _whole(handed.stage, body)
    with office.store.write() as conn:
        found = led_by(conn, notice_id, unit, hand, "反馈")
        not_restricted(conn, found)
        at = hand.when(found.issued_at, now)
        _late(conn, found, unit, handed.stage, body, at)
        why = f"{hand.said}{'（超时）' if body.get('late') else ''}"
        notices.step(conn, notice_id, handed.stage, who=hand.who, at=now, why=why)
        done = ("first-report", "final-report") if handed.stage == "final" else ("first-report",)
        for rule in done:
            deadlines.meet(conn, "notice", notice_id, rule, unit=unit, who=hand.who, at=at)
        number = keep_report(conn, found, unit, handed.stage, body, hand, at, now, handed.files)
        form = feedback_of(conn, found, reports.one(conn, number))
        papers.ask(conn, "feedback", "report", number, form, now)
        record(
            conn,
            "incident",
            found.incident_id,
            "unit-reported",
            who=hand.who,
            at=now,
            facts={"report": number},
        )
        return number


def _whole(stage: str, body: Mapping[str, str]) -> None:
    if stage not in ("first", "further", "final"):
        raise CaifengError("反馈类别为初报、续报或终报")
    if not body.get("account"):
        raise CaifengError("请填写事件经过与核实情况")
    if stage == "final" and not (body.get("finding") and body.get("measures") and body.get("head")):
        raise CaifengError("终报须写明核实结论、处置措施，并由主要负责人署名")


def _late(conn: Connection, found: Notice, unit: str, stage: str, body: dict[str, str], at: datetime) -> None:
    rule = "final-report" if stage == "final" else "first-report"
    clocks = (
        c for c in deadlines.of(conn, "notice", found.id) if c.rule == rule and c.unit == unit and c.runs
    )
    if any(at > c.due_at for c in clocks):
        body["late"] = "1"


def order_number(office: Office, notice_id: int, unit: str, *, number: str, hand: Hand, now: datetime) -> int:
    """The 12345 order that covers the same matter."""
    if not number.strip():
        raise CaifengError("请填写12345工单号")
    with office.store.write() as conn:
        found, _ = _mine(conn, notice_id, unit, hand)
        at = hand.when(found.issued_at, now)
        return keep_report(conn, found, unit, "order", {"number": number.strip()[:80]}, hand, at, now, ())


def keep_report(
    conn: Connection,
    found: Notice,
    unit: str,
    kind: str,
    body: Mapping[str, Any],
    hand: Hand,
    at: datetime,
    now: datetime,
    files: Sequence[Checked],
) -> int:
    """Keep what was handed in, with its files, in the caller's transaction."""
    number = reports.add(
        conn,
        {
            "notice_id": found.id,
            "unit": unit,
            "kind": kind,
            "at": at,
            "how": hand.how,
            "by": hand.name[:80],
            "entered_by": hand.entered_by or None,
            "address": hand.address[:64] or None,
            "body": {**body, "post": hand.post, "phone": hand.phone},
        },
    )
    uploads.keep(conn, "report", number, files, hand.who, now)
    return number
