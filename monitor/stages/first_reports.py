"""突发事件信息 (初报、续报、终报) to the superior duty office: drafted from what is known, written out by a
person, signed by name and numbered, sent. What is not known stays empty: 正在核实 (DOMAIN.md §6.4).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from monitor.clock import local
from monitor.domain.notice import serial_text
from monitor.domain.signing import Signature, checked_signer
from monitor.domain.telling import by_person
from monitor.errors import CaifengError
from monitor.stages import uploads
from monitor.stages.bulletin_facts import of_incident
from monitor.stages.fitting import fits
from monitor.stages.notice_facts import OnlyHandedOver
from monitor.stages.office import Office
from monitor.stages.posting import Outgoing
from monitor.stages.uploads import Checked
from monitor.store import bulletins, deadlines, notices, papers, reports
from monitor.store.incident_moves import Incident, one
from monitor.store.moves import record
from monitor.store.papers import Paper
from monitor.store.series import next_number

KIND = "first-report"
# What a person writes; times are aware instants.
TEXTS = ("to", "title", "place", "heard_from", "cause", "course", "casualties", "reach", "public_opinion",
         "measures", "next_steps", "contact", "phone")  # fmt: skip
TIMES = ("happened_at", "heard_at", "phoned_at")


def draft_first_report(
    conn: Connection, office: Office, incident_id: int, who: str, now: datetime
) -> int | None:
    """The first draft, in the caller's transaction; its paper's id. None where one is there: it stays."""
    found = _known(conn, incident_id)
    if papers.latest(conn, KIND, "incident", incident_id) is not None:
        return None
    return _ask(conn, incident_id, _facts(conn, office, found, now), now)


def _known(conn: Connection, incident_id: int) -> Incident:
    found = one(conn, incident_id)
    if found.restricted:
        raise OnlyHandedOver
    return found


def _ask(conn: Connection, incident_id: int, facts: Mapping[str, Any], now: datetime) -> int:
    papers.ask(conn, KIND, "incident", incident_id, facts, now)
    made = papers.latest(conn, KIND, "incident", incident_id)
    assert made is not None
    return made.id


def _facts(conn: Connection, office: Office, found: Incident, now: datetime) -> dict[str, Any]:
    told, _ = of_incident(conn, office.station, found.id)
    opening = told["opening"]
    said_by = opening.get("platform") or opening.get("author") or "线索"
    station = office.station.office
    return {
        "stage": "初报",
        "office": station.name,
        "to": office.station.papers.report_to,
        "title": found.title[:60],
        "level": found.level,
        "made_at": now.isoformat(),
        "happened_at": found.event_at.isoformat() if found.event_at else None,
        "place": found.place,
        "heard_from": "网络监测和公开电话",
        "heard_at": found.detected_at.isoformat(),
        "course": f"据{said_by}反映：{opening['text']}。以上情况正在核实",
        "public_opinion": _public(conn, found.id),
        "red_head": office.station.papers.masthead,
        "contact": "值班室",
        "phone": station.phone,
    }


def _public(conn: Connection, incident_id: int) -> str:
    spread = bulletins.figures(conn, incident_id)
    if spread is None:
        return ""
    return f"截至目前，相关信息{spread['documents']}条，涉及{spread['media']}个平台"


def draft_next(office: Office, incident_id: int, stage: str, *, who: str, now: datetime) -> int:
    """续报 or 终报 after a signed report: what has come in since, not the whole story again."""
    if stage not in ("续报", "终报"):
        raise CaifengError("初报之后为续报或终报")
    with office.store.write() as conn:
        found = _known(conn, incident_id)
        last = papers.latest(conn, KIND, "incident", incident_id)
        if last is None or not last.facts.get("signer"):
            raise CaifengError("上一份报告尚未签发，请先签发或修改")
        if last.facts["stage"] == "终报":
            raise CaifengError("终报已签发")
        before = [p for p in papers.of_kind(conn, KIND, "incident", incident_id) if p.facts.get("signer")]
        same = ("office", "to", "title", "red_head", "contact", "phone")
        kept = {name: last.facts.get(name) for name in same}
        facts = {
            **kept,
            "stage": stage,
            "number": 1 + sum(p.facts["stage"] == "续报" for p in before),
            "level": found.level,
            "made_at": now.isoformat(),
            "course": _since(conn, incident_id, last.at),
            "public_opinion": _public(conn, incident_id),
        }
        new = _ask(conn, incident_id, facts, now)
        record(conn, "incident", incident_id, "first-report-drafted", who=who, at=now, why=f"起草{stage}")
        return new


def _since(conn: Connection, incident_id: int, since: datetime) -> str:
    """What the units have reported since."""
    told = [
        str(r.body.get("account", ""))
        for order in notices.of_incident(conn, incident_id)
        for r in reports.of_notice(conn, order.id, ["first", "further", "final"])
        if r.at >= since
    ]
    return "".join(told) or "有关情况正在进一步核实"


def draft_of(conn: Connection, incident_id: int) -> Paper:
    """The draft that waits for its signer. Raises CaifengError."""
    last = papers.latest(conn, KIND, "incident", incident_id)
    if last is None or last.facts.get("signer"):
        raise CaifengError("没有待签发的突发事件信息")
    return last


def edit(office: Office, incident_id: int, said: Mapping[str, Any], *, who: str, now: datetime) -> None:
    """Rewrite the draft. `said`: TEXTS, TIMES (instants or None), `leaders`, `commander`, `scene_phone`,
    `copies_to`. Raises DoesNotFit."""
    with office.store.write() as conn:
        _known(conn, incident_id)
        draft = draft_of(conn, incident_id)
        facts = {**draft.facts, **{n: said[n] for n in TEXTS if n in said}}
        facts |= {n: at.isoformat() if (at := said[n]) else None for n in TIMES if n in said}
        if "leaders" in said:
            scene = {"commander": said.get("commander", ""), "phone": said.get("scene_phone", "")}
            facts["scene"] = {"leaders": list(said["leaders"]), **scene}
        facts["copies_to"] = list(said.get("copies_to", facts.get("copies_to", ())))
        fits(KIND, facts)
        _ask(conn, incident_id, facts, now)
        record(conn, "incident", incident_id, "first-report-edited", who=who, at=now, why="修改突发事件信息")


def sign(
    office: Office,
    incident_id: int,
    order: Signature,
    *,
    who: str,
    now: datetime,
    scans: Sequence[Checked] = (),
) -> str:
    """签发: numbered, by a named signer, at the incident's level of this hour; its number."""
    signer = checked_signer(office.station, order, who, now)
    with office.store.write() as conn:
        found = _known(conn, incident_id)
        draft = draft_of(conn, incident_id)
        year = local(now).year
        words = office.station.papers.numbering.words("first_report")
        number = serial_text(words, year, next_number(conn, KIND, year))
        facts = {**draft.facts, "serial": number, "signer": signer.name, "level": found.level}
        facts["made_at"] = now.isoformat()
        fits(KIND, facts)
        stage = facts["stage"]
        why = f"{signer.name}签发{stage}，{number}"
        papers.sign(conn, KIND, "incident", incident_id, facts, who=who, at=now, why=why)
        uploads.keep(conn, "incident", incident_id, scans, who, now)
        record(conn, "incident", incident_id, "first-report", who=who, at=now, why=why)
        _met(conn, incident_id, facts, who, now)
    return number


def _met(conn: Connection, incident_id: int, facts: Mapping[str, Any], who: str, now: datetime) -> None:
    """The written report is in; so is the one by telephone, where it says when."""
    deadlines.meet(conn, "incident", incident_id, "written-report", who=who, at=now)
    if facts.get("phoned_at"):
        at = datetime.fromisoformat(facts["phoned_at"])
        deadlines.meet(conn, "incident", incident_id, "phone-report", who=who, at=min(at, now))


def outgoing(conn: Connection, office: Office, paper: Paper) -> Outgoing:
    """For `signed_papers`: to the superior duty office's people, by mail alone."""
    facts = paper.facts
    roads = [to for ident in office.station.superior for to in by_person(office.station, ident, ("mail",))]
    words = [f"现报送《突发事件信息》（{facts['stage']}），全文见附件，请查收。"]
    title = f"【突发事件信息{facts['stage']}】{facts['serial']}　{facts['title']}"
    return Outgoing(title, words, roads, urgency=1)
