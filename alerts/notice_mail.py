"""Mails to a unit about a notice: sent, corrected, urged, withdrawn. Paper attached, a link of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.compose import COLOURS, NAMES, NUMERALS, inert, templates, web_address
from alerts.message import Message
from alerts.policy import LOCAL

HEADS = {
    "sent": "请签收",
    "corrected": "更正件，请以此件为准",
    "urged": "催办",
    "withdrawn": "已撤销",
}
_NO_DELETING = "办理中不得要求网民删帖，不得打击报复，依法保护反映人个人信息。"


@dataclass(frozen=True, slots=True)
class Sending:
    """What one unit is told. `limits`: label and instant; `link` empty where none can be reached."""

    about: str
    paper: str
    number: str
    title: str
    unit: str
    lead: bool
    level: int
    limits: Sequence[tuple[str, datetime]] = ()
    words: str = ""
    link: str = ""
    link_until: datetime | None = None
    phone: str = ""


def notice_mail(sending: Sending, *, station: str, thread: str) -> Message:
    """The mail and, for chat, one line with the link alone: nothing of what was said leaves by chat."""
    number, head = inert(sending.number, 40), HEADS[sending.about]
    grade = f"{NUMERALS[sending.level]}级·{NAMES[sending.level]}"
    subject = f"【{head}】《互联网舆情{sending.paper}》{number}（{grade}）"
    link = web_address(sending.link) or ""
    facts = {
        "station": station,
        "headline": subject,
        "colour": COLOURS[sending.level],
        "unit": inert(sending.unit, 60),
        "opening": _opening(sending),
        "title": inert(sending.title, 120),
        "limits": [(name, full_minute(at)) for name, at in sending.limits],
        "words": inert(sending.words, 400),
        "url": link,
        "until": full_minute(sending.link_until) if link and sending.link_until else "",
        "phone": inert(sending.phone, 60),
        "no_deleting": "" if sending.about == "withdrawn" else _NO_DELETING,
    }
    short = f"【{head}】《互联网舆情{sending.paper}》{number}，{inert(sending.unit, 40)}。"
    return Message(
        subject=subject,
        text=templates().get_template("mail_notice.txt").render(facts).strip() + "\n",
        html=templates().get_template("mail_notice.html").render(facts),
        short=short + (f"办理：{link}" if link else "请登录政务邮箱查收。"),
        thread=thread,
    )


def full_minute(moment: datetime) -> str:
    """2026年11月23日09时05分, local."""
    at = moment.astimezone(LOCAL)
    return f"{at.year}年{at.month}月{at.day}日{at:%H时%M分}"


def _opening(sending: Sending) -> str:
    number = inert(sending.number, 40)
    if sending.about == "withdrawn":
        return f"{number}已撤销，请停止按该件办理。"
    if sending.about == "urged":
        return f"{number}已超过规定时限，现予催办，催办单见附件。"
    part = "由你单位牵头办理" if sending.lead else "请你单位配合办理"
    return f"现将{number}发给你们，{part}。文书全文见附件，请按所列时限签收、核查、反馈。"
