"""The duty: who has it now and this week, hand-overs, calls with their results, silences."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Form
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from alerts.silence import Silence
from monitor.clock import SHANGHAI, local
from monitor.console import show
from monitor.console.acting import recorded
from monitor.console.auth import Actor, AtDesk, Confirmer, Reader, Visitor
from monitor.console.desk import Desk
from monitor.console.pages.home import calls_to_make
from monitor.console.pages.incidents import found
from monitor.console.pages.shape import Page
from monitor.console.people import people_of
from monitor.console.render import go, render
from monitor.domain.calendar import working_days
from monitor.domain.duty import Watch, next_change, on_duty, shifts_of
from monitor.errors import CaifengError
from monitor.stages import incident_acts
from monitor.store.reading import incidents, roster

router = APIRouter()
PAGE = Page("roster", "值班", "/roster", router)

DAYS = 7
LONGEST = timedelta(days=3)
PARTS = (("officer", "值班员"), ("deputy", "副班"), ("leader", "带班领导"))


@router.get("/roster")
def page(request: Request, desk: AtDesk, visitor: Reader) -> Response:
    """Now, this week, and what is to be taken over."""
    now, kept = visitor.now, desk.station().roster
    with desk.store.read() as conn:
        facts: dict[str, Any] = {
            "handovers": roster.handovers(conn, 8),
            "to_call": calls_to_make(conn, visitor),
            "calls": roster.calls(conn, restricted=visitor.restricted, limit=15),
            "people": people_of(desk, conn),
        }
    facts |= {
        "running": on_duty(kept, now),
        "changes": next_change(kept, now),
        "week": _week(desk, local(now).date()),
        "phones": {person.id: person.phone for person in kept.people},
        "parts": PARTS,
    }
    return render(request, "roster.html", visitor, **facts)


def _week(desk: Desk, today: date) -> list[tuple[date, bool, list[Watch]]]:
    """Seven days from today: the day, whether it is a working day, its shifts."""
    kept = desk.station().roster
    works = working_days(kept.calendar)
    days = (today + timedelta(days=number) for number in range(DAYS))
    return [(day, works(day), list(shifts_of(kept, day))) for day in days]


@router.get("/silences")
def silences(request: Request, desk: AtDesk, visitor: Reader) -> Response:
    """What is quiet now, until when and why; and what was."""
    with desk.store.read() as conn:
        facts = {
            "holding": roster.silences(conn, visitor.now, restricted=visitor.restricted),
            "over": roster.silences(conn, visitor.now, restricted=visitor.restricted, over=True),
            "topics": incidents.topics(conn, restricted=visitor.restricted),
            "open": _open(conn, visitor),
            "people": people_of(desk, conn),
        }
    return render(request, "silences.html", visitor, **facts)


def _open(conn: Connection, visitor: Visitor) -> Any:
    wanted = incidents.Wanted(states=("found", "judging", "warned", "handling", "watched"))
    return incidents.some(conn, wanted, restricted=visitor.restricted, limit=60)


@router.post("/silences")
def silence(
    desk: AtDesk,
    visitor: Confirmer,
    until: Annotated[str, Form(max_length=30)],
    why: Annotated[str, Form(max_length=500)] = "",
    incident: Annotated[str, Form(max_length=12)] = "",
    topic: Annotated[str, Form(max_length=40)] = "",
    place: Annotated[str, Form(max_length=60)] = "",
) -> Response:
    """Keep an incident, a topic or a place quiet until a moment, with a reason; never Ⅰ or Ⅱ as a whole."""
    number = int(incident) if incident.isdecimal() else None
    floor, ends = _floor(desk, visitor, number), _moment(until)
    if ends > visitor.now + LONGEST:
        raise CaifengError(f"静默最长{LONGEST.days}天，到期仍需要的请重新设置")
    quiet = Silence(
        starts_at=visitor.now,
        ends_at=ends,
        by=visitor.user.login,
        why=why.strip(),
        incident=number,
        topic=topic.strip() or None,
        place=place.strip() or None,
        floor=floor,
    )
    office = recorded(desk, visitor, "silence-set", f"incident:{number}" if number else "silence", why=why)
    incident_acts.silence(office, quiet, now=visitor.now)
    return go(desk, "/silences", f"已设置静默，至{show.moment(ends, visitor.now)}")


def _floor(desk: Desk, visitor: Visitor, number: int | None) -> int:
    """An incident is silenced as grave as it is now; everything else never above Ⅲ."""
    if number is None:
        return 3
    with desk.store.read() as conn:
        return int(found(conn, number, visitor)["level"])


@router.post("/silences/{silence_id}/lift")
def lift(desk: AtDesk, visitor: Actor, silence_id: int) -> Response:
    """End one early: to speak again needs no reason."""
    office = recorded(desk, visitor, "silence-lifted", f"silence:{silence_id}")
    incident_acts.lift_silence(office, silence_id, who=visitor.user.login, now=visitor.now)
    return go(desk, "/silences", "已解除静默")


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
    except ValueError as error:
        raise CaifengError("请填写静默结束时间") from error
