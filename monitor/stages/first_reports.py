"""突发事件信息初报 to the superior duty office: drafted from what is known when Ⅰ/Ⅱ is confirmed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from monitor.stages.bulletin_facts import of_incident
from monitor.stages.notice_facts import OnlyHandedOver
from monitor.stages.office import Office
from monitor.store import papers
from monitor.store.incident_moves import one

KIND = "first-report"
SUPERIOR = "上级人民政府总值班室"


def draft_first_report(conn: Connection, office: Office, incident_id: int, who: str, now: datetime) -> int:
    """A draft in the caller's transaction; its paper's id. What is not known stays empty: 正在核实."""
    found = one(conn, incident_id)
    if found.restricted:
        raise OnlyHandedOver
    told, _ = of_incident(conn, office.station, incident_id)
    spread = told.get("spread")
    station = office.station.office
    public = f"截至目前，相关信息{spread['documents']}条，涉及{spread['platforms']}个平台" if spread else ""
    facts: dict[str, Any] = {
        "stage": "初报",
        "office": station.name,
        "to": SUPERIOR,
        "title": found.title[:60],
        "level": found.level,
        "made_at": now.isoformat(),
        "happened_at": found.event_at.isoformat() if found.event_at else None,
        "place": found.place,
        "heard_from": "网络监测和公开电话",
        "heard_at": found.detected_at.isoformat(),
        "course": f"据{told['opening'].get('platform') or told['opening'].get('author') or '线索'}反映："
        f"{told['opening']['text']}。以上情况正在核实",
        "public_opinion": public,
        "red_head": office.station.papers.masthead,
        "contact": "值班室",
        "phone": station.phone,
    }
    papers.ask(conn, KIND, "incident", incident_id, facts, now)
    made = papers.latest(conn, KIND, "incident", incident_id)
    assert made is not None
    return made.id
