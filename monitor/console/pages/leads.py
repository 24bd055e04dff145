"""Leads: what came by telephone, on paper, from above or from a colleague, and the call back."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, File, Form, HTTPException, UploadFile
from sqlalchemy import RowMapping
from starlette.requests import Request
from starlette.responses import Response

from monitor.console.acting import recorded, recorded_once
from monitor.console.auth import Actor, AtDesk, Reader, Visitor
from monitor.console.desk import Desk
from monitor.console.link_reader import reader_of
from monitor.console.pages.shape import Page
from monitor.console.people import people_of
from monitor.console.render import go, render
from monitor.domain import incident
from monitor.domain.sealed import masked, open_phone
from monitor.domain.upload import LARGEST
from monitor.errors import CaifengError
from monitor.stages import lead_acts, pasting, uploads
from monitor.store import attachments
from monitor.store.reading import leads

router = APIRouter()
PAGE = Page("leads", "线索登记", "/leads", router, main=True)
PER_PAGE = 30


@router.get("/leads")
def page(request: Request, desk: AtDesk, visitor: Reader, channel: str = "", page: int = 1) -> Response:
    """The forms, and what came in last."""
    return _page(request, desk, visitor, channel, min(max(page, 1), 10_000))


def _page(request: Request, desk: Desk, visitor: Visitor, channel: str = "", page: int = 1) -> Response:
    channel = channel if channel in lead_acts.CHANNEL_NAMES else ""
    start, restricted = (page - 1) * PER_PAGE, visitor.restricted
    with desk.store.read() as conn:
        rows = leads.some(conn, restricted=restricted, channel=channel, limit=PER_PAGE, offset=start)
        total = leads.how_many(conn, restricted=restricted, channel=channel)
        pictures = {row["id"]: attachments.of(conn, "lead", row["id"]) for row in rows}
        names = {source.id: source.name for source in desk.station().sources} | people_of(desk, conn)
    return render(
        request, "leads.html", visitor, rows=[_line(desk, row) for row in rows], states=incident.STATES,
        channels=lead_acts.CHANNEL_NAMES, names=names, pictures=pictures, channel=channel,
        page_number=page, pages=-(-total // PER_PAGE), total=total,
    )  # fmt: skip


def _line(desk: Desk, row: RowMapping) -> dict[str, Any]:
    """A lead with its number masked; one sealed under a former key cannot be read any more."""
    sealed = row["phone_sealed"]
    number = open_phone(desk.key, sealed) if sealed else None
    shown = masked("".join(filter(str.isdigit, number))) if number else "密钥已更换" if sealed else ""
    return {**row, "phone": shown, "can_call": number is not None}


@router.post("/leads/paste")
def paste(
    desk: AtDesk,
    visitor: Actor,
    text: Annotated[str, Form(max_length=pasting.LONGEST)] = "",
    picture: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """A link, a text or a screenshot that a colleague sent."""
    who, now = visitor.user.login, visitor.now
    office = recorded_once(desk, who, now, visitor.address, "pasted", "leads", letters=len(text))
    station = desk.station()
    read = reader_of(station, office.store)
    done = pasting.enter(office, text, _upload(picture), who=who, now=now, read_links=read)
    said = f"已录入 {done.new} 条" if done.new else "这些内容已经在库，未重复录入"
    if done.trouble:
        return go(desk, "/leads", f"{said}；链接未能读取：{done.trouble}", ok=bool(done.new))
    return go(desk, "/leads", f"{said}，研判归并后可看到所属事件")


def _upload(given: UploadFile | None) -> uploads.Upload | None:
    if given is None or not given.filename:
        return None
    return uploads.Upload(given.filename, given.file.read(LARGEST + 1))


@router.post("/leads/{lead_id}/call-back")
def call_back(
    request: Request,
    desk: AtDesk,
    visitor: Actor,
    lead_id: int,
    why: Annotated[str, Form(max_length=300)] = "",
) -> Response:
    """The number, on this answer and nowhere again; who asked and why is recorded first."""
    if not why.strip():
        raise CaifengError("请写明回拨事由")
    with desk.store.read() as conn:
        row = leads.one(conn, lead_id, restricted=visitor.restricted)
    if row is None:
        raise HTTPException(404)
    office = recorded(desk, visitor, "lead-called-back", f"lead:{lead_id}", why=why.strip())
    number = lead_acts.call_back(office, lead_id)
    return render(request, "call_back.html", visitor, row=row, number=number, why=why.strip())


@router.post("/leads")
def enter(
    desk: AtDesk,
    visitor: Actor,
    channel: Annotated[str, Form()],
    matter: Annotated[str, Form(min_length=1, max_length=2000)],
    place: Annotated[str, Form(max_length=200)] = "",
    unit: Annotated[str, Form(max_length=200)] = "",
    phone: Annotated[str, Form(max_length=40)] = "",
    order_number: Annotated[str, Form(max_length=80)] = "",
    sudden: Annotated[str, Form(max_length=1)] = "",
) -> Response:
    """Take one down."""
    office = recorded(desk, visitor, "lead-entered", f"lead:{channel[:20]}", sudden=bool(sudden))
    told = lead_acts.Told(channel, matter, place, unit, phone, order_number, bool(sudden))
    who, now = visitor.user.login, visitor.now
    entered = lead_acts.enter(office, told, who=who, now=now, judge=desk.judge)
    if entered.incident is not None:
        return go(desk, f"/incidents/{entered.incident}", "已登记并立为事件，专题监测已启动")
    return go(desk, "/leads", "已登记，研判归并后可在此看到所属事件")
