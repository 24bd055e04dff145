"""Merging, splitting and keeping apart incidents by hand; remembered: rules do not undo what a person did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from monitor.errors import CaifengError
from monitor.stages.incident_acts import put_to_rest
from monitor.stages.office import Office
from monitor.store import incident_moves
from monitor.store.moves import record

SPOKESMEN = 100  # documents


def merge(office: Office, incident_id: int, into: int, *, who: str, why: str, now: datetime) -> None:
    """并入: all documents go to the other incident; this one rests and points there."""
    if incident_id == into:
        raise CaifengError("不能把事件并入它自己")
    with office.store.write() as conn:
        target = incident_moves.one(conn, into)
        if target.merged_into is not None:
            raise CaifengError(f"事件{into}已并入事件{target.merged_into}，请并入后者")
        documents = incident_moves.members(conn, incident_id)
        changes = {"merged_into": into}
        facts = {"into": into, "documents": documents}
        incident_moves.move(
            conn, incident_id, "merge", who=who, at=now, why=why, changes=changes, facts=facts
        )
        incident_moves.may_join(conn, documents, into)
        incident_moves.hand_over_documents(conn, documents, into, by=who, at=now, why=f"并入：{why}")
        incident_moves.recount(conn, into, now)
        incident_moves.recount(conn, incident_id, now)
        put_to_rest(conn, incident_id, who=who, now=now, why=f"并入事件{into}")
        facts = {"from": incident_id, "documents": documents}
        record(conn, "incident", into, "merged-in", who=who, at=now, why=why, facts=facts)


def keep_apart(office: Office, incident_id: int, other: int, *, who: str, why: str, now: datetime) -> None:
    """不是同一事件: neither is joined with the other, nor suggested for it, again."""
    if incident_id == other:
        raise CaifengError("请选择另一件事件")
    with office.store.write() as conn:
        for mine, theirs in ((incident_id, other), (other, incident_id)):
            incident_moves.one(conn, mine)
            # a few of its documents stand for all: what is asked later is whether any was kept apart
            documents = incident_moves.members(conn, mine)[-SPOKESMEN:]
            incident_moves.keep_apart(conn, documents, theirs, by=who, at=now)
            record(conn, "incident", mine, "kept-apart", who=who, at=now, why=why, facts={"other": theirs})


def split(
    office: Office,
    incident_id: int,
    documents: Sequence[int],
    title: str,
    *,
    who: str,
    why: str,
    now: datetime,
) -> int:
    """拆分: these documents become an incident of their own; neither side is joined again. The new id."""
    with office.store.write() as conn:
        found = incident_moves.one(conn, incident_id)
        all_of_it = set(incident_moves.members(conn, incident_id))
        moved = sorted(set(documents) & all_of_it)
        rest = sorted(all_of_it - set(moved))
        if not moved or not rest:
            raise CaifengError("拆分须选出该事件的一部分信息，不能为空也不能是全部")
        new = incident_moves.split_off(conn, found, title.strip() or found.title, now)
        incident_moves.hand_over_documents(conn, moved, new, by=who, at=now, why=f"拆分：{why}")
        incident_moves.keep_apart(conn, moved, incident_id, by=who, at=now)
        incident_moves.keep_apart(conn, rest, new, by=who, at=now)
        incident_moves.recount(conn, new, now)
        incident_moves.recount(conn, incident_id, now)
        facts = {"documents": moved, "other": new}
        record(conn, "incident", incident_id, "split", who=who, at=now, why=why, facts=facts)
        facts = {"documents": moved, "other": incident_id}
        record(conn, "incident", new, "split-off", who=who, at=now, why=why, facts=facts)
        return new
