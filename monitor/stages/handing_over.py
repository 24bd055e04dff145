"""线索移交: a report of wrongdoing goes to 纪委监委 or 信访 on a register sheet, to nobody else, by no link.

The one it accuses never gets it: only units of the kind `discipline`, or the letters office, can be chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from monitor.clock import local
from monitor.domain.notice import serial_text
from monitor.domain.signing import Signature, checked_signer
from monitor.domain.telling import of_unit
from monitor.errors import CaifengError
from monitor.settings.station import Station
from monitor.settings.units import Unit
from monitor.stages import uploads
from monitor.stages.fitting import fits
from monitor.stages.notice_facts import origin_of
from monitor.stages.office import Office
from monitor.stages.posting import Outgoing
from monitor.stages.uploads import Checked
from monitor.store import matters, papers
from monitor.store.incident_moves import Incident, one
from monitor.store.moves import record
from monitor.store.papers import Paper
from monitor.store.series import next_number

KIND = "transfer"


@dataclass(frozen=True, slots=True)
class Transfer:
    """To whom, on what grounds, what is asked for."""

    unit: str
    grounds: str
    asked: str = "请依规依纪核查处理"


def receivers(station: Station) -> list[Unit]:
    """Units that may receive a report of wrongdoing."""
    return [u for u in station.units if u.kind == "discipline" or "信访" in u.name]


def hand_over(
    office: Office,
    incident_id: int,
    wanted: Transfer,
    order: Signature,
    *,
    who: str,
    now: datetime,
    scans: Sequence[Checked] = (),
) -> str:
    """Numbered and approved by a named signer; sent once the sheet is made. Its number."""
    signer = checked_signer(office.station, order, who, now)
    unit = next((u for u in receivers(office.station) if u.id == wanted.unit), None)
    if unit is None:
        raise CaifengError("举报类线索只能移交纪检监察机关或信访部门")
    if not wanted.grounds.strip():
        raise CaifengError("请写明移交依据和理由")
    with office.store.write() as conn:
        found = one(conn, incident_id)
        if not found.restricted:
            raise CaifengError("该事件不是举报类线索，请使用通知书")
        year = local(now).year
        words = office.station.papers.numbering.words("handing_over")
        number = serial_text(words, year, next_number(conn, "handing-over", year))
        facts = {
            **_facts(conn, office.station, found, now),
            "serial": number,
            "to": unit.name,
            "grounds": wanted.grounds.strip(),
            "asked": wanted.asked.strip(),
            "handler": _name(office.station, who),
            "approver": signer.name,
        }
        fits(KIND, facts)
        why = f"{signer.name}审批，{number}"
        papers.sign(conn, KIND, "incident", incident_id, facts, who=who, at=now, why=why)
        uploads.keep(conn, "incident", incident_id, scans, who, now)
        record(
            conn, "incident", incident_id, "handed-over", who=who, at=now, why=f"移交{unit.name}，{number}"
        )
    return number


def _facts(conn: Connection, station: Station, found: Incident, now: datetime) -> dict[str, Any]:
    documents = matters.candidates(conn, found.id)
    first = next(iter(documents), None)
    told = (first.text or first.title) if first else found.title
    return {
        "office": station.office.name,
        "title": found.title[:80],
        "origin": origin_of(first),
        "claim": "反映",
        "brief": " ".join(told.split())[:400],
        "found_at": found.detected_at.isoformat(),
        "restricted": True,
        "made_at": now.isoformat(),
    }


def _name(station: Station, who: str) -> str:
    person = station.roster.person(who)
    return person.name if person else who


def outgoing(conn: Connection, office: Office, paper: Paper) -> Outgoing:
    """For `signed_papers`: to the receiver alone, by mail alone."""
    unit = next((u for u in receivers(office.station) if u.name == paper.facts["to"]), None)
    words = ["现移交线索一件，登记单见附件。请签收后将回执退我办。举报人信息依法严格保密。"]
    roads = of_unit(office.station, unit.id, ("mail",)) if unit else ()
    return Outgoing(f"【线索移交】{paper.facts['serial']}", words, roads, urgency=2)
