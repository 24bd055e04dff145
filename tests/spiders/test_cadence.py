"""When to look next: learned from the past, within limits, better than a fixed timer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import cadence as bench
from spiders.cadence import Plan, Profile, after_failure, next_look, plan, revisit_due
from spiders.source import Cadence

MONDAY = datetime(2026, 11, 16, 0, 0, tzinfo=UTC)
OPEN = Cadence(fastest=60, slowest=86400)


def watched(per_day: int, days: int = 14, hours: range = range(24)) -> Profile:
    """A past of so many arrivals a day, spread over some hours of the Shanghai day."""
    profile = Profile()
    for day in range(days):
        since = MONDAY - timedelta(days=days - day) - timedelta(hours=8)
        step = len(hours) / per_day
        times = [since + timedelta(hours=hours.start + step * (n + 0.5)) for n in range(per_day)]
        profile = profile.learned(since, since + timedelta(days=1), times)
    return profile


def test_a_source_with_four_times_the_news_is_looked_at_twice_as_often() -> None:
    shared = Plan(price=20000.0)
    rare, busy = (next_look(MONDAY, watched(n), shared, OPEN) - MONDAY for n in (12, 48))
    assert rare / busy == pytest.approx(2.0, rel=0.1)


def test_nights_are_quiet_and_mornings_watched() -> None:
    profile = watched(40, hours=range(8, 18))
    shared = plan([profile], 1 / 30, [OPEN])
    at_ten = MONDAY.replace(hour=2)
    at_two = MONDAY.replace(hour=18)
    morning, night = (next_look(at, profile, shared, OPEN) - at for at in (at_ten, at_two))
    assert night > morning * 2


def test_the_budget_is_met() -> None:
    profiles = [watched(n) for n in (1, 5, 20, 100)]
    shared = plan(profiles, 0.2, [OPEN] * 4)
    looks = sum(
        86400 / (next_look(MONDAY, profile, shared, OPEN) - MONDAY).total_seconds() for profile in profiles
    )
    assert looks == pytest.approx(0.2 * 1440, rel=0.25)


def test_limits_and_fixed_timers_are_kept() -> None:
    dear, cheap = Plan(price=1e12), Plan(price=1e-6)
    assert next_look(MONDAY, watched(5), dear, Cadence(slowest=3600)) == MONDAY + timedelta(hours=1)
    assert next_look(MONDAY, watched(5), cheap, Cadence(fastest=120)) == MONDAY + timedelta(minutes=2)
    fixed = Cadence(every=900, adaptive=False)
    assert next_look(MONDAY, watched(500), cheap, fixed) == MONDAY + timedelta(minutes=15)


def test_pages_without_a_time_are_learned_from_the_hours_between_looks() -> None:
    seen = Profile().learned(MONDAY, MONDAY + timedelta(hours=2), [None] * 6)
    assert seen.hours[8] == pytest.approx(3) and seen.hours[9] == pytest.approx(3)
    assert seen.days == pytest.approx(2 / 24)


def test_an_old_habit_fades() -> None:
    profile = watched(50)
    idle = profile.learned(MONDAY, MONDAY + timedelta(days=42), [])
    assert idle.per_day < profile.per_day / 8


def test_a_profile_survives_the_store() -> None:
    profile = watched(7)
    again = Profile.from_json(profile.as_json())
    assert again.per_day == pytest.approx(profile.per_day, rel=1e-3)
    assert Profile.from_json(None) == Profile()


@given(
    st.lists(st.integers(0, 86400 * 7), max_size=60),
    st.floats(1e-3, 1e9),
    st.integers(0, 7 * 24),
)
def test_the_next_look_is_always_within_its_limits(seconds: list[int], price: float, hour: int) -> None:
    since = MONDAY - timedelta(days=7)
    profile = Profile().learned(since, MONDAY, [since + timedelta(seconds=s) for s in sorted(seconds)])
    last = MONDAY + timedelta(hours=hour)
    wait = (next_look(last, profile, Plan(price), OPEN) - last).total_seconds()
    assert OPEN.fastest <= wait <= OPEN.slowest


def test_failures_back_off_and_retry_after_is_kept() -> None:
    cadence = Cadence(every=300, slowest=3600)
    waits = [(after_failure(MONDAY, n, cadence, None) - MONDAY).total_seconds() for n in range(1, 7)]
    assert waits == [300, 600, 1200, 2400, 3600, 3600]
    assert after_failure(MONDAY, 1, cadence, 7200) == MONDAY + timedelta(hours=2)


def test_articles_are_revisited_ever_more_rarely() -> None:
    looks, last = [], MONDAY
    for hour in range(24 * 14):
        now = MONDAY + timedelta(hours=hour)
        if revisit_due(MONDAY, last, now):
            looks.append(hour)
            last = now
    assert looks == [1, 4, 12, 36, 96]
    assert revisit_due(MONDAY, MONDAY, MONDAY + timedelta(minutes=30), changed=True)


def test_a_tenth_of_the_benchmark_already_beats_the_timer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "SOURCES", 60)
    monkeypatch.setattr(bench, "LOOKS_PER_MINUTE", 60 / 30)
    monkeypatch.setattr(bench, "LEARN", timedelta(days=4))
    monkeypatch.setattr(bench, "COUNT", timedelta(days=3))
    assert bench.figure() <= 0.6


def test_real_hot_lists_are_met_sooner_than_by_a_timer(shared_data: Path) -> None:
    assert bench.replayed(shared_data / "stream") <= 0.85
