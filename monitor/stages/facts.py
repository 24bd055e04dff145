"""Facts of a young incident reckoned from its documents: title, first source, key words.

Reckoned between transactions, for the analysis of words takes longer than a writer may hold the archive.
Once somebody has acted on the incident its title stays, and once it is large nothing changes any more.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from monitor.domain.headline import Telling, clearest
from monitor.stages import House
from monitor.store import incidents
from monitor.store.types import AnyRow
from rules.words import keywords

LARGE = 60  # documents
BY_RULES = "rules"
_TITLE = 200


def describe(house: House, numbers: Iterable[int]) -> None:
    """Bring title, first source and key words of these incidents up to date."""
    with house.store.read() as conn:
        young = [row for number in sorted(numbers) if (row := incidents.get(conn, number)).documents <= LARGE]
        told = {row.id: incidents.tellings(conn, row.id, LARGE) for row in young}
        free = {row.id for row in young if incidents.untouched(conn, row.id, BY_RULES)}
    changes = {row.id: _changes(row, told[row.id], row.id in free) for row in young}
    changed = {number: values for number, values in changes.items() if values}
    if changed:
        with house.store.write() as conn:
            for number, values in changed.items():
                incidents.restate(conn, number, values)


def _changes(row: AnyRow, told: list[AnyRow], free: bool) -> dict[str, Any]:
    """What differs from what is written."""
    if not told:
        return {}
    found: dict[str, Any] = {"first_document_id": told[0].id}
    found["keywords"] = keywords(f"{one.title} {one.text}" for one in told) or row.keywords
    if free and not row.restricted:
        found["title"] = clearest([_telling(one) for one in told], row.title)[:_TITLE]
    return {name: value for name, value in found.items() if value != getattr(row, name)}


def _telling(row: AnyRow) -> Telling:
    verdict = row.body or {}
    words = (hit["text"] for topic in verdict.get("topics", ()) for hit in topic["hits"])
    places = tuple(verdict.get("places", ()))
    return Telling(row.title, row.media, row.kind, places, tuple(words), bool(row.official_response))
