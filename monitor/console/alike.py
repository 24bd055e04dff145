"""Incidents that may be the same happening: shown beside each other, for a person to merge or keep apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from monitor.console.auth import Visitor
from monitor.domain.incident import MACHINE
from monitor.store.incidents import final, kept_apart, suspected
from monitor.store.reading import incidents


def doubtful(conn: Connection, row: Any, visitor: Visitor) -> Sequence[dict[str, Any]]:
    """The incidents that look like this one and about which nobody has decided yet, newest first."""
    found: dict[int, dict[str, Any]] = {}
    for one in suspected(conn, row["id"]):
        number = final(conn, one.other)
        if number in found or number == row["id"] or kept_apart(conn, row["id"], number):
            continue
        other = incidents.one(conn, number, restricted=visitor.restricted)
        if other is not None:
            found[number] = {"other": other, "why": one.why, "at": one.at, **_merging(row, other)}
    return [*found.values()]


def _merging(row: Any, other: Any) -> dict[str, Any]:
    """Which of the two would go into which: the younger into the elder, where its state allows."""
    elder, younger = sorted((row, other), key=lambda one: one["id"])
    can = "merge" in MACHINE.possible(younger["state"]) and elder["restricted"] == younger["restricted"]
    return {"from": younger["id"], "into": elder["id"], "can_merge": can}
