"""notify: notices are drafted where the station's rule says so, and go out once a signer has issued them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from monitor.domain.notice import STOPPED, series_for, urgency_for
from monitor.log import logger
from monitor.stages import Done, House
from monitor.stages.notice_delivery import deliver_due
from monitor.stages.notice_facts import NoLead, OnlyHandedOver, facts_of, units_of
from monitor.stages.public_answers import measure_due
from monitor.stages.reminders import draft_reminder, remind_due
from monitor.stages.signed_papers import send_due
from monitor.stages.supervision import draft_supervision
from monitor.store import bulletins, matters, notices, papers
from monitor.store.incident_moves import one

# What `chase` asks for by name.
__all__ = ["draft", "draft_once", "draft_reminder", "draft_supervision", "run"]
BATCH = 5
BY_RULES = "rules"
_log = logger(__name__)


def run(house: House, now: datetime) -> Done:
    """Send what is issued; draft a notice for each living incident that is grave enough and has none."""
    sent = deliver_due(house, now) + remind_due(house, now) + send_due(house, now)
    measure_due(house, now)
    level = house.station.papers.draft_from
    if level is None:
        return Done("notify", sent)
    with house.store.read() as conn:
        waiting = notices.without_notice(conn, level, BATCH)
    made = sum(_draft(house, incident_id, now) for incident_id in waiting)
    return Done("notify", sent + made, len(waiting) - made)


def _draft(house: House, incident_id: int, now: datetime) -> bool:
    with house.store.write() as conn:
        if notices.of_incident(conn, incident_id):
            return False
        try:
            draft(conn, house, incident_id, BY_RULES, now)
        except (NoLead, OnlyHandedOver) as error:
            _log.info("notify.not-drafted", incident=incident_id, reason=str(error))
            return False
    return True


def draft_once(conn: Connection, house: House, incident_id: int, who: str, now: datetime) -> int | None:
    """For a confirmed level: a draft where no notice of the incident is drafted or under way."""
    alive = [n for n in notices.of_incident(conn, incident_id) if n.state not in STOPPED]
    return None if alive else draft(conn, house, incident_id, who, now)


def draft(conn: Connection, house: House, incident_id: int, who: str, now: datetime) -> int:
    """A first draft in the caller's transaction; its id. Raises NoLead, OnlyHandedOver."""
    incident = one(conn, incident_id)
    documents = matters.candidates(conn, incident_id)
    facts = facts_of(house.station, incident, documents, bulletins.figures(conn, incident_id), now)
    values: dict[str, Any] = {
        "incident_id": incident_id,
        "series": series_for(incident.level),
        "level": incident.level,
        "urgency": urgency_for(incident.level),
        "title": incident.title[:200],
        "facts": facts,
        "drafted_at": now,
        "drafted_by": who,
    }
    new = notices.draft(conn, values, units_of(incident))
    papers.ask_once(conn, "notice", "notice", new, facts, now)
    return new
