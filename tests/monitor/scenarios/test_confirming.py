"""Confirming a level and a category, with all that follows; deadlines that run, pause and run out."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from monitor.domain.level import NeedsReason
from monitor.errors import CaifengError, IllegalMove
from monitor.stages import deadline_acts, level_acts, sorting_acts
from monitor.stages import incident_acts as acts
from monitor.store import deadlines, schema
from tests.fakes.duty import Desk


def due(desk: Desk, incident: int) -> dict[str, datetime]:
    """The running clocks of an incident."""
    with desk.store.read() as conn:
        return {c.rule: c.due_at for c in deadlines.of(conn, "incident", incident) if c.runs}


def number(desk: Desk, rule: str) -> int:
    """The id of that clock."""
    return int(next(row["id"] for row in desk.rows(schema.deadline) if row["rule"] == rule))


def chased(desk: Desk) -> list[str]:
    """What the chase said, in order, once each."""
    subjects = [r["message"]["subject"] for r in desk.deliveries("mail", nouns=["deadline"])]
    return list(dict.fromkeys(s.split("】")[0] + "】" for s in subjects))


def test_confirming_grade_two_does_everything_in_one_transaction(either_desk: Desk) -> None:
    desk = either_desk
    one = desk.incident(level=2, topic="2")
    desk.document(one, "煤气味很重", "东门市场煤气味很重，有人疏散。")
    desk.tick()
    done = level_acts.confirm_level(desk.house, one, 2, who="zhao", now=desk.now)
    assert set(done.told) == {"任分管", "舒书记"}
    assert desk.subjects("任分管")[0].startswith("【Ⅱ级·重大】")
    assert {"phone-report", "written-report", "answer"} <= set(due(desk, one))
    events = desk.history(one)
    assert "confirm" in events
    assert "leaders-told" in events
    assert desk.state(one) == "warned"
    desk.wait(60, every=5)
    assert desk.told().count("赵值班") == 1, "who confirmed is not alarmed of it"


def test_a_confirmation_that_fails_half_way_leaves_nothing_behind(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = desk.incident(level=2)
    desk.tick()
    before = len(desk.deliveries())

    def dies(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(level_acts, "_draft", dies)
    with pytest.raises(KeyboardInterrupt):
        level_acts.confirm_level(desk.house, one, 2, who="zhao", now=desk.now)
    assert desk.state(one) == "found"
    assert len(desk.deliveries()) == before
    assert due(desk, one) == {}


def test_a_notice_that_cannot_be_drafted_does_not_stop_the_confirmation(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = desk.incident(level=2, units=[])

    def no_lead(*args: object) -> int:
        raise CaifengError("未能确定牵头单位")

    monkeypatch.setattr(level_acts, "hook", lambda module, name: no_lead)
    level_acts.confirm_level(desk.house, one, 2, who="zhao", now=desk.now)
    assert desk.state(one) == "warned"
    assert "draft-failed" in desk.history(one)


def test_lowering_needs_a_reason_and_raising_does_not(desk: Desk) -> None:
    one = desk.incident(level=2)
    with pytest.raises(NeedsReason):
        level_acts.confirm_level(desk.house, one, 3, who="zhao", now=desk.now)
    level_acts.confirm_level(desk.house, one, 3, who="zhao", why="仅一人投诉", now=desk.now)
    level_acts.confirm_level(desk.house, one, 1, who="li", now=desk.now)
    assert desk.rows(schema.incident)[0]["level_confirmed"] == 1


def test_the_sudden_clocks_start_only_with_category_g(desk: Desk, at: Callable[[str], datetime]) -> None:
    one = desk.incident(level=2)
    level_acts.confirm_level(desk.house, one, 2, who="zhao", now=desk.now)
    assert "first-word" not in due(desk, one)
    desk.wait(30, every=10)
    level_acts.categorise(desk.house, one, "G", who="zhao", now=desk.now)
    clocks = due(desk, one)
    assert clocks["first-word"] == at("2026-11-23 10:00"), "from discovery: the time of the event is unknown"
    assert clocks["authority"] == at("2026-11-23 14:00")
    assert clocks["press"] == at("2026-11-24 09:00")
    assert "answer" not in clocks
    rows = {row["rule"]: row for row in desk.rows(schema.deadline)}
    assert not rows["first-word"]["start_certain"]
    assert "起算点待核" in rows["first-word"]["why"]


def test_a_clock_of_unknown_start_is_never_overdue_at_birth(desk: Desk) -> None:
    one = desk.incident(level=2)
    desk.wait(180, every=30)
    level_acts.categorise(desk.house, one, "G", who="zhao", now=desk.now)
    assert due(desk, one)["first-word"] == desk.now + timedelta(minutes=30)


def test_when_the_hour_of_the_event_is_found_out_the_clocks_count_from_there(
    desk: Desk, at: Callable[[str], datetime]
) -> None:
    one = desk.incident(level=2)
    level_acts.categorise(desk.house, one, "G", who="zhao", now=desk.now)
    desk.wait(10, every=5)
    level_acts.set_event_time(desk.house, one, at("2026-11-23 08:40"), who="zhao", now=desk.now)
    assert due(desk, one)["first-word"] == at("2026-11-23 09:40")
    assert due(desk, one)["authority"] == at("2026-11-23 13:40")


def test_reminder_then_urging_then_drafts_to_sign(desk: Desk) -> None:
    one = desk.incident(level=3)
    level_acts.categorise(desk.house, one, "G", who="zhao", now=desk.now)
    desk.wait(44)
    assert chased(desk) == []
    desk.wait(2)
    assert chased(desk) == ["【临期提醒】"]
    desk.wait(15)
    assert chased(desk) == ["【临期提醒】", "【催办】"]
    desk.wait(31)
    assert chased(desk)[-1] == "【督办待签发】"
    desk.wait(91)
    assert chased(desk)[-1] == "【通报待签发】"
    assert desk.history(one).count("chased") >= 4


def test_answered_in_time_nobody_is_urged(desk: Desk) -> None:
    one = desk.incident(level=3)
    level_acts.confirm_level(desk.house, one, 3, who="zhao", now=desk.now)
    level_acts.categorise(desk.house, one, "G", who="zhao", now=desk.now)
    desk.wait(40, every=5)
    level_acts.answered(desk.house, one, at=desk.now, where="青石发布", who="zhao", now=desk.now)
    desk.wait(120, every=5)
    assert chased(desk) == []
    assert due(desk, one).keys() == {"press"}


def test_after_a_night_with_the_machine_off_nobody_is_reported_before_being_urged(desk: Desk) -> None:
    one = desk.incident(level=3)
    level_acts.categorise(desk.house, one, "G", who="zhao", now=desk.now)
    desk.now += timedelta(hours=4)
    desk.tick()
    steps = {row["rule"]: row["step"] for row in desk.rows(schema.deadline)}
    assert steps["first-word"] == 2
    desk.wait(14)
    assert {row["rule"]: row["step"] for row in desk.rows(schema.deadline)}["first-word"] == 2
    desk.wait(2)
    assert {row["rule"]: row["step"] for row in desk.rows(schema.deadline)}["first-word"] == 3
    assert one


def test_a_pause_needs_approval_and_moves_the_end(desk: Desk) -> None:
    one = desk.incident(level=3)
    level_acts.confirm_level(desk.house, one, 3, who="zhao", now=desk.now)
    before = due(desk, one)["answer"]
    clock = number(desk, "answer")
    approved = {"who": "zhao", "why": "等待鉴定", "now": desk.now}
    with pytest.raises(deadlines.NotApproved):
        deadline_acts.pause(desk.house, clock, approved_by="", **approved)
    deadline_acts.pause(desk.house, clock, approved_by="li", **approved)
    with pytest.raises(CaifengError, match="已暂停"):
        deadline_acts.pause(desk.house, clock, approved_by="li", **approved)
    desk.wait(60 * 50, every=60)
    assert chased(desk) == []
    deadline_acts.go_on(desk.house, clock, who="zhao", now=desk.now)
    assert due(desk, one)["answer"] == before + timedelta(hours=50)


def test_an_extension_needs_approval_and_starts_the_chase_anew(desk: Desk) -> None:
    one = desk.incident(level=3)
    level_acts.confirm_level(desk.house, one, 3, who="zhao", now=desk.now)
    desk.wait(60 * 49, every=60)
    assert chased(desk)[-1] == "【催办】"
    more = {"who": "zhao", "why": "案情复杂", "now": desk.now, "approved_by": "li"}
    with pytest.raises(CaifengError, match="晚于"):
        deadline_acts.extend(desk.house, number(desk, "answer"), desk.now - timedelta(hours=9), **more)
    deadline_acts.extend(desk.house, number(desk, "answer"), desk.now + timedelta(hours=24), **more)
    desk.wait(60 * 21, every=60)
    count = desk.history(one).count("chased")
    desk.wait(60 * 4, every=60)
    assert desk.history(one).count("chased") == count + 2


def test_the_whole_way_of_an_incident_is_on_its_timeline(either_desk: Desk) -> None:
    desk = either_desk
    one = desk.incident(level=3)
    desk.tick()
    by = {"who": "zhao", "now": desk.now}
    house = desk.house
    acts.acknowledge(house, one, **by)
    level_acts.confirm_level(house, one, 3, **by)
    level_acts.categorise(house, one, "G", **by)
    acts.instruct(house, one, leader="任分管", words="请住建局牵头，今晚查清", how="telephone", **by)
    acts.remark(house, one, words="已电话核实", **by)
    level_acts.handle(house, one, **by)
    level_acts.answered(house, one, at=desk.now, where="青石发布", **by)
    assert level_acts.done(house, one, "press", at=desk.now, **by)
    assert not level_acts.done(house, one, "press", at=desk.now, **by)
    acts.close(house, one, why="已处置并回应", **by)
    acts.file(house, one, **by)
    assert desk.state(one) == "filed"
    moves = [e for e in desk.history(one) if not e.startswith("deadline")]
    assert moves == [
        "acknowledge", "confirm", "categorised", "instruction", "remark", "handle", "answer", "close", "file",
    ]  # fmt: skip
    desk.wait(10)
    acts.reopen(house, one, who="zhao", now=desk.now, why="又有新情况")
    desk.wait(1)
    assert desk.state(one) == "judging"
    assert "重新打开：又有新情况" in desk.deliveries("mail")[-1]["message"]["text"]


def test_what_has_not_happened_yet_cannot_be_entered(desk: Desk) -> None:
    one = desk.incident(level=3)
    later = desk.now + timedelta(hours=1)
    with pytest.raises(CaifengError, match="不能晚于现在"):
        level_acts.done(desk.house, one, "press", at=later, who="zhao", now=desk.now)
    with pytest.raises(CaifengError, match="不能晚于现在"):
        level_acts.set_event_time(desk.house, one, later, who="zhao", now=desk.now)
    with pytest.raises(CaifengError, match="A 至 G"):
        level_acts.categorise(desk.house, one, "H", who="zhao", now=desk.now)
    with pytest.raises(CaifengError, match="不能为空"):
        acts.remark(desk.house, one, words=" ", who="zhao", now=desk.now)


def test_closing_stops_every_clock(desk: Desk) -> None:
    one = desk.incident(level=2)
    level_acts.confirm_level(desk.house, one, 2, who="zhao", now=desk.now)
    acts.close(desk.house, one, who="zhao", why="已处置完毕并回应", now=desk.now)
    desk.wait(300, every=10)
    assert chased(desk) == []
    assert due(desk, one) == {}


def test_closing_without_a_reason_is_refused(desk: Desk) -> None:
    one = desk.incident(level=2)
    level_acts.confirm_level(desk.house, one, 2, who="zhao", now=desk.now)
    with pytest.raises(NeedsReason):
        acts.close(desk.house, one, who="zhao", why="  ", now=desk.now)


def test_an_illegal_move_names_state_and_event(desk: Desk) -> None:
    one = desk.incident(level=3)
    with pytest.raises(IllegalMove, match=r"发现.*归档"):
        acts.file(desk.house, one, who="zhao", now=desk.now)


def test_fifty_click_at_once_and_one_wins(either_desk: Desk) -> None:
    one = either_desk.incident(level=2)
    either_desk.tick()

    def click(number: int) -> bool:
        return acts.acknowledge(either_desk.house, one, who=f"p{number}", now=either_desk.now).won

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(click, range(50))) == 1
    rows = either_desk.rows(schema.alert)
    assert rows[0]["acknowledged_by"] == either_desk.rows(schema.incident)[0]["owner"]
    assert either_desk.history(one).count("acknowledge") == 1


def test_what_a_person_split_is_remembered(either_desk: Desk) -> None:
    desk = either_desk
    one = desk.incident("火灾", level=3)
    mine = [desk.document(one, f"城东火灾{n}") for n in range(3)]
    other = [desk.document(one, f"城西火灾{n}") for n in range(2)]
    two = sorting_acts.split(desk.house, one, other, "城西火灾", who="zhao", why="两处火灾", now=desk.now)
    members = {r["document_id"]: r["incident_id"] for r in _members(desk)}
    assert members == {**dict.fromkeys(mine, one), **dict.fromkeys(other, two)}
    apart = {(r["document_id"], r["incident_id"]) for r in _apart(desk)}
    assert {(n, one) for n in other} | {(n, two) for n in mine} == apart
    assert {row["id"]: row["documents"] for row in desk.rows(schema.incident)} == {one: 3, two: 2}
    desk.tick()
    assert len(desk.told()) == 2, "the part split off is told as an incident of its own"


def test_merging_moves_everything_and_ends_the_telling(either_desk: Desk) -> None:
    desk = either_desk
    one, two = desk.incident("燃气泄漏", level=3), desk.incident("东门煤气味", level=3)
    first, second = desk.document(one, "甲"), desk.document(two, "乙", media="青石日报")
    desk.tick()
    sorting_acts.merge(desk.house, two, one, who="zhao", why="同一事件", now=desk.now)
    assert desk.state(two) == "merged"
    assert {r["document_id"] for r in _members(desk) if r["incident_id"] == one} == {first, second}
    assert desk.rows(schema.incident, id=one)[0]["media"] == 2
    desk.wait(40, every=5)
    assert not any("东门煤气味" in s for s in desk.subjects("孙副班"))


def test_a_whole_incident_cannot_be_split_off(desk: Desk) -> None:
    one = desk.incident(level=3)
    number = desk.document(one, "甲")
    with pytest.raises(CaifengError, match="一部分"):
        sorting_acts.split(desk.house, one, [number], "乙", who="zhao", why="x", now=desk.now)


def test_a_call_is_off_the_list_when_its_result_is_entered(desk: Desk) -> None:
    from monitor.store import told
    from monitor.store.reading import telling

    one = desk.incident(level=1)
    desk.tick()
    with desk.store.read() as conn:
        call = told.calls_to_make(conn)[0]
        asked = [line["state"] for line in telling.told(conn, one) if line["channel"] == "call"]
    acts.tell(desk.house, one, person=call.person, channel="call", result="已接通", who="zhao", now=desk.now)
    with desk.store.read() as conn:
        assert told.calls_to_make(conn) == []
        made = [line["result"] for line in telling.told(conn, one) if line["person"] == call.person]
    assert set(asked) == {"to-call"} and "已接通" in made
    assert desk.rows(schema.told)[0]["result"] == "已接通"


def _members(desk: Desk) -> list[dict[str, int]]:
    with desk.store.read() as conn:
        return [dict(r) for r in conn.execute(schema.incident_document.select()).mappings()]


def _apart(desk: Desk) -> list[dict[str, int]]:
    with desk.store.read() as conn:
        return [dict(r) for r in conn.execute(schema.separation.select()).mappings()]
