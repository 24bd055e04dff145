"""gather: documents that tell of the same happening become one incident, or feed the one that exists.

A flagged document opens or feeds an incident; an unflagged one is attached only as a copy of, or an official
answer to, what an incident holds already. What a person separated is not joined again. A report of
wrongdoing never joins an incident that everybody may read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from monitor.domain.document import author_alias, open_author
from monitor.domain.level import Spread, suggest
from monitor.domain.outlets import rank
from monitor.stages import Done, House
from monitor.stages.facts import describe
from monitor.stages.sorting_acts import merge
from monitor.store import documents, incidents, leads
from monitor.store.moves import record
from monitor.store.types import AnyRow
from rules.sameness import Placement

BATCH = 20
LARGE = 500  # documents from which an incident is not reckoned anew for every batch
PAUSE = timedelta(seconds=15)
BY_RULES = "rules"


def run(house: House, now: datetime) -> Done:
    """One batch, in order of arrival. Texts are matched before the transaction that writes begins."""
    with house.store.read() as conn:
        rows = documents.to_gather(conn, BATCH)
        if rows:
            house.happenings.prepare(conn, now)
            placed = _placed(conn, house, rows)
    if house.happenings.uncounted and (not rows or _overdue(house, now)):
        _recount(house, now)
    if rows:
        describe(house, _gather(house, rows, placed, now))
        for elder, younger, score in house.happenings.alike():
            join_alike(house, elder, younger, score, now)
    lag = max(((now - row.archived_at).total_seconds() for row in rows), default=0.0)
    return Done("gather", len(rows), 0, max(lag, 0.0), len(rows) == BATCH)


def _placed(conn: Connection, house: House, rows: Any) -> dict[int, Placement]:
    """Where the documents belong that are in no incident yet and may be in one; the others are remembered."""
    within = incidents.of_documents(conn, [row.id for row in rows])
    placed: dict[int, Placement] = {}
    try:
        for row in rows:
            if (incident_id := within.get(row.id)) is not None:
                house.happenings.belongs(row, incident_id)
            elif row.v_in_place != "no":
                placed[row.id] = house.happenings.place(row)
        return placed
    except BaseException:
        house.happenings.forget()
        raise


def _gather(house: House, rows: Any, placed: Mapping[int, Placement], now: datetime) -> set[int]:
    """Write where they belong; the incidents that were fed."""
    try:
        with house.store.write() as conn:
            batch = _Batch(conn, house, rows, now)
            homes = {row.id: batch.place(row, placed.get(row.id)) for row in rows}
            batch.write()
            fed = Counter(home for home in homes.values() if home is not None)
            for incident_id, more in sorted(fed.items()):
                _count(conn, house, incident_id, more, now)
            documents.mark(conn, [row.id for row in rows], "gathered_at", now)
        return {*fed}
    except BaseException:
        house.happenings.forget()
        raise


def _count(conn: Connection, house: House, incident_id: int, more: int, now: datetime) -> None:
    """Reckon an incident anew; a large one is only told how many came, until `_recount`."""
    row = incidents.get(conn, incident_id)
    if row.documents >= LARGE:
        incidents.add_documents(conn, incident_id, more)
        house.happenings.uncounted.add(incident_id)
    else:
        refresh(conn, incident_id, now)
        house.happenings.uncounted.discard(incident_id)


def _overdue(house: House, now: datetime) -> bool:
    with house.store.read() as conn:
        last: list[datetime] = [
            incidents.get(conn, number).updated_at for number in house.happenings.uncounted
        ]
    return now - min(last) >= PAUSE


def _recount(house: House, now: datetime) -> None:
    """The rush is over: what was only told how many came is reckoned anew."""
    for incident_id in sorted(house.happenings.uncounted):
        with house.store.read() as conn:  # a large one takes longer than a writer may hold the archive
            seen = look(conn, incident_id, now)
        with house.store.write() as conn:
            refresh(conn, incident_id, now, seen)
    house.happenings.uncounted.clear()


def join_alike(house: House, elder: int, younger: int, score: float, now: datetime) -> None:
    """Two incidents look like one: merged while nobody has acted on either, else suggested to people.

    What a person separated is neither; nor is a report of wrongdoing and what everybody may read.
    """
    why = f"疑似同一事件：可能性{score:.0%}"
    with house.store.write() as conn:
        elder, younger = incidents.final(conn, elder), incidents.final(conn, younger)
        both = [incidents.get(conn, number) for number in (elder, younger)]
        if elder == younger or both[0].restricted != both[1].restricted:
            return
        if incidents.kept_apart(conn, elder, younger):
            return
        merges = all(incidents.untouched(conn, row.id, BY_RULES) for row in both)
        if not merges:
            incidents.suspect(conn, elder, younger, who=BY_RULES, at=now, why=why)
    if merges:
        merge(house, younger, elder, who=BY_RULES, why=f"{why}，尚无人处理，自动归并", now=now)
        with house.store.read() as conn:
            house.happenings.joined(conn, younger, elder)


class _Batch:
    """Some documents on their way into incidents: asked for and written together, one transaction long."""

    def __init__(self, conn: Connection, house: House, rows: Sequence[AnyRow], now: datetime) -> None:
        self._conn, self._house, self._now = conn, house, now
        ids = [row.id for row in rows]
        self._within = incidents.of_documents(conn, ids)
        self._separated = incidents.separations(conn, ids)
        self._attached: list[dict[str, Any]] = []
        self._unnamed: list[dict[str, Any]] = []

    def place(self, row: AnyRow, placement: Placement | None) -> int | None:
        """The incident this document belongs to, made if need be; None when it belongs to none."""
        target = self._within.get(row.id)
        if target is None and placement is not None:
            target = self._find_or_open(row, placement)
        if (named := _unnamed(self._house, row, target)) is not None:
            self._unnamed.append(named)
        return target

    def write(self) -> None:
        """Attach and unname what was placed."""
        incidents.attach_all(self._conn, self._attached)
        documents.unname_all(self._conn, self._unnamed)

    def _find_or_open(self, row: AnyRow, placement: Placement) -> int | None:
        target = self._target(row, placement)
        if target is None and not row.v_flag:
            return None
        if target is None:
            target = _open(self._conn, row, self._now)
            self._house.happenings.is_now(placement, target)
        self._attach(target, row, placement)
        return target

    def _target(self, row: AnyRow, placement: Placement) -> int | None:
        """The existing incident that may take this document."""
        if not (row.v_flag or _copy_of(placement, row) is not None or row.v_official_response):
            return None
        known = self._house.happenings.incident(placement)
        if known is None:
            return None
        target = incidents.final(self._conn, known)
        if target in self._separated.get(row.id, ()):
            return None
        if row.v_restricted and not incidents.get(self._conn, target).restricted:
            return None
        return target

    def _attach(self, incident_id: int, row: AnyRow, placement: Placement) -> None:
        which = {"document_id": row.id, "incident_id": incident_id, "duplicate_of": _copy_of(placement, row)}
        how = {"at": self._now, "by": BY_RULES, "score": placement.score, "why": placement.why}
        self._attached.append({**which, **how})
        if row.kind == "lead":
            leads.join(self._conn, row.id, incident_id)


def _copy_of(placement: Placement, row: AnyRow) -> int | None:
    twin = placement.duplicate_of
    return int(twin) if twin is not None and twin != str(row.id) else None


def _open(conn: Connection, row: AnyRow, now: datetime) -> int:
    incident_id = incidents.create(conn, _first_values(row, now))
    why = "；".join(row.v_body["why"][:6])
    record(conn, "incident", incident_id, "found", who=BY_RULES, at=now, why=why, facts={"document": row.id})
    return incident_id


def _first_values(row: AnyRow, now: datetime) -> dict[str, Any]:
    verdict = row.v_body
    topic = next(iter(verdict["topics"]), None)
    return {
        "title": (row.title or row.text[:60] or "（无标题）")[:200],
        "state": "found",
        "level_suggested": row.v_level or 4,
        "level_why": verdict["why"],
        "topic": topic["id"] if topic else None,
        "topic_name": topic["name"] if topic else None,
        "place": next(iter(verdict.get("places", ())), ""),
        "units": verdict["units"],
        "restricted": row.v_restricted,
        "posted_at": row.published_at,
        "detected_at": now,
        "updated_at": now,
        "keywords": _keywords(verdict),
        "first_document_id": row.id,
    }


def _keywords(verdict: Mapping[str, Any]) -> list[str]:
    hits = Counter(hit["text"] for topic in verdict["topics"] for hit in topic["hits"])
    return [word for word, _ in hits.most_common(8)]


Seen = tuple[incidents.Gathered, list[str]]


def look(conn: Connection, incident_id: int, now: datetime) -> Seen:
    """What its documents say together, and the media that told of it."""
    return incidents.gathered(conn, incident_id, now), incidents.media(conn, incident_id)


def refresh(conn: Connection, incident_id: int, now: datetime, seen: Seen | None = None) -> None:
    """Bring an incident's counts, heat, spread and suggested level up to date; levels are only raised."""
    found, media = seen or look(conn, incident_id, now)
    row, spread = incidents.get(conn, incident_id), _spread(found, media)
    graver = found.level < row.level_suggested
    why = incidents.gravest_why(conn, incident_id) if graver else row.level_why
    told = suggest(min(found.level, row.level_suggested), why, spread)
    values: dict[str, Any] = {}
    if told.level < row.level_suggested:
        values = {"level_suggested": told.level, "level_why": list(told.why)}
        why = "；".join(told.why[:3])
        facts = {"from": row.level_suggested, "to": told.level}
        record(conn, "incident", incident_id, "level-raised", who=BY_RULES, at=now, why=why, facts=facts)
    incidents.update_counts(conn, incident_id, found, values, now)


def _spread(found: incidents.Gathered, media: Sequence[str]) -> Spread:
    reach, highest = found.reach, max(media, key=rank, default="")
    figures = (reach.documents, reach.media, found.views, found.reactions, reach.growth)
    return Spread(*figures, rank=rank(highest), medium=highest)


def _unnamed(house: House, row: AnyRow, incident_id: int | None) -> dict[str, Any] | None:
    """The sealed author becomes an alias within its incident, or nothing; None where there is none."""
    extra = dict(row.extra or {})
    sealed = extra.pop("author_sealed", None)
    if sealed is None:
        return None
    author = open_author(house.key, sealed) if incident_id is not None else None
    alias = author_alias(house.key, incident_id, author) if author and incident_id is not None else None
    return {"document_id": row.id, "extra": extra, "author_alias": alias}
