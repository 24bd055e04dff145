"""Deadlines: lengths and starting points of DOMAIN.md §1.2, working days, the chase."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.clock import SHANGHAI
from monitor.domain.calendar import after_working_days, national, working_days
from monitor.domain.deadline import (
    INTERNAL,
    NOTICE,
    ORDINARY,
    RULES,
    SUDDEN,
    Moments,
    chase,
    countdown,
    first_report_start,
    reckon,
    resume,
    step_at,
)
from monitor.errors import ConfigError
from monitor.settings.roster import Calendar
from monitor.settings.station import DeadlineRule
from tests.fakes.duty import station

At = Callable[[str], datetime]
WORKING = working_days(Calendar())
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.mark.parametrize(
    ("rule", "level", "length"),
    [
        ("sign", 1, 15 * MINUTE), ("sign", 2, 30 * MINUTE), ("sign", 3, HOUR), ("sign", 4, 4 * HOUR),
        ("first-report", 1, HOUR), ("first-report", 2, 2 * HOUR), ("first-report", 3, 4 * HOUR),
        ("first-report", 4, 24 * HOUR), ("final-report", 1, 24 * HOUR), ("final-report", 2, 24 * HOUR),
        ("final-report", 3, 48 * HOUR), ("phone-report", 2, 30 * MINUTE), ("written-report", 2, HOUR),
        ("first-word", 2, HOUR), ("authority", 1, 5 * HOUR), ("press", 1, 24 * HOUR),
        ("answer", 3, 48 * HOUR),
    ],
)  # fmt: skip
def test_the_lengths_of_the_matrix(rule: str, level: int, length: timedelta, at: At) -> None:
    start = at("2026-11-23 09:00")
    known = Moments(happened=start, found=start, issued=start, signed=start)
    found = reckon(RULES[rule], level, known, start, WORKING)
    assert found.due_at - start == length
    assert found.certain


def test_every_rule_names_its_source_and_belongs_to_a_group() -> None:
    assert all(rule.source for rule in RULES.values())
    assert set(RULES) == {*SUDDEN, *ORDINARY, *INTERNAL, *NOTICE, "task"}


def test_the_first_word_counts_from_the_event_and_not_from_its_discovery(at: At) -> None:
    known = Moments(happened=at("2026-11-23 08:10"), found=at("2026-11-23 09:00"))
    found = reckon(RULES["first-word"], 1, known, at("2026-11-23 09:05"), WORKING)
    assert found.due_at == at("2026-11-23 09:10")
    assert "自事件发生起算" in found.why


def test_authority_counts_from_the_earlier_of_event_and_discovery(at: At) -> None:
    known = Moments(happened=at("2026-11-23 10:00"), found=at("2026-11-23 09:00"))
    found = reckon(RULES["authority"], 1, known, at("2026-11-23 10:00"), WORKING)
    assert found.due_at == at("2026-11-23 14:00")


def test_an_unknown_hour_counts_from_discovery_and_says_so(at: At) -> None:
    known = Moments(found=at("2026-11-23 09:00"))
    found = reckon(RULES["first-word"], 1, known, at("2026-11-23 09:20"), WORKING)
    assert (found.due_at, found.certain) == (at("2026-11-23 10:00"), False)
    assert "起算点待核" in found.why


@given(st.integers(0, 10_000))
def test_of_unknown_start_it_is_never_overdue_at_birth(late: int) -> None:
    start = datetime(2026, 11, 23, 9, tzinfo=SHANGHAI)
    now = start + timedelta(minutes=late)
    for rule in SUDDEN:
        assert reckon(RULES[rule], 1, Moments(found=start), now, WORKING).due_at > now


def test_a_known_event_of_this_morning_is_honestly_overdue(at: At) -> None:
    known = Moments(happened=at("2026-11-23 05:00"), found=at("2026-11-23 09:00"))
    assert reckon(RULES["first-word"], 1, known, at("2026-11-23 09:05"), WORKING).due_at == at(
        "2026-11-23 06:00"
    )


def test_a_station_sets_its_own_lengths_for_all_levels_or_one(at: At) -> None:
    start = at("2026-11-23 09:00")
    own = {"sign": DeadlineRule(within="20m"), "sign.1": DeadlineRule(within="5m")}  # type: ignore[arg-type]
    known = Moments(issued=start)
    assert reckon(RULES["sign"], 3, known, start, WORKING, own).due_at == start + 20 * MINUTE
    assert reckon(RULES["sign"], 1, known, start, WORKING, own).due_at == start + 5 * MINUTE


def test_a_station_can_name_every_rule_and_nothing_else() -> None:
    lengths = "".join(f"  {rule}: {{within: 1h}}\n  {rule}.3: {{within: 2h}}\n" for rule in RULES)
    assert len(station(more=f"deadlines:\n{lengths}").deadlines) == 2 * len(RULES)
    with pytest.raises(ConfigError, match=r"sgin"):
        station(more="deadlines:\n  sgin: {within: 1h}\n")


class TestWorkingDays:
    def test_five_working_days_over_a_weekend(self, at: At) -> None:
        found = reckon(
            RULES["final-report"], 4, Moments(issued=at("2026-11-19 10:00")), at("2026-11-19 10:00"), WORKING
        )
        assert found.due_at == at("2026-11-26 18:00")
        assert "5个工作日" in found.why

    def test_the_national_day_and_its_make_up_days(self, at: At) -> None:
        assert not national(date(2026, 10, 1))
        end = after_working_days(at("2026-09-30 10:00"), 1, WORKING)
        assert end == at("2026-10-08 18:00")

    def test_a_make_up_saturday_counts(self) -> None:
        assert national(date(2026, 10, 10))

    def test_the_station_knows_better(self, at: At) -> None:
        own = working_days(Calendar(working=(date(2026, 11, 21),), off=(date(2026, 11, 20),)))
        assert after_working_days(at("2026-11-19 10:00"), 1, own) == at("2026-11-21 18:00")

    def test_a_year_nobody_has_announced_yet(self) -> None:
        assert national(date(2031, 6, 2))
        assert not national(date(2031, 6, 1))


def test_the_first_report_runs_from_signature_or_end_of_signing_time(at: At) -> None:
    issued, end = at("2026-11-23 09:00"), at("2026-11-23 09:30")
    assert first_report_start(issued, None, end) == end
    assert first_report_start(issued, at("2026-11-23 09:10"), end) == at("2026-11-23 09:10")
    assert first_report_start(issued, at("2026-11-23 09:31"), end) == end, "a minute late wins nothing"


class TestChase:
    def steps(
        self, start: datetime, due: datetime, every: timedelta, until: datetime
    ) -> list[tuple[datetime, int]]:
        """What the chase does when looked at so often."""
        now, step, next_at, taken = start, 0, step_at(1, start, due), []
        while now <= until and next_at is not None:
            if now >= next_at:
                found = chase(step, start, due, now)
                next_at = found.next_at
                if found.step:
                    step = found.step
                    taken.append((now, step))
            now += every
        return taken

    def test_one_hour(self, at: At) -> None:
        start, due = at("2026-11-23 09:00"), at("2026-11-23 10:00")
        taken = self.steps(start, due, MINUTE, at("2026-11-24 09:00"))
        assert taken == [
            (at("2026-11-23 09:45"), 1),
            (at("2026-11-23 10:00"), 2),
            (at("2026-11-23 10:30"), 3),
            (at("2026-11-23 12:00"), 4),
        ]

    @given(st.integers(5, 10_000), st.integers(1, 3000))
    def test_however_seldom_one_looks_the_order_is_kept(self, length: int, every: int) -> None:
        start = datetime(2026, 11, 23, 9, tzinfo=SHANGHAI)
        due = start + timedelta(minutes=length)
        taken = self.steps(start, due, timedelta(minutes=every), start + timedelta(days=60))
        steps = [step for _, step in taken]
        assert steps == sorted(set(steps))
        assert steps[-1] == 4
        assert {2, 3, 4} <= set(steps)
        assert all(now >= due for now, step in taken if step >= 2)
        gaps = [b - a for (a, one), (b, _) in pairwise(taken) if one >= 2]
        assert all(gap >= 15 * MINUTE for gap in gaps)

    def test_a_short_limit_is_urged_on_the_minute_it_ends(self, at: At) -> None:
        start, due = at("2026-11-23 09:00"), at("2026-11-23 09:15")
        taken = self.steps(start, due, MINUTE, at("2026-11-23 09:20"))
        assert [step for _, step in taken] == [1, 2]
        assert taken[1][0] == due

    def test_a_clock_set_back_takes_no_step(self, at: At) -> None:
        start, due = at("2026-11-23 09:00"), at("2026-11-23 10:00")
        assert chase(2, start, due, at("2026-11-23 09:30")).step == 0

    def test_a_pause_moves_the_end(self, at: At) -> None:
        moved = resume(
            at("2026-11-23 09:00"), at("2026-11-23 10:00"), at("2026-11-23 09:30"), at("2026-11-23 12:00")
        )
        assert moved.due_at == at("2026-11-23 12:30")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (80, "剩余1小时20分钟"),
        (0.5, "剩余不足1分钟"),
        (-15, "已超时15分钟"),
        (60 * 49, "剩余2天1小时"),
        (0, "时限已到"),
    ],
)
def test_the_countdown_reads_well(minutes: float, words: str, at: At) -> None:
    now = at("2026-11-23 09:00")
    assert countdown(now + timedelta(minutes=minutes), now) == words
