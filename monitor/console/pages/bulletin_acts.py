"""What the office does with a bulletin and with what leaders say of it: each act a POST, recorded."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from monitor.console.acting import recorded
from monitor.console.acts import Acts, by, carry
from monitor.console.auth import Actor, AtDesk, Visitor, note
from monitor.console.bulletin_forms import item_of
from monitor.console.desk import Cabinet
from monitor.console.instruction_form import order_of
from monitor.console.notice_forms import lines, signature
from monitor.console.pages.bulletins import seen, shown
from monitor.console.pages.notices import Form
from monitor.console.pages.shape import Page
from monitor.console.render import go
from monitor.console.unit_forms import files, moment, text
from monitor.domain.bulletin import KINDS
from monitor.errors import CaifengError
from monitor.stages import House, bulletin_acts, publish, summaries, task_acts
from monitor.stages.bulletin_acts import Words
from monitor.store import bulletins

router = APIRouter(prefix="/bulletins")
PAGE = Page("bulletin-acts", "舆情信息办理", "/bulletins", router, entry=False)
LONGEST = timedelta(days=92)


@router.post("/period")
def period(desk: AtDesk, visitor: Actor, form: Form) -> Response:
    """A bulletin of any period, drafted on demand."""
    kind, since, until = text(form, "kind", 20), moment(form, "since"), moment(form, "until")
    if kind not in ("daily", "weekly", "monthly", "messages") or since is None or until is None:
        raise CaifengError("请选择种类和起止时间")
    if not since < until <= visitor.now + timedelta(minutes=1) or until - since > LONGEST:
        raise CaifengError("起止时间不对：结束须晚于开始、不晚于现在，且不超过三个月")
    with desk.store.read() as conn:
        there = bulletins.of_period(conn, kind, since, until)
    if there is not None:
        return go(desk, f"/bulletins/{there}", "该期已起草过", ok=False)
    office = recorded(desk, visitor, "bulletin-drafted", f"bulletin:{kind}")
    house, who, now = cast(House, office), visitor.user.login, visitor.now
    with office.store.write() as conn:
        if kind == "messages":
            new = publish.draft_messages(conn, house, since, until, who, now)
        else:
            new = publish.draft_period(conn, house, kind, since, until, who, now)
    return go(desk, f"/bulletins/{new}", f"已起草{KINDS[kind]}，请核对后提交审核")


def _check(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    bulletin_acts.check(office, number, **by(visitor))
    return "审核通过，待签发"


def _send_back(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    bulletin_acts.send_back(office, number, why=text(form, "why", 1000), **by(visitor))
    return "已退回修改"


def _withdraw(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    bulletin_acts.withdraw(office, number, why=text(form, "why", 1000), **by(visitor))
    return "已撤销"


def _edit(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    with office.store.read() as conn:
        sources = bulletins.get(conn, number).facts["sources"]
    words = Words(
        text(form, "title", 120),
        text(form, "judgement", 600),
        text(form, "ai_summary", 600) if "ai_summary" in form else None,
        lines(form, "traits"),
        lines(form, "send_to"),
        lines(form, "issue_to"),
        {str(i): item_of(form, str(i), sources) for i in form.getlist("incident")},
    )
    bulletin_acts.edit(office, number, words, **by(visitor))
    return "已保存，送审稿正在重新成文"


def _item(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    item = text(form, "incident", 20)
    with office.store.read() as conn:
        sources = bulletins.get(conn, number).facts["sources"]
    more = item_of(form, item, sources)
    warning = bulletin_acts.write_item(office, number, item, more, **by(visitor))
    return f"已保存，送审稿正在重新成文{'。' + warning if warning else ''}"


def _issue(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    done = bulletin_acts.issue(office, number, signature(form), scans=files(form), **by(visitor))
    said = f"已签发：第{done.issue}期（总第{done.total}期），成文后自动送阅"
    return said + (f"。{done.warning}" if done.warning else "")


def _instruct(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    order = order_of(form)
    leader = text(form, "leader", 80)
    if not leader:
        raise CaifengError("请填写批示领导")
    task_acts.instruct(
        office, number, order, leader=leader, how=text(form, "how", 20) or "paper", **by(visitor)
    )
    return "批示已登记，已转承办单位" if order.unit else "批示已登记"


DOES: Acts = {
    "edit": (_edit, "act"),
    "item": (_item, "act"),
    "instruct": (_instruct, "act"),
    "check": (_check, "confirm"),
    "send-back": (_send_back, "confirm"),
    "withdraw": (_withdraw, "confirm"),
    "issue": (_issue, "issue"),
}


@router.post("/{bulletin_id}/propose")
def propose(request: Request, desk: AtDesk, visitor: Actor, bulletin_id: int) -> Response:
    """The model's proposal for a summary, in the form; nothing is kept before a person saves it."""
    with desk.store.write() as conn:
        found = seen(conn, bulletin_id, visitor)
        note(conn, visitor, "bulletin-propose", f"bulletin:{bulletin_id}")
    try:
        proposal = summaries.propose(desk.station(), desk.folder, found.facts)
    except CaifengError as error:
        return go(desk, f"/bulletins/{bulletin_id}", str(error), ok=False)
    return shown(request, desk, visitor, bulletin_id, proposal)


@router.post("/{bulletin_id}/{event}")
def act(desk: AtDesk, visitor: Actor, bulletin_id: int, event: str, form: Form) -> Response:
    """One act."""
    with desk.store.read() as conn:
        seen(conn, bulletin_id, visitor)
    said = carry(DOES, desk, visitor, "bulletin", bulletin_id, event, form)
    return go(desk, f"/bulletins/{bulletin_id}", said)
