"""What the office does with a notice: each act a POST, recorded, back to the notice with one sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter, Depends
from starlette.datastructures import FormData
from starlette.responses import Response

from monitor.console.acting import recorded
from monitor.console.acts import Acts, allowed, by, carry
from monitor.console.auth import Actor, AtDesk, Visitor
from monitor.console.desk import Cabinet
from monitor.console.notice_forms import change_of, lines, signature
from monitor.console.pages.notices import Form, seen
from monitor.console.pages.shape import Page
from monitor.console.render import go
from monitor.console.unit_forms import ACTS, carry_out, files, hand_of, moment, text
from monitor.errors import CaifengError
from monitor.stages import circulars, notice_acts, notice_decisions, notice_issue, public_answers, supervision
from monitor.stages.notice_answers import WAYS
from monitor.stages.public_answers import Review
from monitor.stages.supervision import Demand
from monitor.store import reports


def visible(desk: AtDesk, visitor: Actor, notice_id: int) -> None:
    """Refuse an act on what this visitor may not see."""
    with desk.store.read() as conn:
        seen(conn, notice_id, visitor)


router = APIRouter(prefix="/notices/{notice_id}", dependencies=[Depends(visible)])
PAGE = Page("notice-acts", "通知书办理", "/notices", router, entry=False)


def _submit(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    notice_acts.submit(office, number, **by(visitor))
    return "已提交审核"


def _check(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    notice_acts.check(office, number, why=text(form, "why", 1000), **by(visitor))
    return "审核通过，待签发"


def _send_back(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    notice_acts.send_back(office, number, why=text(form, "why", 1000), **by(visitor))
    return "已退回修改"


def _edit(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    notice_acts.edit(office, number, change_of(form), **by(visitor))
    return "已保存，送审稿正在重新成文"


def _issue(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    done = notice_issue.issue(office, number, signature(form), scans=files(form), **by(visitor))
    return f"已签发，编号{done.number}，成文后自动下发" + (f"。{done.warning}" if done.warning else "")


def _countersign(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    signer = text(form, "signer", 80)
    notice_issue.countersign(office, number, signer, scans=files(form), **by(visitor))
    return "已登记补签"


def _correct(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    change, why = change_of(form, units=False), text(form, "why", 1000)
    revision = notice_issue.correct(office, number, change, signature(form), why=why, **by(visitor))
    return f"已更正为第{revision}版，将重新发送各单位，原件保留"


def _withdraw(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    notice_acts.withdraw(office, number, why=text(form, "why", 1000), **by(visitor))
    return "已撤销"


def _merge(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    into = text(form, "into", 20)
    if not into.isdecimal():
        raise CaifengError("请选择并入哪一件文书")
    notice_acts.merge(office, number, int(into), why=text(form, "why", 1000), **by(visitor))
    return "已合并"


def _escalate(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    demand = text(form, "demand", 1000) or supervision.DEMAND
    wanted = Demand(text(form, "instruction", 1000), text(form, "leader", 80), demand)
    new = supervision.escalate(office, number, wanted, **by(visitor))
    return f"已起草督办单（文书{new}），请审核签发"


def _accept(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    opinion, score = text(form, "opinion", 1000), text(form, "score", 40)
    notice_decisions.accept(office, number, opinion=opinion, score=score, **by(visitor))
    return "终报审核通过"


def _incomplete(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    until, why = moment(form, "until"), text(form, "why", 1000)
    notice_decisions.incomplete(office, number, why=why, until=until, **by(visitor))
    return "已退回补充"


def _close(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    notice_decisions.close(office, number, why=text(form, "why", 1000), **by(visitor))
    return "已办结"


def _file(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    notice_decisions.file(office, number, archive_no=text(form, "archive_no", 80), **by(visitor))
    return "已归档"


def _enter(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    how = text(form, "how", 20)
    if how not in WAYS or how == "link":
        raise CaifengError("请选择单位是以何种方式报来的")
    hand = hand_of(form, how=how, entered_by=visitor.user.login, at=moment(form, "at"))
    return "代登记：" + carry_out(office, number, text(form, "unit", 80), form, hand, visitor.now)


def _circular(office: Cabinet, number: int, form: FormData, visitor: Visitor) -> str:
    words = circulars.Words(text(form, "demand", 1000), lines(form, "cc"))
    done = circulars.issue(office, number, signature(form), words=words, scans=files(form), **by(visitor))
    return f"已签发通报{done}，成文后自动发出"


DOES: Acts = {
    "submit": (_submit, "act"),
    "edit": (_edit, "act"),
    "enter": (_enter, "act"),
    "send-back": (_send_back, "confirm"),
    "check": (_check, "confirm"),
    "issue": (_issue, "issue"),
    "countersign": (_countersign, "issue"),
    "correct": (_correct, "issue"),
    "withdraw": (_withdraw, "issue"),
    "circular": (_circular, "issue"),
    "merge": (_merge, "confirm"),
    "escalate": (_escalate, "confirm"),
    "accept": (_accept, "confirm"),
    "incomplete": (_incomplete, "confirm"),
    "close": (_close, "confirm"),
    "file": (_file, "act"),
}


@router.post("/{event}")
def act(desk: AtDesk, visitor: Actor, notice_id: int, event: str, form: Form) -> Response:
    """One act."""
    detail = {"do": ACTS.get(text(form, "do", 20), "")} if event == "enter" else {}
    return go(
        desk, f"/notices/{notice_id}", carry(DOES, desk, visitor, "notice", notice_id, event, form, **detail)
    )


def _grant_return(office: Cabinet, asked: int, form: FormData, by: dict[str, Any]) -> str:
    lead = text(form, "lead", 80)
    new = notice_decisions.grant_return(office, asked, why=text(form, "why", 1000), lead=lead, **by)
    return "已同意退单" + (f"，并起草改派文书（文书{new}）" if new else "")


def _refuse_return(office: Cabinet, asked: int, form: FormData, by: dict[str, Any]) -> str:
    notice_decisions.refuse_return(office, asked, why=text(form, "why", 1000), **by)
    return "已驳回退单"


def _grant_extension(office: Cabinet, asked: int, form: FormData, by: dict[str, Any]) -> str:
    until = moment(form, "until")
    notice_decisions.grant_extension(office, asked, why=text(form, "why", 1000), until=until, **by)
    return "已同意延期"


def _refuse_extension(office: Cabinet, asked: int, form: FormData, by: dict[str, Any]) -> str:
    notice_decisions.refuse_extension(office, asked, why=text(form, "why", 1000), **by)
    return "已驳回延期"


def _approve_draft(office: Cabinet, asked: int, form: FormData, by: dict[str, Any]) -> str:
    review = Review("wording" in form, "personal_data" in form, text(form, "secrecy_by", 80))
    public_answers.approve_draft(office, asked, review, why=text(form, "why", 1000), **by)
    return "拟回应稿审核同意，由承办单位发布"


def _refuse_draft(office: Cabinet, asked: int, form: FormData, by: dict[str, Any]) -> str:
    public_answers.refuse_draft(office, asked, why=text(form, "why", 1000), **by)
    return "拟回应稿已退回修改"


DECIDES: Mapping[tuple[str, bool], Callable[[Cabinet, int, FormData, dict[str, Any]], str]] = {
    ("return", True): _grant_return,
    ("return", False): _refuse_return,
    ("extension", True): _grant_extension,
    ("extension", False): _refuse_extension,
    ("draft-answer", True): _approve_draft,
    ("draft-answer", False): _refuse_draft,
}


@router.post("/reports/{report_id}")
def decide(desk: AtDesk, visitor: Actor, notice_id: int, report_id: int, form: Form) -> Response:
    """Yes or no to what a unit asked for."""
    allowed(visitor, "confirm")
    with desk.store.read() as conn:
        asked = reports.one(conn, report_id)
    decides = DECIDES.get((asked.kind, text(form, "decision", 10) == "yes"))
    if asked.notice_id != notice_id or decides is None:
        raise CaifengError("没有这件申请")
    office = recorded(desk, visitor, f"notice-{asked.kind}-decided", f"notice:{notice_id}", report=report_id)
    return go(desk, f"/notices/{notice_id}", decides(office, report_id, form, by(visitor)))
