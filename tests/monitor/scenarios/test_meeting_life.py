"""The joint meeting: proposed agenda, signed minutes, and actions that are chased onto the next agenda."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from monitor.domain.signing import NotASigner, Signature
from monitor.errors import CaifengError, IllegalMove
from monitor.stages import meeting_acts, render, task_acts
from monitor.stages.meeting_acts import Agreed, Minutes, Plan
from monitor.store import deadlines, meetings, tasks
from monitor.store.engine import Store
from tests.conftest import MovedClock
from tests.fakes.papers import SIGNER, Office
from tests.fakes.town import gas_leak


@pytest.fixture
def office(store: Store, tmp_path: Path, clock: MovedClock) -> Office:
    return Office(store, clock, tmp_path)


def planned(office: Office) -> int:
    at = office.clock() + timedelta(hours=6)
    wanted = Plan("regular", at, "三楼会议室", "赵副区长", ("publicity", "emergency"))
    return meeting_acts.plan(office.house, wanted, **office.by())


def paper(office: Office, kind: str, number: int) -> str:
    render.run(office.house, office.clock())
    return office.paper_text(kind, "meeting", number)


def test_what_was_agreed_is_chased_and_comes_up_at_the_next_meeting(office: Office) -> None:
    gas_leak(office.store, office.clock())
    gas_leak(office.store, office.clock() + timedelta(minutes=1), title="被举报的事项", restricted=True)
    number = planned(office)
    text = paper(office, "agenda", number)
    assert "东关农贸市场燃气泄漏" in text and "新增舆情事件" in text and "被举报" not in text
    assert meeting_acts.call(office.house, number, ["publicity", "emergency"], **office.by()) == 2
    assert "会议通知" in office.mails("meeting")[0].message["subject"]
    office.clock.forward(hours=8)
    due = office.clock() + timedelta(days=7)
    agreed = (Agreed("开展全区农贸市场燃气检查", "emergency", due), Agreed("公布抢修电话", "housing"))
    told = Minutes(
        heard=("应急局汇报",), decisions=("先核实、再回应",), actions=agreed, present=("赵副区长",)
    )
    with pytest.raises(CaifengError, match="责任单位"):
        meeting_acts.hold(office.house, number, Minutes(actions=(Agreed("x", "nowhere"),)), **office.by())
    meeting_acts.hold(office.house, number, told, **office.by())
    with pytest.raises(NotASigner):
        meeting_acts.issue(office.house, number, Signature("he", "paper"), **office.by())
    with office.store.read() as conn:
        assert tasks.of_origin(conn, "meeting", number) == [], "nothing is ordered before the signature"
    assert meeting_acts.issue(office.house, number, SIGNER, **office.by()) == 1
    text = paper(office, "minutes", number)
    assert "第1期" in text and "开展全区农贸市场燃气检查" in text and "责任单位：区应急管理局" in text
    with office.store.read() as conn:
        first, second = tasks.of_origin(conn, "meeting", number)
        (clock,) = deadlines.of(conn, "task", first.id)
        assert clock.due_at == due and second.state == "open"
    assert {m.recipient.split("@")[0] for m in office.mails("task")} == {"emergency", "housing"}
    task_acts.accept(office.house, second.id, why="已公布", **office.by("he"))
    office.clock.forward(days=30)
    following = planned(office)
    text = paper(office, "agenda", following)
    assert "开展全区农贸市场燃气检查" in text and "公布抢修电话" in text and "办理中" in text
    with office.store.read() as conn:
        assert meetings.get(conn, following).state == "planned"


def test_signed_minutes_are_not_rewritten_and_a_meeting_may_be_cancelled(office: Office) -> None:
    number = planned(office)
    meeting_acts.hold(office.house, number, Minutes(decisions=("会议要求",)), **office.by())
    meeting_acts.hold(office.house, number, Minutes(decisions=("会议再次要求",)), **office.by())
    meeting_acts.issue(office.house, number, SIGNER, **office.by())
    with pytest.raises(IllegalMove):
        meeting_acts.hold(office.house, number, Minutes(), **office.by())
    other = planned(office)
    with pytest.raises(CaifengError):
        meeting_acts.cancel(office.house, other, why="", **office.by())
    meeting_acts.cancel(office.house, other, why="改期", **office.by())
