"""Behind the buttons of an alert mail: acknowledge, pass on, dismiss, draft a notice; by whoever was told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from fastapi import HTTPException
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from monitor.console import show as on_screen
from monitor.console.acting import recorded_by
from monitor.console.desk import Cabinet, Desk
from monitor.console.people import people_of
from monitor.console.render import render
from monitor.console.security import address_of
from monitor.console.words import named
from monitor.domain import incident
from monitor.errors import CaifengError
from monitor.stages import House, incident_acts, notify
from monitor.store.links import Link
from monitor.store.reading import incidents

WANTS: Mapping[str, str] = {
    "acknowledge": "确认收到",
    "dismiss": "无需预警",
    "draft": "起草通知书",
    "pass-on": "我无法处理",
}


def show(
    request: Request, desk: Desk, link: Link, now: datetime, said: str = "", ok: bool = True
) -> Response:
    """The incident in ten lines, and the form the mail's button asked for in front."""
    with desk.store.read() as conn:
        # whoever was told of it may see its line here, restricted or not: the alert stage chose the reader
        row = incidents.one(conn, link.subject_id, restricted=True)
        people = people_of(desk, conn)
    if row is None:
        raise HTTPException(404)
    want = request.query_params.get("do", "")
    return render(
        request,
        "alert_link.html",
        row=row,
        holder=named(people, link.holder),
        people=people,
        said=said,
        ok=ok,
        want=want if want in WANTS else "acknowledge",
        states=incident.STATES,
        here_path=request.url.path,
        possible=incident.MACHINE.possible(row["state"]),
    )


def act(request: Request, desk: Desk, link: Link, now: datetime, form: FormData) -> Response:
    """Carry out what the form says, under the holder's name; say what came of it."""
    want, why = str(form.get("do", "")), str(form.get("why", ""))[:1000]
    if want not in WANTS:
        raise CaifengError("没有这一步")
    office = recorded_by(
        desk,
        link.holder,
        now,
        address_of(request),
        f"incident-{want}",
        f"incident:{link.subject_id}",
        link=link.id,
    )
    try:
        said = _do(desk, office, link, want, why, now)
    except CaifengError as fault:
        return show(request, desk, link, now, str(fault), ok=False)
    return show(request, desk, link, now, said)


def _do(desk: Desk, office: Cabinet, link: Link, want: str, why: str, now: datetime) -> str:
    by: dict[str, Any] = {"who": link.holder, "now": now}
    if want == "acknowledge":
        return _acknowledge(desk, office, link, by)
    if want == "dismiss":
        incident_acts.dismiss(office, link.subject_id, why=why, **by)
        return "已判为无需预警"
    if want == "pass-on":
        incident_acts.pass_on(office, link.subject_id, why=why, **by)
        return "已转下一人"
    with office.store.write() as conn:
        notify.draft(conn, cast(House, office), link.subject_id, link.holder, now)
    return "已起草，请登录值守台核对后提交审核"


def _acknowledge(desk: Desk, office: Cabinet, link: Link, by: dict[str, Any]) -> str:
    first = incident_acts.acknowledge(office, link.subject_id, **by)
    if first.won:
        return "已确认收到，不再转告下一人"
    with desk.store.read() as conn:
        name = named(people_of(desk, conn), first.by)
    return f"{name}已于{on_screen.moment(first.at, by['now'])}确认收到"
