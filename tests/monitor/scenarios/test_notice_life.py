"""A notice from its draft to the archive: who may do what, and what leaves the house when."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from monitor.domain.signing import NotASigner, Signature
from monitor.errors import CaifengError, IllegalMove
from monitor.stages import notice_acts, notice_answers, notice_decisions, notice_issue, public_answers
from monitor.stages.notice_acts import Change, NotEditable, Units
from monitor.stages.notice_answers import Hand, LeadOnly
from monitor.stages.public_answers import Published, Review
from monitor.store import deadlines, incident_moves, notices, papers, spreads
from monitor.store.engine import Store
from tests.conftest import MovedClock
from tests.fakes.papers import QIAN, SIGNER, Office, station


@pytest.fixture
def office(store: Store, tmp_path: Path, clock: MovedClock) -> Office:
    return Office(store, clock, tmp_path)


def test_from_a_draft_to_the_archive_with_a_return_an_extension_and_a_late_report(office: Office) -> None:
    number = office.issued()
    found = office.notice(number)
    assert (found.number, found.state) == ("青舆警〔2026〕1号", "issued")
    assert office.mails() == [], "the paper is not made yet"
    office.tick()
    assert office.notice(number).state == "delivered"
    lead, *others = office.mails()
    assert lead.recipient == "emergency@qingshi.localhost" and len(others) == 2
    assert "青舆警〔2026〕1号" in lead.message["subject"] and len(lead.message["files"]) == 3
    assert "/l/" in lead.message["text"] and "不得要求网民删帖" in lead.message["text"]
    # the unit first says it is not its business; the office disagrees
    office.clock.forward(minutes=20)
    notice_answers.ask_return(
        office.house,
        number,
        "emergency",
        why="属燃气管理",
        basis="燃气条例第五条",
        hand=QIAN,
        now=office.clock(),
    )
    assert office.notice(number).state == "returning"
    asked = office.asked(number, "return")
    notice_decisions.refuse_return(office.house, asked.id, why="三定方案明确由应急局牵头", **office.by("he"))
    assert notice_answers.sign(office.house, number, "emergency", hand=QIAN, now=office.clock())
    # it asks for time before its first report, gets it, and is late all the same
    until = office.clock() + timedelta(hours=8)
    notice_answers.ask_extension(
        office.house, number, "emergency",
        rule="first-report", until=until, why="需第三方检测", hand=QIAN, now=office.clock(),
    )  # fmt: skip
    asked = office.asked(number, "extension")
    notice_decisions.grant_extension(office.house, asked.id, why="同意", **office.by("he"))
    with office.store.read() as conn:
        clock = next(c for c in deadlines.of(conn, "notice", number) if c.rule == "first-report")
    assert clock.due_at == until
    office.clock.forward(hours=9)
    office.tick()
    urged = office.mails()[-1]
    assert "催办" in urged.message["subject"] and urged.recipient == "emergency@qingshi.localhost"
    assert "第1次催办" in office.paper_text("reminder", "notice", number)
    office.report(number, "first")
    assert office.asked(number, "first").body["late"] == "1"
    office.report(number, "further", account="软管已送检。")
    # the answer is looked at before the unit publishes it
    _answer(office, number)
    office.report(number, "final")
    notice_decisions.accept(office.house, number, opinion="核查清楚，同意办结", **office.by("he"))
    notice_decisions.close(office.house, number, **office.by("he"))
    notice_decisions.file(office.house, number, **office.by("lin"))
    office.tick()
    assert office.notice(number).state == "filed"
    assert "核查清楚，同意办结" in office.paper_text("notice", "notice", number)
    form = office.paper_text("feedback", "report", office.asked(number, "final").id)
    assert "■终报" in form and "吴局长" in form and "青石区政府网站" in form
    with office.store.read() as conn:
        incident = incident_moves.one(conn, found.incident_id)
        assert incident.state == "answered" and incident.responded_at is not None
        assert not [c for c in deadlines.of(conn, "notice", number) if c.runs]


def _answer(office: Office, number: int) -> None:
    unit = (office.house, number, "emergency")
    told = Published(
        "青石区政府网站", office.clock(), "https://qingshi.example.cn/1", "已关阀排查，3名伤者病情平稳。"
    )
    with pytest.raises(CaifengError, match="尚未经办公室审核"):
        public_answers.publish(*unit, told, hand=QIAN, now=office.clock())
    text = "别有用心者传播。联系人张某 13812345678，我区已组织排查整改。"
    seen = public_answers.hand_in_draft(*unit, text=text, hand=QIAN, now=office.clock())
    assert any("别有用心" in s for s in seen) and any("个人信息" in s for s in seen)
    draft = office.asked(number, "draft-answer")
    with pytest.raises(CaifengError, match="个人信息"):
        public_answers.approve_draft(office.house, draft.id, Review(True, False, "孙保密"), **office.by("he"))
    public_answers.refuse_draft(office.house, draft.id, why="删去定性语和电话", **office.by("he"))
    public_answers.hand_in_draft(
        *unit, text="11月23日市场燃气泄漏，已关阀排查，3名伤者病情平稳。", hand=QIAN, now=office.clock()
    )
    draft = office.asked(number, "draft-answer")
    with pytest.raises(CaifengError, match="保密审查"):
        public_answers.approve_draft(office.house, draft.id, Review(True, False, ""), **office.by("he"))
    public_answers.approve_draft(office.house, draft.id, Review(True, False, "孙保密"), **office.by("he"))
    public_answers.publish(*unit, told, hand=QIAN, now=office.clock())


def test_the_spread_is_measured_again_a_day_after_the_answer(office: Office) -> None:
    number = office.signed()
    _answer(office, number)
    incident = office.notice(number).incident_id
    office.tick()
    with office.store.read() as conn:
        before = spreads.marked(conn, incident, "before")
        assert before is not None and before.documents == 3
        assert spreads.marked(conn, incident, "after") is None
    office.clock.forward(hours=25)
    office.tick()
    with office.store.read() as conn:
        after = spreads.marked(conn, incident, "after")
        assert after is not None and after.at == office.clock()


def test_only_a_named_signer_issues(office: Office) -> None:
    number = office.checked()
    for signer, mode in (("zhao", "paper"), ("nobody", "paper"), ("zhou", "console"), ("zhou", "magic")):
        with pytest.raises(NotASigner):
            notice_issue.issue(office.house, number, Signature(signer, mode), **office.by())
    assert office.notice(number).number is None
    office.tick()
    assert office.mails() == []
    issued = notice_issue.issue(office.house, number, Signature("zhou", "console"), **office.by("zhou"))
    assert issued.number == "青舆警〔2026〕1号"
    with pytest.raises(IllegalMove):
        notice_issue.issue(office.house, number, SIGNER, **office.by())


def test_at_night_a_leader_orders_by_telephone_and_signs_later(office: Office) -> None:
    number = office.checked()
    order = Signature("zhao", "telephone")
    with pytest.raises(NotASigner, match="周主任"):
        notice_issue.issue(office.house, number, order, **office.by())
    office.clock.forward(hours=14)  # 23:00
    notice_issue.issue(office.house, number, order, **office.by())
    assert office.notice(number).countersigned_at is None
    office.clock.forward(hours=10)
    notice_issue.countersign(office.house, number, "zhao", **office.by())
    assert office.notice(number).countersigned_at == office.clock()
    with pytest.raises(CaifengError):
        notice_issue.countersign(office.house, number, "zhao", **office.by())


def test_one_person_in_several_roles_is_warned_of(office: Office) -> None:
    number = office.drafted()
    notice_acts.check(office.house, number, **office.by("lin"))
    issued = notice_issue.issue(office.house, number, SIGNER, **office.by("lin"))
    assert issued.warning == "提醒：起草、审核为同一人"


def test_limits_run_from_the_issue_and_the_lead_alone_owes_reports(office: Office) -> None:
    number = office.checked()
    office.clock.forward(hours=3)
    notice_issue.issue(office.house, number, SIGNER, **office.by())
    with office.store.read() as conn:
        clocks = deadlines.of(conn, "notice", number)
    owed = {(c.rule, c.unit): c.due_at - office.clock() for c in clocks}
    assert owed[("sign", "emergency")] == owed[("sign", "fire")] == timedelta(hours=1)
    assert owed[("first-report", "emergency")] == timedelta(hours=5), "4 h from the end of the signing time"
    assert owed[("final-report", "emergency")] == timedelta(hours=48)
    assert ("first-report", "fire") not in owed and ("sign", "st-dongguan") in owed


def test_the_first_report_runs_from_an_early_signature(office: Office) -> None:
    number = office.signed()
    with office.store.read() as conn:
        clock = next(c for c in deadlines.of(conn, "notice", number) if c.rule == "first-report")
    assert clock.due_at == office.clock() + timedelta(hours=4)


def test_assisting_units_sign_and_the_lead_alone_reports(office: Office) -> None:
    number = office.signed()
    fire = Hand("李队", "大队值班", "0399-5550217")
    assert notice_answers.sign(office.house, number, "fire", hand=fire, now=office.clock())
    assert not notice_answers.sign(office.house, number, "fire", hand=QIAN, now=office.clock())
    with pytest.raises(LeadOnly):
        notice_answers.report(
            office.house, number, "fire", notice_answers.Handed("final", {"account": "x"} | dict.fromkeys(
                ("finding", "measures", "head"), "属实")), hand=fire, now=office.clock())  # fmt: skip
    with pytest.raises(CaifengError, match="不属于本单位"):
        notice_answers.sign(office.house, number, "education", hand=fire, now=office.clock())


def test_a_return_must_come_in_time_and_with_its_rule(office: Office) -> None:
    number = office.issued()
    now = office.clock()
    with pytest.raises(CaifengError, match="依据"):
        notice_answers.ask_return(
            office.house, number, "emergency", why="不归我管", basis="", hand=QIAN, now=now
        )
    office.clock.forward(hours=3, minutes=1)
    with pytest.raises(CaifengError, match="已过退单期限"):
        notice_answers.ask_return(
            office.house, number, "emergency", why="不归我管", basis="三定", hand=QIAN, now=office.clock()
        )


def test_a_granted_return_becomes_a_draft_for_another_lead(office: Office) -> None:
    number = office.issued()
    office.tick()
    notice_answers.ask_return(
        office.house,
        number,
        "emergency",
        why="燃气由住建局管理",
        basis="三定方案",
        hand=QIAN,
        now=office.clock(),
    )
    asked = office.asked(number, "return")
    new = notice_decisions.grant_return(office.house, asked.id, why="改派", lead="housing", **office.by("he"))
    assert new is not None and office.notice(number).state == "returned"
    with office.store.read() as conn:
        assert [(p.unit, p.part) for p in notices.parts(conn, new)] == [
            ("housing", "lead"), ("fire", "assist"), ("st-dongguan", "street")
        ]  # fmt: skip
        assert not [c for c in deadlines.of(conn, "notice", number) if c.runs]
    assert office.notice(new).state == "drafted" and office.notice(new).number is None
    notice_acts.check(office.house, new, **office.by("he"))
    assert notice_issue.issue(office.house, new, SIGNER, **office.by()).number == "青舆警〔2026〕2号"


def test_a_final_report_sent_back_is_owed_again(office: Office) -> None:
    number = office.signed()
    office.report(number, "first")
    office.report(number, "final")
    notice_decisions.incomplete(office.house, number, why="未说明整改时限", **office.by("he"))
    assert office.notice(number).state == "investigating"
    with office.store.read() as conn:
        clock = next(c for c in deadlines.of(conn, "notice", number) if c.rule == "final-report")
    assert clock.runs and clock.due_at >= office.clock() + timedelta(hours=24)
    office.report(number, "final")
    notice_decisions.accept(office.house, number, opinion="补充完整", **office.by("he"))
    assert office.notice(number).facts["review"]["returned"] == 1


def test_a_checked_draft_that_is_rewritten_is_checked_again(office: Office) -> None:
    number = office.checked()
    change = Change(
        Units("housing", ("fire",), "st-dongguan", ("publicity",)), "特急", {"title": "农贸市场燃气事故"}
    )
    notice_acts.edit(office.house, number, change, **office.by())
    found = office.notice(number)
    assert (found.state, found.urgency, found.title) == ("drafted", "特急", "农贸市场燃气事故")
    office.tick()
    text = office.paper_text("notice", "notice", number)
    assert "区住房和城乡建设局：" in text and "区委宣传部" in text
    with pytest.raises(CaifengError):
        notice_acts.edit(office.house, number, Change(Units("nowhere")), **office.by())


def test_a_correction_is_another_revision_and_both_are_kept(office: Office) -> None:
    number = office.signed()
    with pytest.raises(NotEditable):
        notice_acts.edit(office.house, number, Change(urgency="特急"), **office.by())
    before = len(office.mails())
    notice_issue.correct(
        office.house,
        number,
        Change(matter={"place": "东关农贸市场南门"}),
        SIGNER,
        why="地点有误",
        **office.by(),
    )
    office.tick()
    found = office.notice(number)
    assert (found.number, found.revision, found.state) == ("青舆警〔2026〕1号", 2, "signed")
    assert "（第1次更正）" in office.paper_text("notice", "notice", number)
    assert len(office.mails()) == before + 3 and "更正件" in office.mails()[-1].message["subject"]
    with office.store.read() as conn:
        kept = papers.of_kind(conn, "notice", "notice", number)
    assert [p.facts.get("revision") for p in kept if p.facts.get("serial")] == [0, 1]


def test_a_withdrawn_notice_is_told_to_those_who_had_it_and_chases_nobody(office: Office) -> None:
    number = office.signed()
    notice_acts.withdraw(office.house, number, why="经核非本区事项", **office.by("zhou"))
    assert [m.recipient.split("@")[0] for m in office.mails()[-3:]] == ["emergency", "fire", "dongguan"]
    assert (
        "已撤销" in office.mails()[-1].message["subject"] and "/l/" not in office.mails()[-1].message["text"]
    )
    mailed = len(office.mails())
    office.clock.forward(days=3)
    office.tick()
    assert len(office.mails()) == mailed
    with pytest.raises(CaifengError, match="无需再办理"):
        office.report(number, "first")


def test_without_an_outward_address_everything_is_entered_by_the_office(
    store: Store, tmp_path: Path, clock: MovedClock
) -> None:
    office = Office(store, clock, tmp_path, station(outward=None))
    number = office.issued()
    office.tick()
    mail = office.mails()[0]
    assert "http" not in mail.message["text"] and "电话、传真" in mail.message["text"]
    clock.forward(minutes=30)
    called = Hand(
        "钱科长", "主任", "0399-5550201", "telephone", entered_by="lin", at=clock() - timedelta(minutes=5)
    )
    assert notice_answers.sign(office.house, number, "emergency", hand=called, now=clock())
    with store.read() as conn:
        part = notices.part_of(conn, number, "emergency")
    assert part and part.how == "telephone" and part.signed_at == clock() - timedelta(minutes=5)
    early = Hand("钱科长", "主任", "1", "fax", entered_by="lin", at=clock() - timedelta(days=1))
    with pytest.raises(CaifengError, match="签发之后"):
        notice_answers.sign(office.house, number, "fire", hand=early, now=clock())


def test_a_unit_without_contacts_is_left_to_the_telephone(
    store: Store, tmp_path: Path, clock: MovedClock
) -> None:
    settings = station(units=tuple(u.model_copy(update={"contacts": ()}) for u in station().units))
    office = Office(store, clock, tmp_path, settings)
    number = office.issued()
    office.tick(4)
    assert office.notice(number).state == "delivered" and office.mails() == []
    assert office.events("notice", number).count("no-contact") == 3


def test_a_report_of_wrongdoing_is_not_issued_even_when_it_turns_out_late(office: Office) -> None:
    number = office.checked()
    incident = office.notice(number).incident_id
    with office.store.write() as conn:
        from sqlalchemy import update

        from monitor.store.schema import incident as table

        conn.execute(update(table).where(table.c.id == incident).values(restricted=True))
    with pytest.raises(CaifengError, match="线索移交登记单"):
        notice_issue.issue(office.house, number, SIGNER, **office.by())
    assert office.notice(number).number is None


def test_an_assisting_unit_may_return_its_own_part_and_the_others_go_on(office: Office) -> None:
    number = office.issued()
    office.tick()
    hand, why = replace(QIAN, name="孙参谋"), {"why": "不属消防职责", "basis": "三定规定第四条"}
    ask = partial(notice_answers.ask_return, office.house, number, "fire", **why, hand=hand)
    ask(now=office.clock())
    with pytest.raises(CaifengError, match="请勿重复"):
        ask(now=office.clock())
    assert office.notice(number).state == "delivered", "the lead goes on"
    asked = office.asked(number, "return")
    notice_decisions.refuse_return(office.house, asked.id, why="仍请配合", **office.by("he"))
    ask(now=office.clock())
    asked = office.asked(number, "return")
    assert notice_decisions.grant_return(office.house, asked.id, why="同意退出", **office.by("he")) is None
    with office.store.read() as conn:
        part = notices.part_of(conn, number, "fire")
        clocks = [c for c in deadlines.of(conn, "notice", number) if c.unit == "fire"]
        others = [c for c in deadlines.of(conn, "notice", number) if c.unit == "emergency"]
        assert notices.of_unit(conn, "fire") == []
    assert part and part.part == "released" and not any(c.runs for c in clocks)
    assert any(c.runs for c in others)
    with pytest.raises(CaifengError, match="同意退出"):
        notice_answers.sign(office.house, number, "fire", hand=hand, now=office.clock())
    before = len([m for m in office.mails() if m.recipient.startswith("fire")])
    change = Change(matter={"brief": "更正后的摘要"})
    notice_issue.correct(office.house, number, change, SIGNER, why="笔误", **office.by())
    office.tick()
    assert len([m for m in office.mails() if m.recipient.startswith("fire")]) == before
    assert office.notice(number).state == "delivered"


def test_an_assisting_unit_asks_the_lead_for_time(office: Office) -> None:
    number = office.signed()
    with pytest.raises(CaifengError, match="牵头单位统一办理"):
        notice_answers.ask_extension(
            office.house, number, "fire", rule="final-report", until=office.clock() + timedelta(days=9),
            why="等检测", hand=QIAN, now=office.clock(),
        )  # fmt: skip
