"""What a person does with an incident: every act a POST, every POST recorded, back to where it was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, Form
from starlette.responses import Response

from monitor.console import show, words
from monitor.console.acting import recorded
from monitor.console.auth import Actor, AtDesk, Confirmer, Visitor
from monitor.console.desk import Cabinet, Desk
from monitor.console.pages.incidents import found
from monitor.console.pages.shape import Page
from monitor.console.people import people_of
from monitor.console.render import go, own_path
from monitor.console.security import Refused
from monitor.domain import incident
from monitor.errors import CaifengError
from monitor.stages import House, incident_acts, level_acts, notify, publish, sorting_acts


def visible(desk: AtDesk, visitor: Actor, incident_id: int) -> None:
    """Refuse an act on what this visitor may not see."""
    with desk.store.read() as conn:
        found(conn, incident_id, visitor)


router = APIRouter(prefix="/incidents/{incident_id}", dependencies=[Depends(visible)])
PAGE = Page("incident-acts", "事件办理", "/incidents", router, entry=False)

Words = Annotated[str, Form(max_length=2000)]
Back = Annotated[str, Form(max_length=400)]
# moves that a duty officer may make; the others take the right to confirm
BY_OFFICER = frozenset({"dismiss", "elsewhere", "watch"})
MOVES: Mapping[str, Callable[..., None]] = {
    "dismiss": incident_acts.dismiss,
    "elsewhere": incident_acts.elsewhere,
    "watch": incident_acts.watch,
    "close": incident_acts.close,
    "file": incident_acts.file,
    "reopen": incident_acts.reopen,
    "handle": level_acts.handle,
}


def _office(desk: Desk, visitor: Visitor, action: str, incident_id: int, **detail: object) -> Cabinet:
    return recorded(desk, visitor, f"incident-{action}", f"incident:{incident_id}", **detail)


def _by(visitor: Visitor) -> dict[str, Any]:
    return {"who": visitor.user.login, "now": visitor.now}


def _done(desk: Desk, incident_id: int, said: str, back: str = "", *, ok: bool = True) -> Response:
    return go(desk, own_path(back, f"/incidents/{incident_id}"), said, ok=ok)


@router.post("/acknowledge")
def acknowledge(desk: AtDesk, visitor: Actor, incident_id: int, back: Back = "") -> Response:
    """Stops the escalation; the later of two learns who was first."""
    office = _office(desk, visitor, "acknowledge", incident_id)
    first = incident_acts.acknowledge(office, incident_id, **_by(visitor))
    if first.won:
        return _done(desk, incident_id, "已确认收到，不再转告下一人。请尽快研判。")
    with desk.store.read() as conn:
        name = words.named(people_of(desk, conn), first.by)
    said = f"{name}已于{show.moment(first.at, visitor.now)}确认收到"
    return _done(desk, incident_id, said, back, ok=False)


@router.post("/pass-on")
def pass_on(desk: AtDesk, visitor: Actor, incident_id: int, why: Words) -> Response:
    """“我无法处理”."""
    incident_acts.pass_on(
        _office(desk, visitor, "pass-on", incident_id), incident_id, why=why, **_by(visitor)
    )
    return _done(desk, incident_id, "已转下一人")


@router.post("/confirm")
def confirm(
    desk: AtDesk,
    visitor: Confirmer,
    incident_id: int,
    level: Annotated[int, Form(ge=1, le=4)],
    why: Words = "",
) -> Response:
    """A person fixes the level."""
    office = _office(desk, visitor, "confirm", incident_id, level=level)
    result = level_acts.confirm_level(office, incident_id, level, why=why, **_by(visitor))
    said = f"已确认为{words.level(level).numeral}（{words.level(level).grade}）"
    if result.told:
        said += f"；已报告{'、'.join(result.told)}"
    if result.drafts:
        said += f"；已起草{'、'.join(result.drafts)}，请审核签发"
    return _done(desk, incident_id, said)


@router.post("/move")
def move(
    desk: AtDesk, visitor: Actor, incident_id: int, event: Annotated[str, Form()], why: Words = ""
) -> Response:
    """Out of warning, into handling, to an end, back again."""
    act = MOVES.get(event)
    if act is None:
        raise CaifengError("没有这一步")
    if event not in BY_OFFICER and not visitor.may("confirm"):
        raise Refused("此步须由值班长办理")
    act(_office(desk, visitor, event, incident_id), incident_id, why=why, **_by(visitor))
    return _done(desk, incident_id, f"已{incident.EVENTS[event].removeprefix('已')}")


@router.post("/answered")
def answered(
    desk: AtDesk,
    visitor: Confirmer,
    incident_id: int,
    where: Annotated[str, Form(min_length=1, max_length=300)],
    at: Annotated[str, Form()] = "",
    words_: Annotated[str, Form(alias="words", max_length=2000)] = "",
) -> Response:
    """The public has been answered."""
    office = _office(desk, visitor, "answered", incident_id, where=where)
    moment = show.entered(at) or visitor.now
    level_acts.answered(office, incident_id, at=moment, where=where, words=words_, **_by(visitor))
    return _done(desk, incident_id, "已登记公开回应")


@router.post("/categorise")
def categorise(
    desk: AtDesk, visitor: Actor, incident_id: int, category: Annotated[str, Form()], why: Words = ""
) -> Response:
    """A–G."""
    office = _office(desk, visitor, "categorise", incident_id, category=category[:1])
    level_acts.categorise(office, incident_id, category, why=why, **_by(visitor))
    said = f"研判类别已定为{category}类"
    return _done(desk, incident_id, said + ("，突发事件回应时限开始计时" if category == "G" else ""))


@router.post("/happened")
def happened(desk: AtDesk, visitor: Actor, incident_id: int, at: Annotated[str, Form()]) -> Response:
    """When it happened, as verified."""
    moment = show.entered(at)
    if moment is None:
        raise CaifengError("请填写事件发生时间")
    office = _office(desk, visitor, "event-time", incident_id, at=moment.isoformat())
    level_acts.set_event_time(office, incident_id, moment, **_by(visitor))
    return _done(desk, incident_id, "已核定事件发生时间，有关时限已重算")


@router.post("/remark")
def remark(
    desk: AtDesk, visitor: Actor, incident_id: int, said: Annotated[str, Form(alias="words", max_length=2000)]
) -> Response:
    """A line on the timeline."""
    incident_acts.remark(
        _office(desk, visitor, "remark", incident_id), incident_id, words=said, **_by(visitor)
    )
    return _done(desk, incident_id, "已记入办理记录")


@router.post("/told")
def told(
    desk: AtDesk,
    visitor: Actor,
    incident_id: int,
    person: Annotated[str, Form(min_length=1, max_length=80)],
    result: Annotated[str, Form(min_length=1, max_length=300)],
    channel: Annotated[str, Form(max_length=20)] = "call",
    back: Back = "",
) -> Response:
    """Somebody was told by a person: a call with its result."""
    office = _office(desk, visitor, "told", incident_id, person=person)
    incident_acts.tell(office, incident_id, person=person, channel=channel, result=result, **_by(visitor))
    return _done(desk, incident_id, f"已记录：{person}，{result}", back)


@router.post("/merge")
def merge(
    desk: AtDesk, visitor: Actor, incident_id: int, target: Annotated[int, Form()], why: Words
) -> Response:
    """Into another incident."""
    visible(desk, visitor, target)
    office = _office(desk, visitor, "merge", incident_id, into=target)
    sorting_acts.merge(office, incident_id, target, why=why, **_by(visitor))
    return _done(desk, target, f"事件{incident_id}已并入本事件")


@router.post("/split")
def split(
    desk: AtDesk,
    visitor: Actor,
    incident_id: int,
    title: Annotated[str, Form(min_length=1, max_length=120)],
    why: Words,
    document: Annotated[list[int] | None, Form()] = None,
) -> Response:
    """Some of its documents become an incident of their own."""
    office = _office(desk, visitor, "split", incident_id, documents=document)
    new = sorting_acts.split(office, incident_id, document or [], title, why=why, **_by(visitor))
    return _done(desk, new, f"已由事件{incident_id}拆出本事件，今后不再自动合并")


@router.post("/draft")
def draft(desk: AtDesk, visitor: Actor, incident_id: int, paper: Annotated[str, Form()]) -> Response:
    """A notice or a bulletin, drafted only."""
    office = _office(desk, visitor, "draft", incident_id, paper=paper[:20])
    who, now = visitor.user.login, visitor.now
    with office.store.write() as conn:
        if paper == "notice":
            return go(
                desk,
                f"/notices/{notify.draft(conn, cast(House, office), incident_id, who, now)}",
                "已起草，请核对后提交审核",
            )
        if paper not in ("special", "flash", "follow-up"):
            raise CaifengError("没有这种文书")
        number = publish.draft_special(conn, cast(House, office), incident_id, paper, who, now)
    return go(desk, f"/bulletins/{number}", "已起草，请核对后提交审核")
