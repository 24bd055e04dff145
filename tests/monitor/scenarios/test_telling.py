"""Who is told, and when: as a duty officer would tell it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from monitor.stages import alert, level_acts
from monitor.stages import incident_acts as acts
from monitor.store import schema, told
from tests.fakes.duty import ROSTER, Desk, station


def test_a_new_incident_is_one_mail_to_the_officer_on_duty(either_desk: Desk) -> None:
    either_desk.incident("东门市场燃气泄漏", level=3)
    either_desk.tick()
    either_desk.wait(20)
    assert either_desk.told() == ["赵值班"]
    assert either_desk.subjects() == ["【待核实·建议Ⅲ级】青石区东门街道·东门市场燃气泄漏（3条）"]


def test_at_night_the_night_shift_is_told(desk: Desk) -> None:
    desk.until("23:30", every=60)
    desk.incident(level=3)
    desk.tick()
    assert desk.told() == ["钱值班"]


def test_nobody_answers_at_night_and_the_call_list_grows(desk: Desk) -> None:
    desk.until("02:00", every=60)
    desk.incident(level=2)
    desk.tick()
    desk.wait(45)
    assert desk.told() == ["钱值班", "孙副班", "李带班", "任分管", "舒书记"]
    assert desk.told("call") == ["钱值班", "孙副班", "李带班", "任分管", "舒书记"]
    with desk.store.read() as conn:
        assert [call.number for call in told.calls_to_make(conn)][:2] == ["13000000002", "13000000003"]


def test_by_day_grade_two_needs_no_telephone_but_grade_one_does(desk: Desk) -> None:
    desk.incident("自来水管爆裂", level=2)
    desk.tick()
    assert desk.told("call") == []
    desk.incident("商场大火", level=1)
    desk.tick()
    assert desk.told("call") == ["赵值班"]


def test_acknowledging_stops_the_escalation(either_desk: Desk) -> None:
    one = either_desk.incident(level=2)
    either_desk.tick()
    either_desk.wait(5)
    acts.acknowledge(either_desk.house, one, who="zhao", now=either_desk.now)
    either_desk.wait(120, every=5)
    assert either_desk.told() == ["赵值班"]
    assert either_desk.state(one) == "judging"


def test_the_leader_acknowledges_first_and_the_officer_learns_who_it_was(desk: Desk) -> None:
    one = desk.incident(level=2)
    desk.tick()
    desk.wait(21)
    first = acts.acknowledge(desk.house, one, who="li", now=desk.now)
    desk.wait(1)
    second = acts.acknowledge(desk.house, one, who="zhao", now=desk.now)
    assert (first.won, second.won, second.by) == (True, False, "li")
    desk.wait(60, every=5)
    assert "任分管" not in desk.told()


def test_i_cannot_passes_on_at_once(desk: Desk) -> None:
    one = desk.incident(level=2)
    desk.tick()
    acts.acknowledge(desk.house, one, who="zhao", now=desk.now)
    desk.wait(2)
    acts.pass_on(desk.house, one, who="zhao", why="正在处理另一起火情", now=desk.now)
    desk.wait(1)
    assert desk.told() == ["赵值班", "孙副班"]
    assert "passed-on" in desk.history(one)


def test_a_shift_change_in_the_middle_tells_the_one_who_comes(desk: Desk) -> None:
    desk.until("19:50", every=60)
    desk.incident(level=3)
    desk.tick()
    desk.until("20:01")
    assert desk.told()[:2] == ["赵值班", "钱值班"]
    assert "接班时仍未确认" in desk.deliveries("mail")[1]["message"]["text"]


def test_the_clock_jumps_an_hour_ahead_and_everybody_is_told_once(desk: Desk) -> None:
    desk.incident(level=2)
    desk.tick()
    desk.now += timedelta(hours=1)
    desk.tick()
    assert sorted(desk.told()) == sorted(["赵值班", "孙副班", "李带班", "任分管", "舒书记"])
    desk.wait(10)
    assert len(desk.told()) == 5


def test_the_clock_jumps_an_hour_back_and_nobody_is_told_twice(desk: Desk) -> None:
    desk.incident(level=2)
    desk.tick()
    desk.wait(11)
    before = desk.told()
    desk.now -= timedelta(hours=1)
    desk.tick()
    desk.wait(30)
    assert desk.told() == before


def test_with_no_console_open_a_grave_matter_moves_faster(empty_desk: Desk) -> None:
    empty_desk.incident(level=2)
    empty_desk.tick()
    empty_desk.wait(9)
    assert empty_desk.told() == ["赵值班", "孙副班", "李带班", "任分管", "舒书记"]


def test_with_no_console_open_a_lesser_matter_keeps_its_pace(empty_desk: Desk) -> None:
    empty_desk.incident(level=3)
    empty_desk.tick()
    empty_desk.wait(25)
    assert empty_desk.told() == ["赵值班"]


def test_the_officer_is_on_leave_and_the_substitute_is_told(desk: Desk) -> None:
    away = "leave:\n  - {person: zhao, first: 2026-11-23, last: 2026-11-25, instead: qian}\n"
    desk.station = station(ROSTER + away)
    desk.incident(level=3)
    desk.tick()
    assert desk.told() == ["钱值班"]


def test_nobody_is_on_duty_so_whoever_can_be_reached_is_told_and_the_fault_is_shown(desk: Desk) -> None:
    desk.station = station(ROSTER.split("shifts:")[0])
    desk.incident(level=3)
    desk.tick()
    assert desk.told() == ["关管理"]


def test_an_empty_roster_is_a_visible_fault(desk: Desk) -> None:
    desk.station = station("people: []\n", "").model_copy(update={"administrator": None})
    desk.incident(level=3)
    desk.tick()
    assert [row["kind"] for row in desk.rows(schema.fault)] == ["duty"]


@pytest.fixture(autouse=True)
def _lenient_references(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rosters cut short for a scenario leave names in station.yaml that lead nowhere."""
    monkeypatch.setattr("monitor.settings.load.check_references", lambda station, trees: ())


def test_spread_threefold_is_an_update_to_those_who_know_and_says_why(desk: Desk) -> None:
    one = desk.incident(level=3, documents=4)
    desk.tick()
    acts.acknowledge(desk.house, one, who="zhao", now=desk.now)
    desk.wait(30, every=5)
    desk.changes(one, documents=13)
    desk.wait(1)
    assert desk.told() == ["赵值班", "赵值班"]
    assert "相关信息由4条增至13条" in desk.deliveries("mail")[-1]["message"]["text"]
    desk.wait(240, every=10)
    assert desk.told() == ["赵值班", "赵值班"], "an update does not escalate"


def test_a_change_while_nobody_answers_is_told_and_resets_no_clock(desk: Desk) -> None:
    one = desk.incident(level=3, documents=4)
    desk.tick()
    desk.wait(20)
    desk.changes(one, documents=13)
    desk.wait(1)
    assert desk.told() == ["赵值班", "赵值班"]
    assert "相关信息由4条增至13条" in desk.deliveries("mail")[-1]["message"]["text"]
    desk.wait(10)
    assert desk.told() == ["赵值班", "赵值班", "孙副班"], "the deputy after half an hour, as before"
    desk.changes(one, documents=40)
    desk.wait(2)
    assert desk.told()[3:] == ["赵值班"]
    desk.wait(8)
    assert desk.told()[3:] == ["赵值班", "孙副班"], "he had the first word just now: an update can wait"


def test_nothing_is_sent_because_time_passes(desk: Desk) -> None:
    one = desk.incident(level=3)
    desk.tick()
    acts.acknowledge(desk.house, one, who="zhao", now=desk.now)
    for _ in range(10):
        desk.changes(one, documents=4)
        desk.wait(30, every=10)
    assert desk.told() == ["赵值班"]


def test_the_first_official_answer_is_told_once(desk: Desk) -> None:
    one = desk.incident(level=3)
    desk.tick()
    acts.acknowledge(desk.house, one, who="zhao", now=desk.now)
    desk.wait(10)
    desk.changes(one, responded_at=desk.now)
    desk.wait(30)
    assert len(desk.told()) == 2
    assert "官方首次回应已发布" in desk.deliveries("mail")[-1]["message"]["text"]


def test_a_provincial_paper_that_joins_in_is_news_and_a_second_one_is_not(desk: Desk) -> None:
    one = desk.incident(level=3)
    desk.document(one, "煤气味", media="青石论坛")
    desk.tick()
    acts.acknowledge(desk.house, one, who="zhao", now=desk.now)
    desk.wait(20, every=5)
    desk.document(one, "记者直击", media="河北日报客户端")
    desk.changes(one, media=2)
    desk.tick()
    assert "省级媒体首次报道" in desk.deliveries("mail")[-1]["message"]["text"]
    desk.wait(20, every=5)
    desk.document(one, "追踪", media="燕赵都市报")
    desk.changes(one, media=3)
    desk.wait(20, every=5)
    assert len(desk.told()) == 2


def test_a_level_that_rises_escalates_anew_even_when_acknowledged(desk: Desk) -> None:
    one = desk.incident(level=3)
    desk.tick()
    acts.acknowledge(desk.house, one, who="zhao", now=desk.now)
    desk.wait(30, every=5)
    desk.changes(one, level_suggested=2)
    desk.tick()
    assert desk.subjects()[-1].startswith("【待核实·建议Ⅱ级】")
    desk.wait(11)
    assert desk.told() == ["赵值班", "赵值班", "孙副班"]


def test_a_suggestion_above_the_confirmed_level_is_mailed_at_once_and_once(desk: Desk) -> None:
    one = desk.incident(level=3)
    desk.tick()
    level_acts.confirm_level(desk.house, one, 3, who="li", now=desk.now)
    desk.wait(30, every=5)
    desk.changes(one, level_suggested=2, level_why=["近3小时信息量为此前的4.0倍"])
    desk.tick()
    assert desk.subjects()[-1].startswith("【待核实·建议Ⅱ级】")
    assert "已确认Ⅲ级，系统建议升为Ⅱ级，请重新确认" in desk.deliveries("mail")[-1]["message"]["text"]
    assert desk.rows(schema.incident)[0]["level_confirmed"] == 3, "a person decides"
    desk.wait(11)
    assert desk.told() == ["赵值班", "赵值班", "孙副班"], "it escalates like any Ⅱ"
    level_acts.confirm_level(desk.house, one, 3, who="li", now=desk.now)
    desk.changes(one, documents=5)
    desk.wait(120, every=10)
    assert len(desk.told()) == 3, "who has decided knowing of it is not asked again"


def test_a_voice_gateway_rings_at_night_and_the_list_stays_empty(desk: Desk) -> None:
    more = "  voice: {kind: voice, url: 'http://127.0.0.1:1/call'}\n"
    desk.station = station(channels=more)
    desk.until("02:00", every=60)
    desk.incident(level=2)
    desk.tick()
    assert desk.told("voice") == ["钱值班"]
    assert desk.told("call") == []
    desk.wait(21)
    assert desk.told("voice") == ["钱值班", "孙副班", "李带班"]


def test_on_a_make_up_saturday_the_working_days_shift_has_the_duty(desk: Desk) -> None:
    """2026-10-10 is a Saturday on which the country works."""
    both = ROSTER.replace("name: 白班, start", "name: 白班, days: working, start")
    rest = "  - {name: 假日, days: off, start: '08:00', until: '20:00', officers: [sun]}\n"
    desk.station = station(both + rest)
    for day, who in (("2026-10-10", "赵值班"), ("2026-10-11", "孙副班"), ("2026-10-07", "孙副班")):
        desk.now = datetime.fromisoformat(f"{day}T10:00+08:00")
        desk.incident(f"{day}的事", level=3)
        desk.tick()
        assert desk.told()[-1] == who, day


def test_a_restricted_matter_is_told_without_its_words(desk: Desk) -> None:
    one = desk.incident("举报某局长受贿", level=2, restricted=True)
    desk.document(one, "举报某局长受贿", "某局长收受红包")
    desk.tick()
    mail = desk.deliveries("mail")[0]["message"]
    assert "受贿" not in mail["subject"] + mail["text"] + mail["html"] + mail["short"]
    desk.wait(60)
    assert "任分管" not in desk.told(), "the leader in charge of that unit may be the one accused"


def test_what_is_put_to_rest_is_told_no_more(desk: Desk) -> None:
    one = desk.incident(level=2)
    desk.tick()
    acts.dismiss(desk.house, one, who="zhao", why="旧闻重发", now=desk.now)
    desk.wait(120, every=5)
    assert desk.told() == ["赵值班"]


def test_what_flares_up_after_it_was_closed_is_opened_again(desk: Desk) -> None:
    one = desk.incident(level=3, documents=6)
    desk.tick()
    acts.dismiss(desk.house, one, who="zhao", why="个别诉求", now=desk.now)
    desk.wait(60, every=10)
    desk.changes(one, documents=11)
    desk.tick()
    assert desk.state(one) == "dismissed"
    desk.changes(one, documents=12)
    desk.wait(2)
    assert desk.state(one) == "judging"
    assert desk.told() == ["赵值班", "赵值班"]


def test_killed_between_planning_and_writing_the_same_is_planned_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.incident(level=2)
    with monkeypatch.context() as broken:
        broken.setattr(alert, "_write", lambda *a: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            alert.run(desk.house, desk.now)
    assert desk.deliveries() == []
    desk.tick()
    assert desk.told() == ["赵值班"]


def test_killed_in_the_middle_of_writing_nothing_is_half_done(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.incident("第一件", level=3)
    desk.incident("第二件", level=3)
    with monkeypatch.context() as broken:
        broken.setattr("monitor.store.links.give_all", lambda *a: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            alert.run(desk.house, desk.now)
    assert desk.deliveries() == []
    desk.tick()
    assert len(desk.subjects()) == 2
