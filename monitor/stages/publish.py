"""publish: bulletins are drafted when an incident calls for one, and when a regular one is due.

A person checks and signs each; only what is signed is sent. A quiet day is one line to the duty staff.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from alerts.wording import period as span
from monitor.clock import local
from monitor.domain.bulletin import KINDS, REGULAR, last_period
from monitor.stages import Done, House
from monitor.stages.bulletin_delivery import deliver_due, tell_quiet_day
from monitor.stages.bulletin_facts import hours, of_incident, told_instructions
from monitor.stages.circulars import draft_censure
from monitor.stages.coverage_facts import told_gaps
from monitor.stages.first_reports import draft_first_report
from monitor.stages.message_facts import told_messages
from monitor.stages.notice_facts import OnlyHandedOver
from monitor.stages.unit_records import unit_records
from monitor.store import bulletins, notices, papers, tasks
from monitor.store.incident_moves import one

# What `chase` and `level_acts` ask for by name.
__all__ = [
    "draft_censure",
    "draft_first_report",
    "draft_messages",
    "draft_period",
    "draft_special",
    "draft_special_once",
    "run",
]
BATCH = 5
BY_RULES = "rules"
SETTLE = timedelta(seconds=20)  # let the first wave of posts arrive, so that a flash says more than one line
A_DAY = timedelta(days=1)
_ITEMS = {"daily": 10, "weekly": 30, "monthly": 30}


def run(house: House, now: datetime) -> Done:
    """Send what is issued; draft what is due."""
    made = deliver_due(house, now) + _flashes(house, now)
    made += sum(_regular(house, kind, now) for kind in REGULAR)
    return Done("publish", made)


def _flashes(house: House, now: datetime) -> int:
    level = house.station.bulletins.flash_from
    if level is None:
        return 0
    with house.store.read() as conn:
        waiting = bulletins.without_bulletin(conn, level, BATCH)
        due = [i for i in waiting if now - one(conn, i).detected_at >= SETTLE]
    for incident_id in due:
        with house.store.write() as conn:
            if not bulletins.of_incident(conn, incident_id):
                draft_special(conn, house, incident_id, "flash", BY_RULES, now)
    return len(due)


def draft_special_once(
    conn: Connection, house: House, incident_id: int, who: str, now: datetime
) -> int | None:
    """For a confirmed level: a 专报 where none is drafted or issued."""
    there = (b for b in bulletins.of_incident(conn, incident_id) if b.kind == "special")
    alive = any(b.state != "withdrawn" for b in there)
    return None if alive else draft_special(conn, house, incident_id, "special", who, now)


def draft_special(
    conn: Connection, house: House, incident_id: int, kind: str, who: str, now: datetime
) -> int:
    """A special, flash or follow-up bulletin about one incident, in the caller's transaction; its id.

    Raises OnlyHandedOver for a report of wrongdoing: its readers may be those it accuses.
    """
    if one(conn, incident_id).restricted:
        raise OnlyHandedOver
    facts, sources = of_incident(conn, house.station, incident_id)
    uncovered, records = told_gaps(conn, house.station, now - A_DAY, now)
    earlier = [b for b in bulletins.of_incident(conn, incident_id) if b.state != "withdrawn"]
    told = {**_frame(house, kind, now), "incidents": [facts], "uncovered": uncovered}
    told["sources"] = [*sources, *records]
    if kind == "follow-up":
        told["follows"] = max(1, len(earlier))
    values = {
        "title": facts["title"],
        "period_from": one(conn, incident_id).detected_at,
        "incident_id": incident_id,
    }
    return _keep(conn, kind, told, values, who, now)


def _regular(house: House, kind: str, now: datetime) -> int:
    if not _is_due(house, kind, now):
        return 0
    since, until = last_period(kind, now)
    with house.store.read() as conn:
        if bulletins.of_period(conn, kind, since, until) is not None:
            return 0
        if not _anything(conn, since, until):
            return 0  # nobody was listening yet
        quiet = kind == "daily" and _is_quiet(conn, since, until)
    if quiet:
        return tell_quiet_day(house, since, now)
    with house.store.write() as conn:
        if bulletins.of_period(conn, kind, since, until) is None:
            draft_period(conn, house, kind, since, until, BY_RULES, now)
    return 1


def _anything(conn: Connection, since: datetime, until: datetime) -> bool:
    return any(bulletins.totals(conn, since, until).values())


def _is_quiet(conn: Connection, since: datetime, until: datetime) -> bool:
    told = bulletins.incidents_between(conn, since, until, 1)
    return not told and not tasks.to_tell(conn, "instruction", since, until)


def _is_due(house: House, kind: str, now: datetime) -> bool:
    plan, today = house.station.bulletins, local(now)
    if plan.daily_at is None or today.time() < plan.daily_at:
        return False
    if kind == "weekly":
        return plan.weekly_on is not None and today.isoweekday() == plan.weekly_on
    if kind == "monthly":
        return plan.monthly_on is not None and today.day == plan.monthly_on
    return True


def draft_period(
    conn: Connection, house: House, kind: str, since: datetime, until: datetime, who: str, now: datetime
) -> int:
    """A daily, weekly or monthly bulletin of any period, in the caller's transaction; its id."""
    ids = bulletins.incidents_between(conn, since, until, _ITEMS.get(kind, 30))
    told = [of_incident(conn, house.station, incident_id) for incident_id in ids]
    period = {"since": since.isoformat(), "until": until.isoformat()}
    said, basis = told_instructions(conn, house.station, since, until)
    uncovered, records = told_gaps(conn, house.station, since, now)
    facts = {
        **_frame(house, kind, now),
        "period": period,
        "instructions": said,
        "units": unit_records(conn, since, until) if kind != "daily" else [],
        "totals": {**bulletins.totals(conn, since, until), "sources": ["T1"]},
        "hours": hours(bulletins.moments(conn, ids)),
        "media": [{"name": n, "count": c} for n, c in bulletins.by_media(conn, ids)[:10]],
        "topics": _topics([facts for facts, _ in told]),
        "funnel": _funnel(notices.counts(conn)),
        "incidents": [facts for facts, _ in told],
        "uncovered": uncovered,
        "sources": [
            _period_source(now),
            *(source for _, sources in told for source in sources),
            *basis,
            *records,
        ],
    }
    values = {"title": f"{KINDS[kind]}（{span(since, until)}）", "period_from": since, "period_to": until}
    return _keep(conn, kind, facts, values, who, now)


def draft_messages(
    conn: Connection, house: House, since: datetime, until: datetime, who: str, now: datetime
) -> int:
    """留言办理通报 of a period: messages and calls of citizens, and how they were answered; its id."""
    facts = {
        **_frame(house, "messages", now),
        "period": {"since": since.isoformat(), "until": until.isoformat()},
        "messages": {**told_messages(conn, house.station, since, until), "sources": ["T1"]},
        "incidents": [],
        "sources": [_period_source(now)],
    }
    values = {
        "title": f"{KINDS['messages']}（{span(since, until)}）",
        "period_from": since,
        "period_to": until,
    }
    return _keep(conn, "messages", facts, values, who, now)


def _period_source(now: datetime) -> dict[str, Any]:
    return {"id": "T1", "kind": "统计", "title": "本站信息与事件台账", "at": now.isoformat()}


def _topics(incidents: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    names = [i["topic"] or "其他" for i in incidents]
    return [
        {"name": n, "count": names.count(n)} for n in sorted(set(names), key=lambda n: (-names.count(n), n))
    ]


_FUNNEL = (
    ("下发", ("delivered", "signed", "investigating", "reported", "final", "accepted", "closed", "filed")),
    ("签收", ("signed", "investigating", "reported", "final", "accepted", "closed", "filed")),
    ("初报", ("reported", "final", "accepted", "closed", "filed")),
    ("终报", ("final", "accepted", "closed", "filed")),
    ("办结", ("closed", "filed")),
)


def _funnel(counts: dict[str, int]) -> list[dict[str, Any]]:
    steps = [{"name": name, "count": sum(counts.get(s, 0) for s in states)} for name, states in _FUNNEL]
    return steps if steps[0]["count"] else []


def _frame(house: House, kind: str, now: datetime) -> dict[str, Any]:
    """What every bulletin says about itself."""
    station = house.station
    leaders = [p for ident in station.bulletins.readers if (p := station.roster.person(ident))]
    return {
        "series": KINDS[kind],
        "masthead": station.papers.bulletin_name,
        "office": station.office.name,
        "year": local(now).year,
        "made_at": now.isoformat(),
        "as_of": now.isoformat(),
        "red_head": station.papers.masthead,
        "report_to": [f"{p.name}（{p.post}）" if p.post else p.name for p in leaders],
    }


def _keep(
    conn: Connection, kind: str, facts: dict[str, Any], values: dict[str, Any], who: str, now: datetime
) -> int:
    row = {
        "kind": kind,
        "year": local(now).year,
        "period_to": now,
        "facts": facts,
        "drafted_at": now,
        "drafted_by": who,
    }
    new = bulletins.draft(conn, {**row, **values})
    papers.ask_once(conn, "bulletin", "bulletin", new, facts, now)
    return new
