"""Who may sign papers (签发), and what is remarkable about it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from monitor.clock import local
from monitor.domain.calendar import working_days
from monitor.domain.notice import SIGN_MODES
from monitor.errors import CaifengError
from monitor.settings.roster import Person
from monitor.settings.station import Station

_OPENS, _CLOSES = time(8), time(18)


class NotASigner(CaifengError):
    """Somebody who may not sign; the message says who may."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signer's decision as it reached the office. `mode`: console, paper, telephone."""

    signer: str
    mode: str


def office_closed(station: Station, now: datetime) -> bool:
    """Whether nobody of the office is at a desk: at night and on days off."""
    today = local(now)
    works = working_days(station.roster.calendar)(today.date())
    return not works or not _OPENS <= today.time() < _CLOSES


def checked_signer(station: Station, order: Signature, who: str, now: datetime) -> Person:
    """The signer. By telephone at night a leader on the roster may, who or a signer signs later.

    Raises NotASigner.
    """
    if order.mode not in SIGN_MODES:
        raise NotASigner("请选择签发方式：本人在线、纸质或电话")
    person = station.roster.person(order.signer)
    if person is None or order.signer in station.superior:
        raise NotASigner("签发人须是本站人员表中的具名人员")
    if order.mode == "console" and who != order.signer:
        raise NotASigner(f"在线签发须由{person.name}本人登录办理；由他人代登记的，请选纸质或电话签批")
    if order.signer in station.papers.signers:
        return person
    if order.mode == "telephone" and office_closed(station, now):
        return person
    allowed = "、".join(p.name for i in station.papers.signers if (p := station.roster.person(i)))
    raise NotASigner(f"{person.name}无签发权，有签发权的是：{allowed or '（尚未配置 papers.signers）'}")


def same_hand(steps: Iterable[tuple[str, str | None]]) -> str:
    """A warning where one person holds several of the roles 起草、审核、签发; empty when none does."""
    held: dict[str, list[str]] = {}
    for role, who in steps:
        if who and who != "rules":
            held.setdefault(who, []).append(role)
    several = ["、".join(roles) for roles in held.values() if len(roles) > 1]
    return f"提醒：{'；'.join(several)}为同一人" if several else ""
