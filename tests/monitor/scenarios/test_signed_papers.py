"""What is signed goes: 通报, 纪要, 突发事件信息, by mail with both files or on paper; who had it is kept."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from monitor.domain.signing import NotASigner, Signature
from monitor.errors import CaifengError
from monitor.settings import Station
from monitor.settings.station import Numbering
from monitor.stages import circulars, first_reports, meeting_acts, notice_facts, signed_papers
from monitor.stages.meeting_acts import Agreed, Minutes, Plan
from monitor.stages.signed_papers import Handing
from monitor.store import deadlines, papers
from monitor.store.engine import Store
from tests.conftest import MovedClock
from tests.fakes.papers import SIGNER, Office, station
from tests.fakes.town import gas_leak


@pytest.fixture
def office(sqlite_store: Store, tmp_path: Path, clock: MovedClock) -> Office:
    return Office(sqlite_store, clock, tmp_path, _with_superior())


def _with_superior() -> Station:
    """The city's duty office is one of the people the station knows; its numbers have words of their own."""
    base = station()
    numbers = Numbering(transfer="青舆转", circular="青办督", first_report="青值报")
    signed = base.papers.model_copy(update={"numbering": numbers, "report_to": "滨江市人民政府总值班室"})
    return base.model_copy(update={"papers": signed})


def recipients(office: Office) -> set[str]:
    return {m.recipient.split("@")[0] for m in office.mails("paper")}


def test_a_signed_circular_reaches_all_units_of_the_notice_with_both_files(office: Office) -> None:
    number = office.issued()
    office.tick()
    for _ in range(60):
        office.clock.forward(hours=1)
        office.tick(1)
    assert recipients(office) == set(), "a draft goes nowhere"
    words = circulars.Words("请于今日17时前补报并说明原因", ("区应急管理局",))
    assert circulars.issue(office.house, number, SIGNER, words=words, **office.by()) == "青办督〔2026〕1号"
    with pytest.raises(CaifengError, match="没有待签发"):
        circulars.issue(office.house, number, SIGNER, **office.by())
    office.tick()
    sent = office.mails("paper")
    assert {"emergency", "fire"} <= recipients(office) and len(sent) == len({m.key for m in sent})
    assert all(len(m.message["files"]) == 2 for m in sent), "Word and PDF"
    assert "逾期通报" in sent[0].message["subject"]
    text = office.paper_text("circular", "notice", number)
    assert "请于今日17时前补报" in text and "周" in text
    with office.store.read() as conn:
        paper = papers.latest(conn, "circular", "notice", number)
    assert paper and paper.facts["late"][0]["reminded"] >= 1
    assert office.events("paper", paper.id) == ["signed", "sent"]


def test_signed_minutes_reach_who_was_invited_and_who_has_something_to_do(office: Office) -> None:
    at = office.clock() + timedelta(hours=6)
    plan = Plan("regular", at, "三楼会议室", "赵副区长", ("publicity",))
    meeting = meeting_acts.plan(office.house, plan, **office.by())
    told = Minutes(decisions=("先核实",), actions=(Agreed("检查用气安全", "emergency"),))
    meeting_acts.hold(office.house, meeting, told, **office.by())
    office.tick()
    assert recipients(office) == set()
    meeting_acts.issue(office.house, meeting, SIGNER, **office.by())
    office.tick()
    assert recipients(office) == {"publicity", "emergency"}
    assert "会议纪要" in office.mails("paper")[0].message["subject"]


def test_a_first_report_is_written_out_signed_and_sent_upwards_then_followed(office: Office) -> None:
    found = gas_leak(office.store, office.clock(), level_confirmed=2, state="warned")
    with office.store.write() as conn:
        draft = first_reports.draft_first_report(conn, office.house, found, "lin", office.clock())
        again = first_reports.draft_first_report(conn, office.house, found, "lin", office.clock())
        deadlines_before = deadlines.of(conn, "incident", found)
    assert draft and again is None, "a second confirmation does not overwrite what a person has written"
    phoned = office.clock() - timedelta(minutes=5)
    scene = {"leaders": ["赵副区长"], "commander": "吴局长"}
    said = {"casualties": "两人送医，无生命危险", "phoned_at": phoned, **scene}
    first_reports.edit(office.house, found, said, **office.by())
    for nobody in (Signature("he", "paper"), Signature("city-duty", "telephone")):
        with pytest.raises(NotASigner):
            first_reports.sign(office.house, found, nobody, **office.by())
    number = first_reports.sign(office.house, found, SIGNER, **office.by())
    assert number == "青值报〔2026〕1号"
    office.tick()
    (mail,) = office.mails("paper")
    assert mail.recipient == "zhibanshi@yunzhou.localhost" and len(mail.message["files"]) == 2
    text = office.paper_text("first-report", "incident", found)
    assert all(word in text for word in ("滨江市人民政府总值班室：", "两人送医", "电话报告", "青值报"))
    with office.store.read() as conn:
        assert all(c.met_at for c in deadlines.of(conn, "incident", found) if c.rule == "written-report")
        assert len(deadlines.of(conn, "incident", found)) == len(deadlines_before)
    with pytest.raises(CaifengError, match="没有待签发"):
        first_reports.edit(office.house, found, said, **office.by())
    office.clock.forward(hours=2)
    first_reports.draft_next(office.house, found, "续报", **office.by())
    with pytest.raises(CaifengError, match="尚未签发"):
        first_reports.draft_next(office.house, found, "终报", **office.by())
    assert first_reports.sign(office.house, found, SIGNER, **office.by()) == "青值报〔2026〕2号"
    office.tick()
    assert "（续报一）" in office.paper_text("first-report", "incident", found).replace("\n", "")
    first_reports.draft_next(office.house, found, "终报", **office.by())
    first_reports.sign(office.house, found, SIGNER, **office.by())
    with pytest.raises(CaifengError, match="终报已签发"):
        first_reports.draft_next(office.house, found, "续报", **office.by())


def test_what_no_machine_can_carry_is_handed_over_and_entered(office: Office) -> None:
    office.settings = office.settings.model_copy(update={"superior": ()})
    found = gas_leak(office.store, office.clock(), level_confirmed=2, state="warned")
    with office.store.write() as conn:
        draft = first_reports.draft_first_report(conn, office.house, found, "lin", office.clock())
    with pytest.raises(CaifengError, match="尚未签发"):
        signed_papers.hand(office.house, draft or 0, Handing("市总值班室", "fax"), **office.by())
    first_reports.sign(office.house, found, SIGNER, **office.by())
    office.tick()
    with office.store.read() as conn:
        paper = papers.latest(conn, "first-report", "incident", found)
    assert paper and office.mails("paper") == []
    early = Handing("市总值班室", "fax", office.clock() - timedelta(days=1))
    for wrong in (early, Handing("", "fax"), Handing("市总值班室", "link")):
        with pytest.raises(CaifengError):
            signed_papers.hand(office.house, paper.id, wrong, **office.by())
    signed_papers.hand(office.house, paper.id, Handing("市总值班室刘某", "fax"), **office.by())
    assert office.events("paper", paper.id) == ["signed", "sent", "handed"]


def test_a_report_of_wrongdoing_is_never_reported_upwards_by_this_road(office: Office) -> None:
    found = gas_leak(office.store, office.clock(), restricted=True, level_confirmed=2)
    with office.store.write() as conn, pytest.raises(notice_facts.OnlyHandedOver):
        first_reports.draft_first_report(conn, office.house, found, "lin", office.clock())
