"""The sources' health: what is configured beside what was seen, with the last day's visits as a strip."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import Response

from monitor.console.auth import AtDesk, Reader
from monitor.console.health import OFF, WELL, healths
from monitor.console.pages.shape import Page
from monitor.console.render import render
from monitor.store.reading import sources

router = APIRouter()
PAGE = Page("sources", "信源", "/sources", router)

DAY = timedelta(hours=24)
STRIP_HOURS = 24


@dataclass(frozen=True, slots=True)
class Cell:
    """One hour of a source: CSS class and what a tooltip says."""

    css: str
    title: str


@router.get("/sources")
def listing(request: Request, desk: AtDesk, visitor: Reader, show: str = "") -> Response:
    """All sources, those in trouble first."""
    with desk.store.read() as conn:
        found = healths(desk, conn, visitor.now)
        days = sources.days(conn, visitor.now - DAY)
        steps = sources.steps(conn, visitor.now - DAY, 3600)
    strips = {health.id: strip(steps.get(health.id, {})) for health in found}
    trouble = [health for health in found if health.enabled and health.word != WELL]
    shown = trouble if show == "trouble" else found
    return render(
        request, "sources.html", visitor, rows=shown, days=days, strips=strips, nobody=sources.Day(),
        well=sum(health.word == WELL for health in found), trouble=len(trouble),
        off=sum(health.word == OFF for health in found), show=show,
    )  # fmt: skip


def strip(steps: Mapping[int, sources.Step]) -> list[Cell]:
    """The last 24 hours, one cell each, the oldest first."""
    return [_cell(steps.get(number), STRIP_HOURS - number) for number in range(STRIP_HOURS)]


def _cell(step: sources.Step | None, hour: int) -> Cell:
    when = f"{hour} 小时前" if hour > 1 else "最近 1 小时"
    if step is None:
        return Cell("none", f"{when}：未采集")
    said = f"{when}：采集 {step.visits} 次，新增 {step.new_pages} 条"
    said += f"，失败 {step.failed} 次" if step.failed else ""
    return Cell("bad" if step.failed * 2 > step.visits else "new" if step.new_pages else "ok", said)


@router.get("/sources/{source}")
def page(request: Request, desk: AtDesk, visitor: Reader, source: str) -> Response:
    """One source: its registration, its last visits, what it brought."""
    entry = desk.station().source(source)
    with desk.store.read() as conn:
        health = next((health for health in healths(desk, conn, visitor.now) if health.id == source), None)
        if entry is None or health is None:
            raise HTTPException(404)
        visits = sources.visits(conn, source)
        documents = sources.documents(conn, source, restricted=visitor.restricted)
    return render(
        request, "source.html", visitor, entry=entry, health=health, visits=visits, documents=documents
    )
