"""A source that falls silent, changes its face or hangs is a fault in the console until it is right again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from monitor import lookout
from monitor.store import faults, sources
from monitor.store.engine import Store
from spiders.cadence import Plan, Profile
from spiders.health import Health
from spiders.source import Source

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
SOURCE = Source(
    id="news", name="新闻网", kind="feed", url="https://a.example/", purpose="目的", legal_ground="依据"
)
STATION = SimpleNamespace(sources=(SOURCE,))


def steady() -> Profile:
    """Two pages an hour, for a week."""
    since = NOW - timedelta(days=7)
    times = [since + timedelta(minutes=30 * n) for n in range(1, 7 * 48)]
    return Profile().learned(since, NOW, times)


def given(store: Store, health: Health, **values: object) -> None:
    memory = {"profile": steady().as_json(), "health": health.as_json()}
    with store.write() as conn:
        sources.ensure(conn, ["news"], NOW)
        sources.finish(conn, "news", {"next_at": NOW + timedelta(minutes=5), "memory": memory, **values})


def seen(
    store: Store, now: datetime = NOW, station: SimpleNamespace = STATION, **alive: datetime
) -> list[str]:
    lookout.look_over(store, station, Plan(1.0), alive, now)  # type: ignore[arg-type]
    with store.read() as conn:
        return [row.kind for row in faults.open_now(conn)]


def test_silence_opens_a_fault_and_a_new_page_closes_it(store: Store) -> None:
    given(store, Health(last_success=NOW, last_new=NOW - timedelta(hours=12)))
    assert seen(store) == ["source-silent"]
    assert seen(store) == ["source-silent"]
    given(store, Health(last_success=NOW, last_new=NOW))
    assert seen(store) == []


def test_a_platform_that_pushes_and_falls_silent_is_told_too(store: Store) -> None:
    platform = SOURCE.model_copy(update={"kind": "webhook", "url": ""})
    given(
        store, Health(last_success=NOW, last_new=NOW - timedelta(hours=12)), next_at=NOW - timedelta(days=2)
    )
    assert seen(store, station=SimpleNamespace(sources=(platform,))) == ["source-silent"]
    by_hand = SOURCE.model_copy(update={"kind": "paste", "url": ""})
    assert seen(store, station=SimpleNamespace(sources=(by_hand,))) == []


def test_a_changed_layout_a_stuck_visit_and_a_late_one(store: Store) -> None:
    given(store, Health(last_new=NOW, barren=3, usual=30.0))
    assert seen(store) == ["source-layout"]
    given(store, Health(last_new=NOW), next_at=NOW - timedelta(hours=1))
    assert seen(store) == ["source-overdue"]
    # looked over every twenty seconds: told within a minute
    assert seen(store, news=NOW - timedelta(seconds=39)) == []
    assert seen(store, news=NOW - timedelta(seconds=41)) == ["source-hanging"]
    given(store, Health(last_new=NOW))
    assert seen(store, news=NOW - timedelta(seconds=10)) == []


def test_a_blocked_source_waits_for_a_person_and_is_not_late(store: Store) -> None:
    given(store, Health(last_new=NOW), next_at=NOW - timedelta(hours=1), blocked=True)
    assert seen(store) == []
