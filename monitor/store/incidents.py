"""Incidents (舆情事件) as gathering makes and feeds them; their life-cycle stands in `incident_moves`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, case, func, select, update

from monitor.domain.heat import Reach, heat
from monitor.store.insert import insert, insert_all_once, insert_once
from monitor.store.moves import record
from monitor.store.schema import document, history, incident, incident_document, separation, spread, verdict
from monitor.store.types import AnyRow

SPREAD_EVERY = timedelta(minutes=1)
RANKED = "hot"  # kind of a page that is a line of a list of headlines
SUSPECTED = "alike"  # event in an incident's history


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the documents of an incident say together; `views` and `reactions` of its largest page."""

    reach: Reach
    level: int
    posted_at: datetime | None
    views: int
    reactions: int


@dataclass(frozen=True, slots=True)
class Suspected:
    """疑似同一事件: another incident that looks like the same happening."""

    other: int
    at: datetime
    why: str


def create(conn: Connection, values: Mapping[str, Any]) -> int:
    """A new incident; its id."""
    return insert(conn, incident, values)


def attach(conn: Connection, incident_id: int, document_id: int, values: Mapping[str, Any]) -> None:
    """Put a document into an incident; one that is in an incident already stays where it is."""
    row = {"document_id": document_id, "incident_id": incident_id, **values}
    insert_once(conn, incident_document, row, ["document_id"])


def attach_all(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """`attach` for many documents, their rows whole."""
    insert_all_once(conn, incident_document, rows, ["document_id"])


def of_documents(conn: Connection, ids: Collection[int]) -> dict[int, int]:
    """The incidents of those among these documents that are in one."""
    member = incident_document.c
    rows = conn.execute(select(member.document_id, member.incident_id).where(member.document_id.in_(ids)))
    return {row.document_id: row.incident_id for row in rows}


def separations(conn: Connection, ids: Collection[int]) -> dict[int, set[int]]:
    """For these documents: the incidents a person took them out of."""
    query = select(separation.c.document_id, separation.c.incident_id)
    found: dict[int, set[int]] = {}
    for row in conn.execute(query.where(separation.c.document_id.in_(ids))):
        found.setdefault(row.document_id, set()).add(row.incident_id)
    return found


def of_document(conn: Connection, document_id: int) -> int | None:
    """The incident a document is in."""
    found = select(incident_document.c.incident_id).where(incident_document.c.document_id == document_id)
    return conn.scalar(found)


def final(conn: Connection, incident_id: int) -> int:
    """The incident that an incident was merged into, at the end of the chain."""
    target = conn.scalar(select(incident.c.merged_into).where(incident.c.id == incident_id))
    return incident_id if target is None else final(conn, int(target))


def separated(conn: Connection, document_id: int) -> set[int]:
    """The incidents a person took this document out of."""
    return set(conn.scalars(select(separation.c.incident_id).where(separation.c.document_id == document_id)))


def hands(conn: Connection) -> tuple[int, int]:
    """Counts that change whenever a person separates or merges: what was remembered is then out of date."""
    apart = conn.scalar(select(func.count()).select_from(separation))
    merged = conn.scalar(select(func.count()).where(incident.c.merged_into.is_not(None)))
    return int(apart or 0), int(merged or 0)


def kept_apart(conn: Connection, one: int, other: int) -> bool:
    """Whether a person took documents of one of them out of the other."""
    member, held = (
        incident_document.c,
        separation.join(incident_document, incident_document.c.document_id == separation.c.document_id),
    )
    either = (separation.c.incident_id == one) & (member.incident_id == other)
    or_else = (separation.c.incident_id == other) & (member.incident_id == one)
    found = select(separation.c.document_id).select_from(held).where(either | or_else)
    return conn.scalar(found.limit(1)) is not None


def untouched(conn: Connection, incident_id: int, rules: str) -> bool:
    """Whether an incident is as the rules found it: nobody has acted on it."""
    acted = select(history.c.id).where(
        history.c.noun == "incident", history.c.subject_id == incident_id, history.c.who != rules
    )
    row = get(conn, incident_id)
    return row.state == "found" and row.owner is None and conn.scalar(acted.limit(1)) is None


def suspect(conn: Connection, one: int, other: int, *, who: str, at: datetime, why: str) -> None:
    """疑似同一事件: on the timeline of both, once."""
    if other in {found.other for found in suspected(conn, one)}:
        return
    for mine, theirs in ((one, other), (other, one)):
        record(conn, "incident", mine, SUSPECTED, who=who, at=at, why=why, facts={"other": theirs})


def suspected(conn: Connection, incident_id: int) -> list[Suspected]:
    """The incidents that look like the same as this one to the rules, newest first."""
    mine = (history.c.noun == "incident", history.c.subject_id == incident_id, history.c.event == SUSPECTED)
    rows = conn.execute(select(history.c.facts, history.c.at, history.c.why).where(*mine))
    found = [Suspected(int(row.facts["other"]), row.at, row.why) for row in rows]
    return sorted(found, key=lambda one: one.at, reverse=True)


def gathered(conn: Connection, incident_id: int, now: datetime) -> Gathered:
    """Counts over an incident's documents as they are now."""
    row = conn.execute(_totals(incident_id, now)).mappings().one()
    whole = {
        name: int(row[name] or 0) for name in ("documents", "media", "recent", "views", "comments", "reposts")
    }
    growth = row["last3"] / row["before3"] if row["before3"] else None
    return Gathered(
        Reach(**whole, best_rank=row["rank"], growth=growth),
        int(row["level"] or 4),
        row["posted_at"],
        int(row["most_views"] or 0),
        int(row["most_reactions"] or 0),
    )


def _totals(incident_id: int, now: datetime) -> Any:
    views, comments, reposts, rank = (
        document.c.counts[name].as_integer() for name in ("views", "comments", "reposts", "rank")
    )
    reactions = func.coalesce(comments, 0) + func.coalesce(reposts, 0)
    age = {hours: document.c.archived_at > now - timedelta(hours=hours) for hours in (1, 3, 6)}
    return (
        select(
            func.count().label("documents"),
            func.count(func.distinct(document.c.media)).label("media"),
            func.sum(case((age[1], 1), else_=0)).label("recent"),
            func.sum(case((age[3], 1), else_=0)).label("last3"),
            func.sum(case((age[6] & ~age[3], 1), else_=0)).label("before3"),
            func.sum(views).label("views"),
            func.sum(comments).label("comments"),
            func.sum(reposts).label("reposts"),
            func.max(views).label("most_views"),
            func.max(reactions).label("most_reactions"),
            func.min(rank).label("rank"),
            func.min(verdict.c.level).label("level"),
            func.min(document.c.published_at).label("posted_at"),
        )
        .select_from(incident_document.join(document, document.c.id == incident_document.c.document_id))
        .outerjoin(verdict, verdict.c.document_id == document.c.id)
        .where(incident_document.c.incident_id == incident_id)
    )


def gravest_why(conn: Connection, incident_id: int) -> list[str]:
    """The reasons of the document with the gravest level."""
    mine = incident_document.c.incident_id == incident_id
    bodies = select(verdict.c.body).join(
        incident_document, incident_document.c.document_id == verdict.c.document_id
    )
    body = conn.scalar(bodies.where(mine, verdict.c.level.is_not(None)).order_by(verdict.c.level).limit(1))
    return list(body["why"]) if body else []


def update_counts(
    conn: Connection, incident_id: int, found: Gathered, values: Mapping[str, Any], now: datetime
) -> None:
    """Write what the documents say, and keep the spread as it is at this minute."""
    reach = found.reach
    figures = {"documents": reach.documents, "media": reach.media, "heat": heat(reach)}
    changes = {**figures, "posted_at": found.posted_at, "updated_at": now, **values}
    conn.execute(update(incident).where(incident.c.id == incident_id).values(**changes))
    counters = {"views": reach.views, "comments": reach.comments, "reposts": reach.reposts}
    _note_spread(conn, incident_id, {**figures, **counters}, now)


def tellings(conn: Connection, incident_id: int, limit: int) -> list[AnyRow]:
    """Its documents that are no copies, the first told first, each with what the rules found in it."""
    told_at = func.coalesce(document.c.published_at, document.c.fetched_at)
    columns = (document.c.id, document.c.title, document.c.text, document.c.media, document.c.kind)
    query = (
        select(*columns, verdict.c.body, verdict.c.official_response)
        .select_from(incident_document.join(document, document.c.id == incident_document.c.document_id))
        .outerjoin(verdict, verdict.c.document_id == document.c.id)
        .where(incident_document.c.incident_id == incident_id, incident_document.c.duplicate_of.is_(None))
    )
    return [*conn.execute(query.order_by(told_at, document.c.id).limit(limit)).all()]


def restate(conn: Connection, incident_id: int, values: Mapping[str, Any]) -> None:
    """Write facts that were reckoned anew; it is no change that anybody is told of."""
    conn.execute(update(incident).where(incident.c.id == incident_id).values(**values))


def media(conn: Connection, incident_id: int) -> list[str]:
    """The media that told of it, lists of headlines not among them."""
    query = (
        select(document.c.media)
        .distinct()
        .select_from(incident_document.join(document, document.c.id == incident_document.c.document_id))
        .where(incident_document.c.incident_id == incident_id, document.c.media.is_not(None))
    )
    return [*conn.scalars(query.where(document.c.kind != RANKED))]


def add_documents(conn: Connection, incident_id: int, more: int) -> None:
    """So many more, without looking at them."""
    more_of_them = {"documents": incident.c.documents + more}
    conn.execute(update(incident).where(incident.c.id == incident_id).values(more_of_them))


def _note_spread(conn: Connection, incident_id: int, figures: Mapping[str, Any], now: datetime) -> None:
    last = select(spread.c.id).where(spread.c.incident_id == incident_id, spread.c.at > now - SPREAD_EVERY)
    row = conn.scalar(last.where(spread.c.mark.is_(None)).order_by(spread.c.id.desc()).limit(1))
    if row is None:
        insert(conn, spread, {"incident_id": incident_id, "at": now, **figures})
    else:
        conn.execute(update(spread).where(spread.c.id == row).values(**figures))


def get(conn: Connection, incident_id: int) -> AnyRow:
    """One incident, whole."""
    return conn.execute(select(incident).where(incident.c.id == incident_id)).one()
