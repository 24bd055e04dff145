"""What people may do to a clock: stop it, let it run again, give more time; with approval and reason."""

from __future__ import annotations

from datetime import datetime

from monitor.errors import CaifengError
from monitor.stages.office import Office
from monitor.store import deadlines


def pause(office: Office, deadline_id: int, *, approved_by: str, why: str, who: str, now: datetime) -> None:
    """暂停计时. Raises NotApproved; refused for a clock that does not run."""
    with office.store.write() as conn:
        clock = deadlines.one(conn, deadline_id)
        if not clock.runs:
            raise CaifengError("该时限已完成、已取消或已暂停，不能暂停")
        deadlines.pause(conn, clock, who=who, approved_by=approved_by, why=why, now=now)


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
    """延期. Raises NotApproved; refused for what is done or cancelled, or when the new end is no later."""
    with office.store.write() as conn:
        clock = deadlines.one(conn, deadline_id)
        if clock.met_at is not None or clock.cancelled_at is not None:
            raise CaifengError("该时限已完成或已取消，不能延期")
        deadlines.extend(conn, clock, due_at, who=who, approved_by=approved_by, why=why, now=now)
