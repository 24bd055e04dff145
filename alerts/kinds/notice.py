"""《互联网舆情预警通知书》, 转办单, 督办单 (DOMAIN.md §3): one lead unit is ordered to answer."""

from __future__ import annotations

from alerts.facts import Moment
from alerts.kinds.notice_facts import Notice
from alerts.kinds.notice_letter import letter
from alerts.kinds.receipt import receipt
from alerts.sheet import Colophon, Sheet
from alerts.wording import COLOURS, LEVELS, clock, day, day_of, listed

TITLES: dict[str, str] = {
    "转办单": "互联网舆情转办单",
    "预警通知书": "互联网舆情预警通知书",
    "督办单": "互联网舆情督办单",
}

Facts = Notice


def compose(notice: Notice) -> Sheet:
    """The letter, its receipt, and the colophon."""
    made = notice.issued_at or notice.drafted_at
    title = TITLES[notice.series]
    return Sheet(
        kind="notice",
        title=title,
        made=day_of(made),
        blocks=(*letter(notice), *receipt(notice.lead.name, title, notice.serial, notice.assist)),
        masthead=notice.office if notice.red_head else None,
        serial=_serial(notice),
        corner=notice.custody,
        copy_no=notice.copy_no,
        urgency="" if notice.urgency == "平件" else notice.urgency,
        subtitle=f"{COLOURS[notice.level]}{'' if notice.level == 4 else '预警'}　{LEVELS[notice.level]}",
        addressee=f"{notice.lead.name}：",
        colophon=_colophon(notice),
        draft=not notice.serial,
    )


def _serial(notice: Notice) -> str:
    if not notice.serial:
        return "（送审稿，签发时编号）"
    return notice.serial + (f"（第{notice.revision}次更正）" if notice.revision else "")


def _colophon(notice: Notice) -> Colophon:
    at = f"（{clock(notice.issued_at)}签发）" if notice.issued_at else ""
    signed = f"签发人：{notice.signer or '　　　'}{at}　　共印{notice.copies}份"
    cc = listed(
        [*(unit.name for unit in notice.assist), *([notice.street.name] if notice.street else []), *notice.cc]
    )
    lines = [f"抄送：{cc}。"] if cc else []
    lines.append(signed)
    return Colophon(tuple(lines), notice.office, f"{day(made_on(notice))}印发")


def made_on(notice: Notice) -> Moment:
    """The instant the paper bears: of issue, or while a draft, of drafting."""
    return notice.issued_at or notice.drafted_at
