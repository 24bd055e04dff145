"""What the office does with a bulletin: check, send back, rewrite, issue with its numbers, withdraw.

Suggestions, risks and judgements are written by a person and bear that person's name; figures and quotations
are never rewritten by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from monitor.clock import local
from monitor.domain.bulletin import MACHINE
from monitor.domain.level import NeedsReason
from monitor.domain.signing import Signature, checked_signer, same_hand
from monitor.errors import CaifengError
from monitor.stages import uploads
from monitor.stages.fitting import fits
from monitor.stages.office import Office
from monitor.stages.uploads import Checked
from monitor.store import bulletins, links, papers, users
from monitor.store.bulletins import Bulletin
from monitor.store.moves import record
from monitor.store.series import next_number

RISKS = ("事实风险", "扩散风险", "线下风险", "次生风险")
CONFIDENCES = ("高", "中", "低")
SIDES = ("官方", "媒体", "网民")
MOST_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Words:
    """What a person adds to the issue. `incidents`: per incident id what `write_item` takes."""

    title: str = ""
    judgement: str = ""
    ai_summary: str | None = None  # None leaves what there is
    traits: Sequence[str] = ()
    send_to: Sequence[str] = ()
    issue_to: Sequence[str] = ()
    incidents: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Issued:
    """The numbers it got: 第×期, 总第×期; and a warning where one person held several roles."""

    issue: int
    total: int
    warning: str


def check(office: Office, bulletin_id: int, *, who: str, now: datetime) -> None:
    """审核通过."""
    with office.store.write() as conn:
        bulletins.step(conn, bulletin_id, "check", who=who, at=now, checked_by=who)


def send_back(office: Office, bulletin_id: int, *, who: str, why: str, now: datetime) -> None:
    """退回修改."""
    if not why.strip():
        raise NeedsReason("退回修改")
    with office.store.write() as conn:
        bulletins.step(conn, bulletin_id, "send-back", who=who, at=now, why=why, checked_by=None)


def withdraw(office: Office, bulletin_id: int, *, who: str, why: str, now: datetime) -> None:
    """撤销 a draft."""
    if not why.strip():
        raise NeedsReason("撤销")
    with office.store.write() as conn:
        bulletins.step(conn, bulletin_id, "withdraw", who=who, at=now, why=why)
        links.revoke(conn, "bulletin", bulletin_id, now)


def edit(office: Office, bulletin_id: int, words: Words, *, who: str, now: datetime) -> None:
    """Add what a person judges and proposes. What had been checked has to be checked again."""
    with office.store.write() as conn:
        found = _open(conn, bulletin_id, who, now)
        name = _name(conn, office, who)
        facts = {
            **found.facts,
            "judgement": words.judgement.strip(),
            "judged_by": name if words.judgement.strip() else "",
            "traits": list(words.traits),
            "send_to": list(words.send_to),
            "issue_to": list(words.issue_to),
            "incidents": [
                _added(i, words.incidents.get(str(i["id"]), {}), name) for i in found.facts["incidents"]
            ],
        }
        if words.ai_summary is not None:
            facts["ai_summary"] = words.ai_summary.strip()
        if words.title.strip():
            facts["title"] = words.title.strip()
        _keep(conn, found, facts, now)
        record(conn, "bulletin", bulletin_id, "edit", who=who, at=now, why="修改送审稿")


def _open(conn: Connection, bulletin_id: int, who: str, now: datetime) -> Bulletin:
    """The draft; one that had been checked has to be checked again. Raises CaifengError."""
    found = bulletins.get(conn, bulletin_id)
    if found.state not in ("drafted", "checked"):
        raise CaifengError("信息已签发，不能修改；情况有变化的请编发续报")
    if found.state == "checked":
        bulletins.step(conn, bulletin_id, "send-back", who=who, at=now, why="审核后修改", checked_by=None)
    return found


def write_item(
    office: Office, bulletin_id: int, item: str, more: Mapping[str, Any], *, who: str, now: datetime
) -> str:
    """What a person says of one incident of the issue: `views`, `risks`, `suggestions`, `asks`. A warning
    where the issue has more suggestions than are printed."""
    with office.store.write() as conn:
        found = _open(conn, bulletin_id, who, now)
        if item not in {str(i["id"]) for i in found.facts["incidents"]}:
            raise CaifengError("本期没有这个事件")
        name = _name(conn, office, who)
        told = [_added(i, more if str(i["id"]) == item else {}, name) for i in found.facts["incidents"]]
        _keep(conn, found, {**found.facts, "incidents": told}, now)
        record(
            conn, "bulletin", bulletin_id, "edit", who=who, at=now, why=f"编写事件{item}的观点、研判和建议"
        )
    several = sum(len(i.get("suggestions", ())) for i in told) > MOST_SUGGESTIONS
    return f"全期建议超过{MOST_SUGGESTIONS}条，只印前{MOST_SUGGESTIONS}条" if several else ""


def _added(incident: Mapping[str, Any], more: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Risks and suggestions bear the name of whoever wrote them; what is not named stays."""
    added: dict[str, Any] = {}
    if "risks" in more:
        added["risks"] = [{**r, "by": name} for r in more["risks"]]
    if "suggestions" in more:
        added["suggestions"] = [{**s, "by": name} for s in more["suggestions"]][:MOST_SUGGESTIONS]
    added |= {key: list(more[key]) for key in ("views", "asks") if key in more}
    return {**incident, **added}


def _keep(conn: Connection, found: Bulletin, facts: Mapping[str, Any], now: datetime, **changes: Any) -> None:
    fits("bulletin", facts)
    title = str(facts.get("title") or found.title)
    bulletins.rewrite(conn, found.id, facts, title=title, **changes)
    papers.ask(conn, "bulletin", "bulletin", found.id, facts, now)


def issue(
    office: Office,
    bulletin_id: int,
    order: Signature,
    *,
    who: str,
    now: datetime,
    scans: Sequence[Checked] = (),
) -> Issued:
    """签发: 第×期 of its kind and year, 总第×期 of all. Raises NotASigner, IllegalMove, Overtaken."""
    signer = checked_signer(office.station, order, who, now)
    with office.store.write() as conn:
        found = bulletins.get(conn, bulletin_id)
        MACHINE.move(found.state, "issue")
        year = local(now).year
        number = next_number(conn, f"bulletin-{found.kind}", year)
        total = next_number(conn, "bulletin", 0)
        warning = same_hand((("编辑", found.drafted_by), ("审核", found.checked_by), ("签发", order.signer)))
        bulletins.step(
            conn, bulletin_id, "issue", who=who, at=now, why=warning,
            year=year, issue=number, total_issue=total, signer=order.signer, issued_at=now,
        )  # fmt: skip
        facts = {
            **found.facts,
            "year": year,
            "issue": number,
            "total": total,
            "made_at": now.isoformat(),
            "signer": signer.name,
            "editor": _name(conn, office, found.drafted_by),
            "reviewer": _name(conn, office, found.checked_by or ""),
        }
        _keep(conn, found, facts, now)
        uploads.keep(conn, "bulletin", bulletin_id, scans, who, now)
    return Issued(number, total, warning)


def _name(conn: Connection, office: Office, who: str) -> str:
    """A person's name for the colophon; empty for what the rules drafted."""
    person = office.station.roster.person(who)
    if person:
        return person.name
    account = users.by_login(conn, who) if who and who != "rules" else None
    return account.name if account else ""
