"""Storms: what is over the ceiling is not lost, and the gravest comes first."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from monitor.stages import incident_acts as acts
from monitor.store import schema
from tests.fakes.duty import Desk


def test_a_hundred_events_in_a_minute_are_at_most_five_mails_the_gravest_first(desk: Desk) -> None:
    titles: list[str] = []
    for second in range(60):
        for n in range(2 if second < 40 else 1):
            number = second * 2 + n
            titles.append(f"第{number}件")
            desk.incident(titles[-1], level=4 if number % 10 else 3)
        if second == 30:
            desk.incident("化工厂爆炸", level=2)
        desk.tick()
        desk.now += timedelta(seconds=1)
    desk.wait(14, every=0.5)
    mails = [row for row in desk.deliveries("mail") if row["person"] == "赵值班"]
    assert len(mails) <= 5
    told = "".join(row["message"]["text"] for row in mails)
    assert len(titles) == 100
    assert all(title in told for title in titles)
    bundle = next(row["message"] for row in mails if "化工厂爆炸" in row["message"]["text"])
    assert bundle["subject"].startswith("【待核实·建议Ⅱ级】青石区东门街道·化工厂爆炸")
    assert "1. 【待核实·建议Ⅱ级】青石区东门街道·化工厂爆炸" in bundle["text"]


def test_a_hundred_events_at_once_are_two_mails(desk: Desk) -> None:
    for number in range(100):
        desk.incident(f"第{number}件", level=1 + number % 4)
    desk.tick()
    mails = [row for row in desk.deliveries("mail") if row["person"] == "赵值班"]
    assert len(mails) == 2
    assert mails[0]["message"]["subject"].startswith("【待核实·建议Ⅰ级】")
    assert "等99起事件" in mails[1]["message"]["subject"]
    with desk.store.read() as conn:
        recorded = {row.incident_id for row in conn.execute(schema.told.select())}
    assert len(recorded) == 99, "who was told of each is on record"
    desk.wait(14, every=0.5)
    per_person = Counter(row["person"] for row in desk.deliveries("mail"))
    assert max(per_person.values()) <= 5


def test_one_event_told_ten_thousand_times_is_at_most_three_mails_in_a_quarter(desk: Desk) -> None:
    one = desk.incident("东门市场燃气泄漏", level=3, documents=1)
    desk.tick()
    assert desk.told() == ["赵值班"], "the first mail leaves in the first tick"
    acts.acknowledge(desk.house, one, who="zhao", now=desk.now)
    documents = 1
    for minute in range(1, 15):
        documents += 10_000 if minute <= 10 else 0
        level = 3 if minute < 5 else 2
        desk.changes(one, documents=documents, level_suggested=level)
        desk.wait(1, every=0.25)
    per_person = Counter(row["person"] for row in desk.deliveries("mail"))
    assert max(per_person.values()) <= 3


def test_what_was_held_back_is_sent_when_there_is_room_again(desk: Desk) -> None:
    for n in range(4):
        desk.incident(f"先来第{n}件", level=4)
        desk.tick()
        desk.wait(4, every=0.5)
    late = desk.incident("后到一件", level=4)
    desk.tick()
    desk.wait(20, every=0.5)
    told = "".join(row["message"]["text"] for row in desk.deliveries("mail"))
    assert "后到一件" in told
    assert "接班" not in told
    assert late


def test_a_grave_matter_finds_room_after_a_storm_of_small_ones(desk: Desk) -> None:
    for n in range(40):
        desk.incident(f"第{n}件", level=4)
        desk.tick()
        desk.wait(0.1, every=0.05)
    desk.incident("学校食物中毒", level=1)
    desk.tick()
    desk.wait(4, every=0.1)
    assert any("学校食物中毒" in s for s in desk.subjects("赵值班"))
    assert "赵值班" in [r["person"] for r in desk.deliveries("call")], "and the telephone does not wait"


def test_acknowledging_one_of_a_bundle_leaves_the_others_waiting(desk: Desk) -> None:
    first, *rest = [desk.incident(f"第{n}件", level=3) for n in range(5)]
    desk.tick()
    acts.acknowledge(desk.house, first, who="zhao", now=desk.now)
    desk.wait(31, every=1)
    deputy = [row["message"]["text"] for row in desk.deliveries("mail") if row["person"] == "孙副班"]
    assert deputy
    assert not any("第0件" in text for text in deputy)
    assert all(any(f"第{n}件" in text for text in deputy) for n in range(1, 5))
    assert len(rest) == 4
