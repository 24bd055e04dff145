"""Silences, quiet hours and the digest: what may wait, and what never does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alerts.silence import Silence
from monitor.errors import CaifengError
from monitor.stages import incident_acts as acts
from tests.fakes.duty import Desk, station


def test_a_silence_holds_until_it_ends_and_then_escalates_from_the_start(desk: Desk) -> None:
    quiet = Silence(desk.now, desk.now + timedelta(hours=2), "zhao", "演练", topic="14")
    acts.silence(desk.house, quiet, now=desk.now)
    desk.incident(level=3, topic="14")
    desk.tick()
    desk.wait(119, every=7)
    assert desk.told() == []
    desk.wait(2)
    assert desk.told() == ["赵值班"]
    desk.wait(20)
    assert desk.told() == ["赵值班"], "the deputy's half hour begins with the first mail"


def test_a_silence_lifted_early_lets_speak_what_it_held(desk: Desk) -> None:
    quiet = Silence(desk.now, desk.now + timedelta(hours=5), "zhao", "演练", topic="14")
    number = acts.silence(desk.house, quiet, now=desk.now)
    desk.incident(level=3, topic="14")
    desk.tick()
    desk.wait(30, every=10)
    acts.lift_silence(desk.house, number, who="li", now=desk.now)
    desk.wait(2)
    assert desk.told() == ["赵值班"]
    with pytest.raises(CaifengError, match="已结束"):
        acts.lift_silence(desk.house, number, who="li", now=desk.now)


def test_a_silence_without_end_or_reason_is_refused(desk: Desk) -> None:
    hour = timedelta(hours=1)
    for quiet in (Silence(desk.now, desk.now, "zhao", "x"), Silence(desk.now, desk.now + hour, "zhao", " ")):
        with pytest.raises(CaifengError):
            acts.silence(desk.house, quiet, now=desk.now)


def test_a_level_that_rises_while_silenced_breaks_through(desk: Desk) -> None:
    one = desk.incident(level=3)
    until = desk.now + timedelta(hours=5)
    acts.silence(desk.house, Silence(desk.now, until, "zhao", "已知悉", incident=one, floor=3), now=desk.now)
    desk.tick()
    desk.wait(60, every=5)
    assert desk.told() == []
    desk.changes(one, level_suggested=2)
    desk.tick()
    assert desk.told() == ["赵值班"]


def test_a_general_silence_never_holds_a_grave_matter(desk: Desk) -> None:
    quiet = Silence(desk.now, desk.now + timedelta(hours=2), "guan", "系统维护", floor=1)
    acts.silence(desk.house, quiet, now=desk.now)
    desk.incident(level=2)
    desk.incident("路灯不亮", level=4)
    desk.tick()
    assert desk.told() == ["赵值班"]


def test_in_quiet_hours_small_matters_wait_for_the_morning_and_great_ones_do_not(desk: Desk) -> None:
    desk.station = station(more='messages: {quiet_from: "22:00", quiet_to: "07:00"}\n')
    desk.until("23:00", every=60)
    desk.incident("路灯不亮", level=4)
    desk.incident("燃气爆炸", level=2)
    desk.tick()
    assert [row["message"]["subject"][:10] for row in desk.deliveries("mail")] == ["【待核实·建议Ⅱ级】"]
    desk.until("06:59", every=30)
    assert not any("路灯" in s for s in desk.subjects())
    desk.until("07:01")
    assert sum("路灯" in s for s in desk.subjects()) == 1


def test_small_matters_come_together_in_the_digest_and_great_ones_at_once(desk: Desk) -> None:
    desk.station = station(more='messages: {digest_at: ["11:30", "17:00"]}\n')
    for n in range(4):
        desk.incident(f"小事{n}", level=4)
        desk.wait(10, every=5)
    desk.incident("校车侧翻", level=3)
    desk.tick()
    assert [s for s in desk.subjects() if "小事" in s] == []
    assert len(desk.told()) == 1
    desk.until("11:31", every=10)
    text = "".join(row["message"]["text"] for row in desk.deliveries("mail"))
    assert all(text.count(f"小事{n}（") >= 1 for n in range(4))
    assert desk.told().count("赵值班") == 2
    desk.until("17:30", every=30)
    assert desk.told().count("赵值班") == 2
