"""What people may do to a clock: stop it, let it run again, give more time; with approval and reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from monitor.domain.duty import approvers
from monitor.errors import CaifengError
from monitor.stages.office import Office
from monitor.store import deadlines


class NotAnApprover(CaifengError):
    """Somebody who cannot approve; the message says who can."""

    def __init__(self, allowed: Sequence[str]) -> None:
        names = "、".join(allowed) or "（值班表中没有带班领导、分管领导或签发人）"
        super().__init__(f"批准人须是具名的带班领导、分管领导或签发人：{names}")


def _approver(office: Office, ident: str) -> str:
    """The approver's name; empty stays empty, and is refused with the reason."""
    people = approvers(office.station)
    found = next((p.name for p in people if p.id == ident), "")
    if ident.strip() and not found:
        raise NotAnApprover([p.name for p in people])
    return found


def pause(office: Office, deadline_id: int, *, approved_by: str, why: str, who: str, now: datetime) -> None:
    """暂停计时. Raises NotApproved, NotAnApprover; refused for a clock that does not run."""
    name = _approver(office, approved_by)
    with office.store.write() as conn:
        clock = deadlines.one(conn, deadline_id)
        if not clock.runs:
            raise CaifengError("该时限已完成、已取消或已暂停，不能暂停")
        deadlines.pause(conn, clock, who=who, approved_by=name, why=why, now=now)


def go_on(office: Office, deadline_id: int, *, who: str, now: datetime) -> None:
    """恢复计时: the end moves by as long as the clock stood still."""
    with office.store.write() as conn:
        clock = deadlines.one(conn, deadline_id)
        if clock.paused_at is None:
            raise CaifengError("该时限没有暂停")
        deadlines.go_on(conn, clock, who=who, now=now)


def extend(
    office: Office,
    deadline_id: int,
    due_at: datetime,
    *,
    approved_by: str,
    why: str,
    who: str,
    now: datetime,
) -> None:
    """延期. Raises NotApproved, NotAnApprover; refused for what is done, and for an end that is no later."""
    name = _approver(office, approved_by)
    with office.store.write() as conn:
        clock = deadlines.one(conn, deadline_id)
        if clock.met_at is not None or clock.cancelled_at is not None:
            raise CaifengError("该时限已完成或已取消，不能延期")
        if clock.paused_at is not None:
            raise CaifengError("该时限已暂停，请先恢复计时再延期")
        if due_at <= now:
            raise CaifengError("延期后的时限须晚于现在")
        deadlines.extend(conn, clock, due_at, who=who, approved_by=name, why=why, now=now)
