"""《互联网舆情信息》 from its draft to a leader's instruction and the feedback in the next issue."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.domain.signing import NotASigner, Signature
from monitor.errors import CaifengError, IllegalMove
from monitor.stages import bulletin_acts, coverage_facts, level_acts, publish, render, task_acts
from monitor.stages.bulletin_acts import Words
from monitor.stages.notice_facts import OnlyHandedOver
from monitor.stages.task_acts import Order
from monitor.store import bulletins, deadlines, papers, schema, sources, tasks
from monitor.store.engine import Store
from spiders.source import Source
from tests.conftest import MovedClock
from tests.fakes.papers import SIGNER, Office, station
from tests.fakes.town import gas_leak


@pytest.fixture
def office(store: Store, tmp_path: Path, clock: MovedClock) -> Office:
    return Office(store, clock, tmp_path)


def drafted(office: Office, kind: str = "special", **incident: object) -> int:
    found = gas_leak(office.store, office.clock(), **incident)
    with office.store.write() as conn:
        return publish.draft_special(conn, office.house, found, kind, "lin", office.clock())


def tick(office: Office, times: int = 1) -> None:
    for _ in range(times):
        for stage in (publish, render, publish):
            stage.run(office.house, office.clock())


def issued(office: Office, kind: str = "special") -> int:
    number = drafted(office, kind)
    bulletin_acts.check(office.house, number, **office.by("he"))
    bulletin_acts.issue(office.house, number, SIGNER, **office.by())
    tick(office, 2)
    return number


def test_nothing_is_sent_before_a_signer_and_then_to_the_readers_alone(office: Office) -> None:
    number = drafted(office)
    tick(office)
    assert office.mails("bulletin") == []
    with pytest.raises(IllegalMove):
        bulletin_acts.issue(office.house, number, SIGNER, **office.by())
    bulletin_acts.check(office.house, number, **office.by("he"))
    with pytest.raises(NotASigner):
        bulletin_acts.issue(office.house, number, Signature("zhao", "paper"), **office.by())
    done = bulletin_acts.issue(office.house, number, SIGNER, **office.by())
    assert (done.issue, done.total, done.warning) == (1, 1, "")
    tick(office, 3)
    mails = office.mails("bulletin")
    assert [m.recipient for m in mails] == ["zhao@qingshi.localhost", "qian@qingshi.localhost"]
    assert "第1期" in mails[0].message["subject"] and len(mails[0].message["files"]) == 1
    assert "/l/" in mails[0].message["text"]
    text = office.paper_text("bulletin", "bulletin", number)
    assert "第1期（总第1期）" in text and "签发：周主任" in text and "审核：何副班" in text


def test_judgements_are_a_persons_and_bear_the_name(office: Office) -> None:
    number = drafted(office)
    with office.store.read() as conn:
        incident = str(bulletins.get(conn, number).facts["incidents"][0]["id"])
    added = {
        "risks": [{"kind": "扩散风险", "text": "省级媒体可能跟进", "confidence": "中"}],
        "suggestions": [{"unit": "区应急管理局", "action": "全区排查燃气软管", "due": "3日内"}],
        "asks": ["是否召开新闻发布会"],
    }
    bulletin_acts.edit(
        office.house,
        number,
        Words(judgement="事实基本清楚，风险在扩散", incidents={incident: added}),
        **office.by("lin"),
    )
    tick(office)
    text = office.paper_text("bulletin", "bulletin", number)
    for words in ("事实基本清楚", "省级媒体可能跟进", "全区排查燃气软管", "是否召开新闻发布会", "林值班"):
        assert words in text
    bulletin_acts.check(office.house, number, **office.by("he"))
    bulletin_acts.edit(office.house, number, Words(judgement="改"), **office.by("lin"))
    with office.store.read() as conn:
        assert bulletins.get(conn, number).state == "drafted", "what was checked is checked again"


def test_a_leaders_mark_by_link_waits_for_the_office_then_is_chased_and_told_of(office: Office) -> None:
    number = issued(office)
    task = task_acts.instruct(
        office.house, number, Order("investigate", "查清原因，三日内报我"),
        leader="赵副区长", how="link", who="zhao", now=office.clock(),
    )  # fmt: skip
    with office.store.read() as conn:
        assert tasks.one(conn, task).state == "unconfirmed" and deadlines.of(conn, "task", task) == []
    with pytest.raises(CaifengError, match="承办单位"):
        task_acts.confirm(office.house, task, unit="", due_at=None, **office.by())
    due = office.clock() + timedelta(days=3)
    task_acts.confirm(office.house, task, unit="emergency", due_at=due, **office.by())
    (mail,) = office.mails("task")
    assert mail.recipient == "emergency@qingshi.localhost" and "查清原因" in mail.message["text"]
    office.clock.forward(days=3, minutes=1)
    office.tick(1)
    assert any("催办" in m.message["subject"] for m in office.mails("task"))
    task_acts.report(office.house, task, "emergency", result="软管老化，已更换", by="钱科长", **office.by())
    with pytest.raises(CaifengError, match="不属于本单位"):
        task_acts.report(office.house, task, "housing", result="x", by="y", **office.by())
    task_acts.send_back(office.house, task, why="未说明责任", **office.by("he"))
    task_acts.report(
        office.house, task, "emergency", result="软管老化，已更换，商户已约谈", by="钱科长", **office.by()
    )
    task_acts.accept(office.house, task, **office.by("he"))
    with office.store.write() as conn:
        since = office.clock() - timedelta(days=7)
        weekly = publish.draft_period(
            conn, office.house, "weekly", since, office.clock() + timedelta(seconds=1), "lin", office.clock()
        )
    tick(office)
    text = office.paper_text("bulletin", "bulletin", weekly)
    assert "查清原因，三日内报我" in text and "商户已约谈" in text


def test_an_instruction_on_paper_is_entered_and_in_effect_at_once(office: Office) -> None:
    number = issued(office)
    task = task_acts.instruct(
        office.house,
        number,
        Order("answer", "", None, "housing"),
        leader="钱常委",
        how="paper",
        **office.by(),
    )
    with office.store.read() as conn:
        found = tasks.one(conn, task)
        (clock,) = deadlines.of(conn, "task", task)
    assert (found.state, found.words, found.unit) == ("open", "直接回复", "housing")
    assert clock.due_at - office.clock() > timedelta(days=4), "five working days unless said otherwise"
    note = task_acts.instruct(
        office.house, number, Order("note"), leader="钱常委", how="paper", **office.by()
    )
    with office.store.read() as conn:
        assert tasks.one(conn, note).state == "done"


def test_a_report_of_wrongdoing_becomes_no_bulletin(office: Office) -> None:
    with pytest.raises(OnlyHandedOver):
        drafted(office, restricted=True)


def test_confirming_a_grave_level_drafts_the_first_report_upwards(office: Office) -> None:
    incident = gas_leak(office.store, office.clock(), state="judging")
    done = level_acts.confirm_level(office.house, incident, 2, **office.by("he"))
    assert set(done.drafts) == {"互联网舆情信息", "预警通知书", "突发事件初报"}
    tick(office)
    text = office.paper_text("first-report", "incident", incident)
    assert "（初报）" in text and "正在核实" in text and "东关农贸市场" in text


def test_issue_numbers_run_per_kind_and_the_total_over_all(office: Office) -> None:
    first = issued(office)
    office.clock.forward(minutes=5)
    second = issued(office, "flash")
    office.clock.forward(minutes=5)
    third = issued(office)
    with office.store.read() as conn:
        numbers = [(b.issue, b.total_issue) for n in (first, second, third) for b in [bulletins.get(conn, n)]]
    assert numbers == [(1, 1), (1, 2), (2, 3)]


def test_a_quiet_day_is_one_line_to_the_duty_staff(office: Office) -> None:
    tick(office)
    assert office.mails("quiet") == [], "nobody was listening yesterday"
    incident = gas_leak(office.store, office.clock() - timedelta(days=1))
    with office.store.write() as conn:  # something was read, and it was nothing of ours
        conn.execute(
            schema.incident.update().where(schema.incident.c.id == incident).values(state="elsewhere")
        )
    for _ in range(3):
        tick(office)
    (line,) = office.mails("quiet")
    assert line.recipient == "lin@qingshi.localhost" and "无舆情" in line.message["subject"]
    with office.store.read() as conn:
        assert [b.kind for b in bulletins.listing(conn)] == ["weekly"], "no daily for leaders"


def test_without_an_outward_address_readers_get_the_paper_alone(
    store: Store, tmp_path: Path, clock: MovedClock
) -> None:
    office = Office(store, clock, tmp_path, station(outward=None))
    issued(office)
    mail = office.mails("bulletin")[0]
    assert not re.search(r"https?://", mail.message["text"]) and mail.message["files"]


def test_the_same_facts_give_the_same_words(office: Office) -> None:
    number = drafted(office)
    tick(office)
    before = office.paper_text("bulletin", "bulletin", number)
    with office.store.write() as conn:
        facts = bulletins.get(conn, number).facts
        papers.ask(conn, "bulletin", "bulletin", number, facts, office.clock())
    office.clock.forward(hours=1)
    tick(office)
    assert office.paper_text("bulletin", "bulletin", number) == before


def test_a_bulletin_names_the_platforms_nobody_could_listen_to(office: Office) -> None:
    mail = {"id": "city-mail", "name": "市级平台邮件", "kind": "mailbox", "covers": "市舆情监控平台"}
    forum = {"id": "bbs", "name": "青石论坛", "kind": "forum", "media": "青石论坛"}
    papers_of = {"url": "https://bbs.example/", "purpose": "听", "legal_ground": "职责"}
    heard = tuple(Source.parse({**one, **papers_of}) for one in (mail, forum))
    office.settings = station(sources=heard)
    now = office.clock()
    with office.store.write() as conn:
        sources.ensure(conn, ["city-mail", "bbs"], now)
        sources.finish(conn, "city-mail", {"last_success_at": now})
        sources.finish(conn, "bbs", {"failures": 1, "blocked": True, "reason": "HTTP 403"})
    number = drafted(office)
    tick(office)
    assert "采集范围：本期未覆盖青石论坛（站点拒绝访问）。" in office.paper_text(
        "bulletin", "bulletin", number
    )
    with office.store.write() as conn:
        sources.finish(conn, "city-mail", {"last_success_at": now - timedelta(days=2)})
        found = coverage_facts.uncovered(conn, office.house.station, now - timedelta(days=1))
    assert [gap.platform for gap in found][:3] == ["市舆情监控平台", "青石论坛", "微博"]


def test_an_answer_entered_by_the_office_is_measured_and_told_with_its_effect(office: Office) -> None:
    found = gas_leak(office.store, office.clock(), level_confirmed=2, state="warned")
    at = office.clock()
    level_acts.answered(
        office.house, found, at=at, where="“青石发布”公众号", words="已公开回应", **office.by("he")
    )
    office.clock.forward(hours=25)
    office.tick(1)
    with office.store.write() as conn:
        now = office.clock()
        number = publish.draft_special(conn, office.house, found, "special", "lin", now)
    tick(office)
    text = office.paper_text("bulletin", "bulletin", number)
    assert "有关方面通过“青石发布”公众号公开回应" in text
    assert "回应前（截至" in text and "回应后（截至" in text


def test_confirming_a_level_drafts_only_what_is_not_there(office: Office) -> None:
    number = office.issued()
    incident = office.notice(number).incident_id
    first = level_acts.confirm_level(office.house, incident, 2, why="已核实", **office.by("he"))
    assert sorted(first.drafts) == ["互联网舆情信息", "突发事件初报"], "the notice is under way"
    second = level_acts.confirm_level(office.house, incident, 1, why="扩大", **office.by("he"))
    assert second.drafts == {}
