"""What a unit's forms say, filled in by its own people by link, or by the office for them (代登记)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from starlette.datastructures import FormData, UploadFile

from monitor.clock import SHANGHAI
from monitor.domain.document import storable
from monitor.errors import CaifengError
from monitor.stages import notice_answers, public_answers, uploads
from monitor.stages.feedback_facts import FIELDS
from monitor.stages.notice_answers import Hand, Handed
from monitor.stages.office import Office
from monitor.stages.public_answers import Published
from monitor.stages.uploads import Checked, Upload

# The acts, as the forms name them, and what the audit calls them.
ACTS: Mapping[str, str] = {
    "sign": "签收",
    "investigate": "开始核查",
    "return": "申请退单",
    "extension": "申请延期",
    "report": "报送反馈",
    "order": "登记12345工单",
    "draft-answer": "报送拟回应稿",
    "answer": "登记公开回应",
}
# What may be written into a form that the other side already knows: the rest is for the office alone.
LONGEST = 8000


def text(form: FormData, name: str, most: int = LONGEST) -> str:
    """One field, trimmed and cut."""
    value = form.get(name, "")
    return storable(value).strip()[:most] if isinstance(value, str) else ""


def moment(form: FormData, name: str) -> datetime | None:
    """A `datetime-local` field as an instant in China. Raises CaifengError."""
    value = text(form, name, 40)
    if not value:
        return None
    try:
        return datetime.fromisoformat(value).replace(tzinfo=SHANGHAI)
    except ValueError as error:
        raise CaifengError(f"时间“{value}”不是日期时间") from error


def files(form: FormData) -> list[Checked]:
    """The files sent along, checked. Raises UploadRefused."""
    sent = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
    return uploads.check([Upload(f.filename or "", f.file.read()) for f in sent])


def hand_of(form: FormData, **more: Any) -> Hand:
    """Who acts for the unit."""
    return Hand(text(form, "name", 80), text(form, "post", 80), text(form, "phone", 80), **more)


def carry_out(office: Office, notice_id: int, unit: str, form: FormData, hand: Hand, now: datetime) -> str:
    """Do what the form says; what to tell the person. Raises CaifengError."""
    want = text(form, "do", 20)
    if want not in _DO:
        raise CaifengError("没有这一步")
    return _DO[want](office, notice_id, unit, form, hand, now)


def _sign(office: Office, number: int, unit: str, form: FormData, hand: Hand, now: datetime) -> str:
    first = notice_answers.sign(office, number, unit, hand=hand, now=now, files=files(form))
    return "已签收，请尽快组织核查" if first else "本单位此前已签收，以首次签收为准"


def _investigate(office: Office, number: int, unit: str, form: FormData, hand: Hand, now: datetime) -> str:
    notice_answers.investigate(office, number, unit, hand=hand, now=now)
    return "已登记开始核查"


def _return(office: Office, number: int, unit: str, form: FormData, hand: Hand, now: datetime) -> str:
    why, basis = text(form, "why"), text(form, "basis")
    notice_answers.ask_return(
        office, number, unit, why=why, basis=basis, hand=hand, now=now, files=files(form)
    )
    return "退单申请已提交，批复前请继续做好核查"


def _extension(office: Office, number: int, unit: str, form: FormData, hand: Hand, now: datetime) -> str:
    until = moment(form, "until")
    if until is None:
        raise CaifengError("请填写申请延至的时间")
    rule, why = text(form, "rule", 40), text(form, "why")
    notice_answers.ask_extension(office, number, unit, rule=rule, until=until, why=why, hand=hand, now=now)
    return "延期申请已提交，批复前按原时限办理"


def _report(office: Office, number: int, unit: str, form: FormData, hand: Hand, now: datetime) -> str:
    body = {name: text(form, name) for name in FIELDS}
    handed = Handed(text(form, "stage", 20), body, files(form))
    notice_answers.report(office, number, unit, handed, hand=hand, now=now)
    return "反馈已报送"


def _order(office: Office, number: int, unit: str, form: FormData, hand: Hand, now: datetime) -> str:
    notice_answers.order_number(office, number, unit, number=text(form, "number", 80), hand=hand, now=now)
    return "已登记12345工单号"


def _draft_answer(office: Office, number: int, unit: str, form: FormData, hand: Hand, now: datetime) -> str:
    words = text(form, "text")
    seen = public_answers.hand_in_draft(
        office, number, unit, text=words, hand=hand, now=now, files=files(form)
    )
    return "拟回应稿已报送审核" + (f"。请先自查：{'；'.join(seen)}" if seen else "")


def _answer(office: Office, number: int, unit: str, form: FormData, hand: Hand, now: datetime) -> str:
    at = moment(form, "published_at") or now
    told = Published(text(form, "channel", 200), at, text(form, "link", 1000), text(form, "text"))
    public_answers.publish(office, number, unit, told, hand=hand, now=now)
    return "公开回应已登记"


_DO: Mapping[str, Callable[[Office, int, str, FormData, Hand, datetime], str]] = {
    "sign": _sign,
    "investigate": _investigate,
    "return": _return,
    "extension": _extension,
    "report": _report,
    "order": _order,
    "draft-answer": _draft_answer,
    "answer": _answer,
}
