"""Hand-over of duty, unit deadlines, and links that people without an account open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from monitor.domain import links as signed
from monitor.domain.deadline import RULES, Moments, reckon
from monitor.errors import CaifengError
from monitor.stages import chase, handover
from monitor.stages import incident_acts as acts
from monitor.store import deadlines, duty, links, schema
from monitor.store.insert import insert
from tests.fakes.duty import UNITS, Desk

At = Callable[[str], datetime]


def handed(desk: Desk) -> list[tuple[str, str]]:
    """Mails about hand-overs: to whom, and their subjects."""
    rows = desk.deliveries("mail", nouns=["handover"])
    return [(row["person"], row["message"]["subject"]) for row in rows]


def test_the_incoming_officer_is_sent_what_is_open(desk: Desk) -> None:
    desk.tick()
    one = desk.incident("东门市场燃气泄漏", level=2)
    rest = desk.incident("路灯不亮", level=4)
    acts.dismiss(desk.house, rest, who="zhao", why="已修复", now=desk.now)
    desk.tick()
    acts.acknowledge(desk.house, one, who="zhao", now=desk.now)
    desk.until("20:01", every=30)
    assert handed(desk) == [("钱值班", "【交接班】夜班接班，未办毕1件")]
    text = desk.deliveries("mail", nouns=["handover"])[0]["message"]["text"]
    assert "交班人：赵值班" in text
    assert "Ⅱ级　东门市场燃气泄漏（研判" in text
    assert "路灯" not in text


def test_who_does_not_take_over_is_missed_after_twenty_minutes(desk: Desk) -> None:
    desk.tick()
    one = desk.incident(level=3)
    acts.acknowledge(desk.house, one, who="zhao", now=desk.now)
    desk.until("20:25", every=5)
    assert handed(desk)[-1] == ("李带班", "【缺岗提示】钱值班尚未确认接班")
    desk.wait(120, every=10)
    assert len(handed(desk)) == 2, "said once"


def test_who_takes_over_in_time_is_not_missed_and_cannot_twice(desk: Desk) -> None:
    desk.tick()
    one = desk.incident(level=3)
    acts.acknowledge(desk.house, one, who="zhao", now=desk.now)
    desk.until("20:05", every=5)
    with desk.store.read() as conn:
        newest = duty.last(conn)
    assert newest is not None
    handover.take_over(desk.house, newest.id, who="qian", now=desk.now, note="燃气已关阀")
    with pytest.raises(CaifengError, match="已确认"):
        handover.take_over(desk.house, newest.id, who="sun", now=desk.now)
    desk.wait(60, every=5)
    assert len(handed(desk)) == 1


def test_with_nothing_open_nobody_is_disturbed(desk: Desk) -> None:
    desk.tick()
    desk.until("20:30", every=10)
    assert handed(desk) == []


def test_a_restart_in_the_middle_of_a_shift_is_no_hand_over(desk: Desk) -> None:
    one = desk.incident(level=3)
    desk.tick()
    acts.acknowledge(desk.house, one, who="zhao", now=desk.now)
    for _ in range(5):
        desk.tick()
    assert handed(desk) == []


class TestUnitsClocks:
    """A unit's signature and reports, seen by the chase."""

    @pytest.fixture(autouse=True)
    def _contacts(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        from monitor.settings import parse
        from tests.fakes.duty import ROSTER, STATION

        contact = "    contacts: [{name: 住建值班室, contacts: {mail: zj@qingshi.test}}]\n"
        units = UNITS.replace("区住房和城乡建设局}", "区住房和城乡建设局,\n" + contact.strip() + "}")
        files = {"station.yaml": STATION, "units.yaml": units, "roster.yaml": ROSTER}
        desk.station = parse(files)

    def start(self, desk: Desk, rule: str, level: int = 2) -> int:
        """A clock of notice 7 for the unit, as issuing would start it."""
        one = desk.incident("燃气泄漏", state="handling", level_confirmed=level)
        values = {
            "id": 7, "incident_id": one, "series": "warning", "number": "青舆警〔2026〕7号",
            "state": "delivered", "level": level,
            "urgency": "特急", "title": "关于燃气泄漏的预警通知书", "facts": {},
            "drafted_at": desk.now, "drafted_by": "zhao",
        }  # fmt: skip
        with desk.store.write() as conn:
            insert(conn, schema.notice, values)
        known = Moments(issued=desk.now, signed=desk.now)
        reckoned = reckon(RULES[rule], level, known, desk.now, lambda day: day.weekday() < 5)
        with desk.store.write() as conn:
            new = deadlines.start(conn, "notice", 7, reckoned, unit="gas", who="li", now=desk.now)
        assert new is not None
        return new

    def urged(self, desk: Desk) -> list[tuple[str, str]]:
        rows = desk.deliveries("mail", nouns=["notice"])
        return [(row["person"], row["message"]["subject"].split("】")[0] + "】") for row in rows]

    def test_the_unit_is_reminded_then_urged_and_the_office_knows(self, desk: Desk) -> None:
        self.start(desk, "sign")
        desk.wait(31)
        assert self.urged(desk)[:2] == [("住建值班室", "【临期提醒】"), ("赵值班", "【临期提醒】")]
        assert ("住建值班室", "【催办】") in self.urged(desk)

    def test_where_a_paper_urges_the_unit_no_second_mail_does(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[tuple[str, str]] = []

        def hook(module: str, name: str) -> Callable[..., int]:
            return lambda conn, house, clock, who, now: asked.append((name, clock.unit)) or 1

        monkeypatch.setattr(chase, "hook", hook)
        self.start(desk, "sign")
        desk.wait(31)
        assert asked == [("draft_reminder", "gas")]
        assert ("住建值班室", "【催办】") not in self.urged(desk)
        assert ("赵值班", "【催办】") in self.urged(desk)

    def test_a_unit_that_signs_one_minute_late_was_urged_and_is_late_on_record(self, desk: Desk) -> None:
        self.start(desk, "sign")
        desk.wait(31)
        with desk.store.write() as conn:
            assert deadlines.meet(conn, "notice", 7, "sign", unit="gas", who="unit:gas", at=desk.now)
            assert not deadlines.meet(conn, "notice", 7, "sign", unit="gas", who="unit:gas", at=desk.now)
        urged = len(self.urged(desk))
        desk.wait(120, every=5)
        assert len(self.urged(desk)) == urged
        met = next(r for r in desk.rows(schema.history, noun="notice") if r["event"] == "deadline-met")
        assert met["facts"]["late"] is True
        assert met["why"] == "超时完成"

    def test_supervision_is_not_sent_to_the_unit_by_the_program(self, desk: Desk) -> None:
        self.start(desk, "sign")
        desk.wait(240, every=5)
        assert ("李带班", "【督办待签发】") in self.urged(desk)
        assert ("住建值班室", "【督办待签发】") not in self.urged(desk)
        assert ("住建值班室", "【通报待签发】") not in self.urged(desk)

    def test_a_holiday_between_gives_the_unit_its_working_days(self, desk: Desk, at: At) -> None:
        desk.now = at("2026-09-29 10:00")
        from monitor.domain.calendar import working_days

        is_working = working_days(desk.station.roster.calendar)
        reckoned = reckon(RULES["final-report"], 4, Moments(issued=desk.now), desk.now, is_working)
        assert reckoned.due_at == at("2026-10-12 18:00")

    def test_a_clock_that_cannot_be_chased_keeps_no_other_waiting(self, desk: Desk) -> None:
        self.start(desk, "sign")
        known = Moments(issued=desk.now - timedelta(hours=1))
        lost = reckon(RULES["sign"], 1, known, desk.now, lambda day: True)
        with desk.store.write() as conn:
            deadlines.start(conn, "notice", 999, lost, unit="gas", who="li", now=desk.now)
        desk.wait(31)
        assert ("赵值班", "【催办】") in self.urged(desk)

    def test_the_same_clock_is_started_once(self, desk: Desk) -> None:
        self.start(desk, "sign")
        known = Moments(issued=desk.now)
        reckoned = reckon(RULES["sign"], 2, known, desk.now, lambda day: True)
        with desk.store.write() as conn:
            again = deadlines.start(conn, "notice", 7, reckoned, unit="gas", who="li", now=desk.now)
        assert again is None


class TestLinks:
    KEY = b"k" * 32

    def test_a_token_says_nothing_and_is_kept_as_a_hash_only(self, desk: Desk) -> None:
        desk.incident(level=3)
        desk.tick()
        token = signed.make_token(self.KEY, "alert", "incident", 1, "zhao", desk.now)
        assert f"/l/{token}?do=acknowledge" in desk.deliveries("mail")[0]["message"]["text"]
        row = desk.rows(schema.link)[0]
        assert row["token_hash"] == signed.token_hash(token)
        assert token not in str(row)
        with desk.store.read() as conn:
            found = links.find(conn, token)
        assert found is not None
        assert (found.purpose, found.subject_id, found.holder) == ("alert", 1, "zhao")

    def test_each_holder_has_a_token_of_their_own_and_another_key_makes_others(self, desk: Desk) -> None:
        facts = ("alert", "incident", 1)
        tokens = {
            signed.make_token(self.KEY, *facts, "zhao", desk.now),
            signed.make_token(self.KEY, *facts, "qian", desk.now),
            signed.make_token(b"x" * 32, *facts, "zhao", desk.now),
            signed.make_token(self.KEY, *facts, "zhao", desk.now + timedelta(seconds=1)),
        }
        assert len(tokens) == 4

    def test_a_made_up_token_opens_nothing(self, desk: Desk) -> None:
        with desk.store.read() as conn:
            assert links.find(conn, "A" * 32) is None

    def test_links_expire_and_close_when_the_matter_rests(self, desk: Desk) -> None:
        one = desk.incident(level=3)
        desk.tick()
        token = signed.make_token(self.KEY, "alert", "incident", one, "zhao", desk.now)
        with desk.store.read() as conn:
            found = links.find(conn, token)
        assert found is not None
        assert found.opens(desk.now)
        assert not found.opens(desk.now + timedelta(days=3))
        acts.dismiss(desk.house, one, who="zhao", why="误报", now=desk.now)
        with desk.store.read() as conn:
            closed = links.find(conn, token)
        assert closed is not None
        assert not closed.opens(desk.now)

    def test_without_an_outward_address_no_link_is_given(self, desk: Desk) -> None:
        desk.station = desk.station.model_copy(update={"outward": None})
        desk.incident(level=3)
        desk.tick()
        assert "/l/" not in desk.deliveries("mail")[0]["message"]["text"]
        assert desk.rows(schema.link) == []
