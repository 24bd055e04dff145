"""Storms: what is over the ceiling is not lost, and the gravest comes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from monitor.stages import chase, level_acts
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


def most_in_a_quarter(desk: Desk, about: int | None = None) -> Counter[str]:
    """The most mails each person was sent within any fifteen minutes, of whatever kind."""
    rows = [row for row in released(desk) if about is None or about in row["message"]["about"]]
    times: dict[str, list[datetime]] = {}
    for row in rows:
        times.setdefault(row["person"], []).append(row["created_at"])
    quarter = timedelta(minutes=15)
    return Counter({who: max(sum(t <= u < t + quarter for u in at) for t in at) for who, at in times.items()})


def released(desk: Desk) -> list[Mapping[str, Any]]:
    """Mails that left, of every kind of the alert path."""
    rows = desk.deliveries("mail", nouns=["incident", "bundle", "deadline", "notice", "task", "handover"])
    return [r for r in rows if r["state"] == "queued" and r["next_at"] is not None]


def test_a_storm_of_two_hours_keeps_to_the_ceilings_and_the_grave_are_never_late(desk: Desk) -> None:
    """Many new matters, one in twelve grave and some confirmed, with all the clocks that start."""
    born: dict[str, tuple[datetime, int]] = {}
    grave: list[tuple[datetime, int]] = []
    for second in range(0, 7200, 60):
        for _ in range(6 if second < 1200 else 1):
            title, level = f"第{len(born)}件", 2 if len(born) % 12 == 7 else 3 + len(born) % 2
            born[title] = (desk.now, level)
            number = desk.incident(title, level=level)
            grave += [(desk.now, number)] if level == 2 else []
        if grave and grave[0][0] < desk.now - timedelta(minutes=7) and second % 300 == 0:
            level_acts.confirm_level(desk.house, grave.pop(0)[1], 2, who="li", now=desk.now)
        desk.tick()
        desk.now += timedelta(seconds=60)
    desk.wait(20)
    assert max(most_in_a_quarter(desk).values()) <= 5
    assert {row["noun"] for row in released(desk)} >= {"incident", "bundle"}
    assert "催办" in "".join(row["message"]["text"] for row in released(desk))
    told = [(r["created_at"], r["message"]["text"]) for r in released(desk) if r["person"] == "赵值班"]
    waits = {
        title: next(at for at, text in told if f"{title}（" in text or f"{title}\n" in text) - since
        for title, (since, _) in born.items()
    }
    assert max(waits[title] for title, (_, level) in born.items() if level == 2) <= timedelta(minutes=6)
    assert max(waits.values()) <= timedelta(minutes=16)


def test_one_event_for_two_hours_is_three_mails_in_any_quarter_clocks_and_all(desk: Desk) -> None:
    one = desk.incident("东门市场燃气泄漏", level=3, documents=1)
    for second in range(0, 7200, 30):
        documents = 1 + second * 160
        level = 3 if second < 120 else 2 if second < 3600 else 1
        desk.changes(one, documents=documents, level_suggested=level)
        if second == 600:
            level_acts.confirm_level(desk.house, one, 2, who="zhao", now=desk.now)
            level_acts.categorise(desk.house, one, "G", who="zhao", now=desk.now)
        desk.tick()
        desk.now += timedelta(seconds=30)
    assert max(most_in_a_quarter(desk, one).values()) <= 3
    first = [row for row in released(desk) if row["person"] == "赵值班"]
    assert [r["created_at"] - first[0]["created_at"] for r in first[:2]][1] <= timedelta(seconds=150)
    assert any("催办" in row["message"]["subject"] for row in first)


def test_fifty_clocks_that_run_out_together_are_one_mail(desk: Desk) -> None:
    for n in range(50):
        one = desk.incident(f"第{n}件", level=2)
        level_acts.confirm_level(desk.house, one, 2, who="zhao", now=desk.now)
    desk.tick()
    before = desk.now
    desk.wait(33)
    mails = [r for r in released(desk) if r["person"] == "赵值班" and r["created_at"] > before]
    assert [row["message"]["subject"] for row in mails] == [
        "【合并提醒】50项待办（临期提醒50项）",
        "【合并提醒】50项待办（催办50项）",
    ]
    assert len([r for r in desk.deliveries("mail", nouns=["deadline"]) if r["state"] == "bundled"]) > 99


def test_a_reminder_that_waits_is_dropped_when_the_thing_is_done(desk: Desk) -> None:
    one = desk.incident(level=2)
    level_acts.confirm_level(desk.house, one, 2, who="zhao", now=desk.now)
    desk.wait(22)
    for n in range(3):
        desk.incident(f"第{n}件", level=4)
        desk.tick()
    chase.run(desk.house, desk.now + timedelta(minutes=1))
    waiting = [r for r in desk.deliveries("mail", nouns=["deadline"]) if r["next_at"] is None]
    assert [r["person"] for r in waiting] == ["赵值班"]
    level_acts.done(desk.house, one, "phone-report", at=desk.now, who="zhao", now=desk.now)
    desk.wait(20)
    assert not [r for r in released(desk) if "电话首报" in r["message"]["text"]]
