"""A source that dies, hides, changes its face or hangs is noticed; an ordinary night is not a fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from spiders.cadence import Plan, Profile
from spiders.health import Health, blind, faults
from spiders.visit import Outcome

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


def office_hours(per_day: int = 10, days: int = 14) -> Profile:
    """Pages between eight and six, Shanghai time."""
    profile = Profile()
    for day in range(days, 0, -1):
        since = NOON - timedelta(days=day, hours=12)
        times = [since + timedelta(hours=8 + 10 * n / per_day) for n in range(per_day)]
        profile = profile.learned(since, since + timedelta(days=1), times)
    return profile


def outcome(**more: object) -> Outcome:
    given = {"source_id": "s", "started": NOON, "finished": NOON, "status": "ok", **more}
    return Outcome(**given)  # type: ignore[arg-type]


def kinds(health: Health, now: datetime, profile: Profile | None = None, **more: object) -> set[str]:
    found = faults("s", health, profile or office_hours(), Plan(1.0), now, **more)  # type: ignore[arg-type]
    assert all(fault.reason for fault in found)
    return {fault.kind for fault in found}


def test_silence_is_judged_by_the_source_s_own_past() -> None:
    health = Health(last_success=NOON, last_new=NOON + timedelta(hours=5))
    next_morning = NOON + timedelta(hours=19)
    assert kinds(health, next_morning) == set()
    assert kinds(health, NOON + timedelta(hours=31)) == {"silent"}


def test_a_rare_source_and_a_new_one_may_be_silent_for_long() -> None:
    health = Health(last_success=NOON, last_new=NOON)
    assert kinds(health, NOON + timedelta(days=5), office_hours(1)) == set()
    assert kinds(health, NOON + timedelta(days=2), office_hours(10, days=1)) == set()


def test_three_failures_in_a_row_are_told_and_one_success_clears_them() -> None:
    health = Health()
    for _ in range(2):
        health = health.after(outcome(status="failed", reason="连接失败"))
    assert kinds(health, NOON) == set()
    health = health.after(outcome(status="failed", reason="连接失败"))
    assert kinds(health, NOON) == {"failing"}
    assert kinds(health.after(outcome(status="unchanged")), NOON) == set()


def test_a_refusal_is_told_at_once() -> None:
    assert kinds(Health().after(outcome(status="blocked", reason="HTTP 403")), NOON) == {"blocked"}


def test_a_layout_that_yields_nothing_any_more() -> None:
    health = Health()
    for _ in range(5):
        health = health.after(outcome(found=30, pages_new=2))
    for _ in range(3):
        health = health.after(outcome(status="unchanged"))
        assert kinds(health, NOON) == set()
        health = health.after(outcome(found=0))
    assert kinds(health, NOON) == {"layout"}
    assert kinds(health.after(outcome(found=28)), NOON) == set()
    never = Health()
    for _ in range(5):
        never = never.after(outcome(found=0))
    assert kinds(never, NOON) == set()


def test_a_spider_that_hangs_is_noticed_within_a_minute() -> None:
    started = NOON - timedelta(seconds=61)
    assert kinds(Health(), NOON, started=started) == {"hanging"}
    assert kinds(Health(), NOON, started=NOON - timedelta(seconds=39)) == set()


def test_a_visit_that_never_begins() -> None:
    assert kinds(Health(), NOON, due=NOON - timedelta(minutes=16)) == {"overdue"}
    assert kinds(Health(), NOON, due=NOON - timedelta(minutes=14)) == set()


def test_the_station_is_blind_when_nothing_answers() -> None:
    seeing = Health(last_success=NOON - timedelta(minutes=5))
    dead = replace(seeing, last_success=NOON - timedelta(hours=2))
    assert blind([dead, Health()], NOON)
    assert not blind([dead, seeing], NOON)
    assert not blind([], NOON)


def test_health_survives_the_store() -> None:
    health = Health().after(outcome(found=3, pages_new=1)).after(outcome(status="failed", reason="x"))
    assert Health.from_json(health.as_json()) == health
    assert Health.from_json(None) == Health()
