"""From an incident to its notice's facts (`alerts.kinds.notice_facts`): a draft that a person completes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from monitor.domain.calendar import working_days
from monitor.domain.deadline import RULES, Moments, Reckoned, first_report_start, reckon
from monitor.domain.gist import gist
from monitor.domain.notice import SERIES, series_for, urgency_for
from monitor.errors import CaifengError
from monitor.settings.station import Station
from monitor.store.incident_moves import Incident
from monitor.store.matters import Candidate

PARTS = {"lead": "lead", "assist": "assist", "street": "street", "copy": "copy"}
_ORIGINS = {
    "hotline": "区长公开电话",
    "duty": "应急值班",
    "mailbox": "区长信箱",
    "12345": "12345热线",
    "superior": "上级转办",
}


_NO_MEDIA = frozenset({"forum", "hotlist", "paste"})


class NoLead(CaifengError):
    """No unit to give the order to."""

    def __init__(self) -> None:
        super().__init__("未能确定牵头单位，请先在事件页面选择牵头单位，再拟办文书")


class OnlyHandedOver(CaifengError):
    """A report of wrongdoing never becomes a notice."""

    def __init__(self) -> None:
        super().__init__("举报类线索不下发通知书，应填写《线索移交登记单》，移交纪委监委或信访部门")


def units_of(incident: Incident) -> list[tuple[str, str, str]]:
    """(id, name, part) of the units the rules or a person named; raises NoLead, OnlyHandedOver."""
    if incident.restricted:
        raise OnlyHandedOver
    found = [(u["id"], u["name"], PARTS[u["role"]]) for u in incident.units if u.get("role") in PARTS]
    if not any(part == "lead" for _, _, part in found):
        raise NoLead
    return found


def facts_of(
    station: Station,
    incident: Incident,
    documents: Sequence[Candidate],
    figures: Mapping[str, Any] | None,
    now: datetime,
) -> dict[str, Any]:
    """The facts of a first draft. Times are those of issue at `now`; issue reckons them anew."""
    level = incident.level
    units = units_of(incident)
    return {
        "series": SERIES[series_for(level)],
        "level": level,
        "urgency": urgency_for(level),
        "office": station.office.name,
        "drafted_at": now.isoformat(),
        "lead": _unit(station, next(u for u in units if u[2] == "lead")),
        "assist": [_unit(station, u) for u in units if u[2] == "assist"],
        "street": next((_unit(station, u) for u in units if u[2] == "street"), None),
        "cc": [name for _, name, part in units if part == "copy"],
        "red_head": False,
        "matter": _matter(station, incident, documents),
        "spread": _spread(figures, media_of(station, documents)),
        "assessment": _assessment(incident),
        "orders": {"contact": _contact(station), **orders_at(station, level, incident.detected_at, now)},
    }


def orders_at(station: Station, level: int, found: datetime, issued: datetime) -> dict[str, Any]:
    """The four limits of a notice issued at that time, each with its rule's words."""
    works = working_days(station.roster.calendar)

    def due(rule: str, **moments: datetime) -> Reckoned:
        return reckon(RULES[rule], level, Moments(**moments), issued, works, station.deadlines)

    sign = due("sign", issued=issued)
    first = due("first-report", signed=first_report_start(issued, None, sign.due_at))
    answer = due("answer", found=found)
    return {
        "sign_by": _due(sign),
        "first_report_by": _due(first),
        "final_report_by": _due(due("final-report", issued=issued)),
        "answer_by": _due(answer) if answer.due_at > issued else None,
    }


def _due(reckoned: Reckoned) -> dict[str, Any]:
    return {"at": reckoned.due_at.isoformat(), "rule": RULES[reckoned.rule].name}


def _unit(station: Station, unit: tuple[str, str, str]) -> dict[str, Any]:
    known = station.unit(unit[0])
    return {"name": known.name if known else unit[1], "vertical": bool(known and known.vertical)}


def _matter(station: Station, incident: Incident, documents: Sequence[Candidate]) -> dict[str, Any]:
    first = next(iter(documents), None)
    told = (first.text or first.title) if first else incident.title
    return {
        "incident": str(incident.id),
        "title": incident.title[:80],
        "topic": incident.topic_name or "",
        "place": incident.place,
        "origin": origin_of(first),
        "claim": "反映",
        "brief": gist(told, 200) or incident.title,
        "noted_at": incident.detected_at.isoformat(),
        "first": _first(station, first, documents) if first and not is_call(station, first) else None,
    }


def origin_of(first: Candidate | None) -> str:
    """线索来源 of the first document."""
    return _ORIGINS.get(first.source, "网络监测") if first else "网络监测"


def is_call(station: Station, document: Candidate) -> bool:
    """Whether somebody told us by telephone rather than the public."""
    source = station.source(document.source)
    return source is not None and source.format == "lead"


def said_by(station: Station, document: Candidate) -> dict[str, str]:
    """Who speaks: a person on a forum, whoever called the hotline, else the medium itself."""
    source = station.source(document.source)
    if source is not None and source.kind == "forum":
        return {"author_kind": "person"}
    return {"author_kind": "media", "author": document.media or document.source}


def _first(station: Station, first: Candidate, documents: Sequence[Candidate]) -> dict[str, Any]:
    posted = first.published_at.isoformat() if first.published_at else None
    links = [d.url for d in documents if d.url.startswith("http")][:5]
    told = {"platform": first.media or first.source, "posted_at": posted, "links": links}
    return {**told, **said_by(station, first)}


def media_of(station: Station, documents: Sequence[Candidate]) -> list[str]:
    """The media that have reported: no telephone, no forum, no list of headlines, and no official answer."""
    named = [
        d.media
        for d in documents
        if d.media and not d.official and not is_call(station, d) and _kind(station, d) not in _NO_MEDIA
    ]
    return list(dict.fromkeys(named))[:8]


def _kind(station: Station, document: Candidate) -> str:
    source = station.source(document.source)
    return source.kind if source else ""


def _spread(figures: Mapping[str, Any] | None, media: Sequence[str]) -> dict[str, Any] | None:
    if figures is None:
        return None
    counters = {name: figures[name] or None for name in ("views", "comments", "reposts")}
    told = {
        "as_of": figures["at"].isoformat(),
        "documents": figures["documents"],
        "platforms": figures["media"],
    }
    return {**told, **counters, "media": list(media), "method": "公开网页，去重后计数"}


def _assessment(incident: Incident) -> dict[str, Any]:
    return {"category": incident.category, "answer_in_public": True}


def _contact(station: Station) -> dict[str, str]:
    office = station.office
    return {"name": "值班室", "phone": office.phone, "fax": office.fax, "mail": office.mail}
