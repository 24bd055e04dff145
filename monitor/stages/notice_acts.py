"""What the office does with a notice before it goes out: submit, check, send back, rewrite, withdraw, merge.

Each act is one transaction: `act(office, notice_id, …, who, now)`. Issuing stands in `notice_issue`, what
units do in `notice_answers`, what the office decides on it in `notice_decisions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from monitor.domain.level import NeedsReason, full_name
from monitor.domain.notice import EDITABLE, EVENTS, NEEDS_WHY, SERIES, series_for, urgency_for
from monitor.errors import CaifengError
from monitor.settings.station import Station
from monitor.stages.fitting import fits
from monitor.stages.notice_facts import OnlyHandedOver, orders_at
from monitor.stages.notice_post import Errand, post, reached
from monitor.stages.office import Office
from monitor.store import deadlines, incident_moves, links, notices, papers
from monitor.store.moves import record
from monitor.store.notices import Notice


class NotEditable(CaifengError):
    """It has been issued: only a correction, as a new revision."""

    def __init__(self) -> None:
        super().__init__("文书已签发，不能直接修改；确需更改的，请办理更正（另行编订版次，原件保留）")


@dataclass(frozen=True, slots=True)
class Units:
    """Who gets it, by ids: exactly one lead."""

    lead: str
    assist: tuple[str, ...] = ()
    street: str = ""
    copy: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What a person rewrote; None leaves it. `matter`, `assessment`, `orders`: fields of those parts."""

    units: Units | None = None
    urgency: str | None = None
    matter: Mapping[str, Any] = field(default_factory=dict)
    assessment: Mapping[str, Any] = field(default_factory=dict)
    orders: Mapping[str, Any] = field(default_factory=dict)


def submit(office: Office, notice_id: int, *, who: str, now: datetime) -> None:
    """提交审核."""
    _move(office, notice_id, "submit", who, now)


def check(office: Office, notice_id: int, *, who: str, now: datetime, why: str = "") -> None:
    """审核通过: wording, units and limits were looked at by this person."""
    _move(office, notice_id, "check", who, now, why, checked_by=who)


def send_back(office: Office, notice_id: int, *, who: str, why: str, now: datetime) -> None:
    """审核退回."""
    _move(office, notice_id, "send-back", who, now, why, checked_by=None)


def _move(
    office: Office, notice_id: int, event: str, who: str, now: datetime, why: str = "", **changes: Any
) -> None:
    if event in NEEDS_WHY and not why.strip():
        raise NeedsReason(EVENTS[event])
    with office.store.write() as conn:
        notices.step(conn, notice_id, event, who=who, at=now, why=why, **changes)


def edit(office: Office, notice_id: int, change: Change, *, who: str, now: datetime) -> None:
    """Rewrite a draft. What had been checked has to be checked again. Raises NotEditable, DoesNotFit."""
    with office.store.write() as conn:
        found = notices.get(conn, notice_id)
        if found.state not in EDITABLE:
            raise NotEditable
        _check_anew(conn, found, "审核后修改，须重新审核", who, now)
        facts = rewritten(found.facts, change)
        if change.units:
            units = named_units(office.station, change.units)
            notices.assign(conn, notice_id, units)
            facts |= unit_facts(office.station, units)
        level = incident_moves.one(conn, found.incident_id).level
        if found.series != "supervision" and level != found.level:
            facts |= _regraded(office.station, facts, level, now)
        keep(conn, notice_id, facts, now)
        record(conn, "notice", notice_id, "edit", who=who, at=now, why="修改送审稿")


def regrade(conn: Connection, office: Office, incident_id: int, *, who: str, now: datetime) -> None:
    """The incident's level was fixed anew: drafts of transfers and warnings take its series and limits."""
    level = incident_moves.one(conn, incident_id).level
    for found in notices.of_incident(conn, incident_id):
        if found.state not in EDITABLE or found.series == "supervision" or found.level == level:
            continue
        why = f"事件等级改定为{full_name(level)}，须重新审核"
        _check_anew(conn, found, why, who, now)
        keep(conn, found.id, {**found.facts, **_regraded(office.station, found.facts, level, now)}, now)
        record(conn, "notice", found.id, "edit", who=who, at=now, why=why)


def _check_anew(conn: Connection, found: Notice, why: str, who: str, now: datetime) -> None:
    if found.state == "checked":
        notices.step(conn, found.id, "send-back", who=who, at=now, why=why)


def keep(conn: Connection, notice_id: int, facts: Mapping[str, Any], now: datetime, **changes: Any) -> None:
    """Store facts that make a paper, and ask for the paper. Raises DoesNotFit."""
    fits("notice", facts)
    same = {"title": facts["matter"]["title"], "urgency": facts["urgency"], "level": facts["level"]}
    series = next(key for key, name in SERIES.items() if name == facts["series"])
    notices.rewrite(conn, notice_id, facts, **{**same, "series": series, **changes})
    papers.ask(conn, "notice", "notice", notice_id, facts, now)


def rewritten(facts: Mapping[str, Any], change: Change) -> dict[str, Any]:
    """The facts with what a person changed."""
    new = dict(facts)
    for name in ("matter", "assessment", "orders"):
        new[name] = {**facts.get(name, {}), **getattr(change, name)}
    if change.urgency:
        new["urgency"] = change.urgency
    return new


def named_units(station: Station, units: Units) -> list[tuple[str, str, str]]:
    """(id, name, part) of the chosen units, each once, the lead first. Raises CaifengError."""
    chosen = [(units.lead, "lead"), *((u, "assist") for u in units.assist)]
    chosen += [(units.street, "street")] if units.street else []
    chosen += [(u, "copy") for u in units.copy]
    found: dict[str, tuple[str, str, str]] = {}
    for ident, part in chosen:
        unit = station.unit(ident)
        if unit is None:
            raise CaifengError("请在责任单位表中选择牵头、配合单位")
        found.setdefault(ident, (ident, unit.name, part))
    return list(found.values())


def unit_facts(station: Station, units: list[tuple[str, str, str]]) -> dict[str, Any]:
    """The units as the paper names them."""

    def told(part: str) -> list[dict[str, Any]]:
        mine = [u for u in units if u[2] == part]
        return [{"name": name, "vertical": _vertical(station, ident)} for ident, name, _ in mine]

    return {
        "lead": told("lead")[0],
        "assist": told("assist"),
        "street": next(iter(told("street")), None),
        "cc": [u["name"] for u in told("copy")],
    }


def _vertical(station: Station, ident: str) -> bool:
    unit = station.unit(ident)
    return bool(unit and unit.vertical)


def _regraded(station: Station, facts: Mapping[str, Any], level: int, now: datetime) -> dict[str, Any]:
    """The incident's level was fixed anew since the draft: another series, other limits."""
    found = datetime.fromisoformat(facts["matter"]["noted_at"])
    orders = {**facts["orders"], **orders_at(station, level, found, now)}
    return {
        "level": level,
        "series": SERIES[series_for(level)],
        "urgency": urgency_for(level),
        "orders": orders,
    }


def withdraw(office: Office, notice_id: int, *, who: str, why: str, now: datetime) -> None:
    """撤销: clocks stop, links close, units that had it are told."""
    stop(office, notice_id, "withdraw", who=who, why=why, now=now)


def merge(office: Office, notice_id: int, into: int, *, who: str, why: str, now: datetime) -> None:
    """合并: the matter goes on under another notice."""
    with office.store.read() as conn:
        if into == notice_id or notices.get(conn, into).issued_at is None:
            raise CaifengError("只能并入另一件已签发的文书")
    stop(office, notice_id, "merge", who=who, why=f"并入文书{into}：{why}" if why.strip() else "", now=now)


def stop(office: Office, notice_id: int, event: str, *, who: str, why: str, now: datetime) -> None:
    """End a notice before its time, with the reason."""
    if not why.strip():
        raise NeedsReason(EVENTS[event])
    with office.store.write() as conn:
        found = notices.get(conn, notice_id)
        notices.step(conn, notice_id, event, who=who, at=now, why=why)
        put_down(conn, notice_id, who=who, why=why, now=now)
        if found.number:
            _tell_stopped(conn, office, found, why, now)


def _tell_stopped(conn: Connection, office: Office, found: Notice, why: str, now: datetime) -> None:
    """Units that had it are told to stop."""
    errand = Errand("withdrawn", f"notice-{found.id}-stopped", words=why)
    for part in reached(notices.parts(conn, found.id)):
        post(conn, office, found, part, errand, now)


def put_down(conn: Connection, notice_id: int, *, who: str, why: str, now: datetime) -> None:
    """Nobody is chased for it any more and its links no longer open."""
    deadlines.cancel(conn, "notice", notice_id, who=who, now=now, why=why)
    links.revoke(conn, "notice", notice_id, now)


def not_restricted(conn: Connection, found: Notice) -> None:
    """Raise OnlyHandedOver for a report of wrongdoing."""
    if incident_moves.one(conn, found.incident_id).restricted:
        raise OnlyHandedOver
