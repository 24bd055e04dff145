"""How the daemon runs: roles, what waits before each stage, the outbox, what is in force."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from monitor.console.auth import AtDesk, Reader
from monitor.console.pages.shape import Page
from monitor.console.remedies import remedy
from monitor.console.render import render
from monitor.store import roles
from monitor.store.reading import duty, running

router = APIRouter()
PAGE = Page("status", "运行状况", "/status", router)

LAGGING = timedelta(minutes=5)
ROLE_NAMES = {"crawl": "采集", "work": "处理", "console": "工作台", "run": "监管", "demo": "演示"}
STATE_NAMES = {"running": "运行中", "stopped": "已停止", "crashed": "异常退出", "starting": "启动中"}
# under this the page says so: SQLite needs room for its log, papers and backups
SCANT = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Disk:
    """Room on the disk of the station's directory, in octets."""

    free: int
    total: int

    @property
    def scant(self) -> bool:
        """Whether it is time to make room: under 2 GB or 5 %."""
        return self.free < max(SCANT, self.total // 20)


def disk(folder: Path) -> Disk:
    """How much room there is."""
    found = shutil.disk_usage(folder)
    return Disk(found.free, found.total)


@router.get("/status")
def page(request: Request, desk: AtDesk, visitor: Reader) -> Response:
    """The machine room."""
    now = visitor.now
    with desk.store.read() as conn:
        facts: dict[str, Any] = {
            "roles": [(row, roles.alive(row, now)) for row in roles.listing(conn)],
            "stages": running.waiting(conn, now),
            "outbox": running.outbox(conn),
            "undelivered": duty.undelivered(conn),
            "faults": duty.faults(conn),
            "force": running.in_force(conn),
            "ruleset": running.ruleset(conn),
            "counts": running.counts(conn),
        }
    facts["disk"] = disk(desk.folder)
    facts |= {"remedy": remedy, "role_names": ROLE_NAMES, "state_names": STATE_NAMES, "lagging": LAGGING}
    return render(request, "status.html", visitor, **facts)
