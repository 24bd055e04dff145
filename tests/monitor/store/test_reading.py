"""What the pages read, the same on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.store.engine import Store
from monitor.store.reading import duty, incidents, leads, running, sources, telling
from tests.fakes.console import Night
from tests.fakes.night import fill

NOW = datetime(2026, 11, 22, 19, 12, tzinfo=UTC)


@pytest.fixture
def night(store: Store) -> Night:
    """The bad night's rows."""
    return fill(Night(store, NOW))


def test_the_list_is_ordered_by_level_then_time_and_hides_the_restricted(night: Night) -> None:
    with night.store.read() as conn:
        rows = incidents.some(conn, incidents.Wanted(), restricted=False, limit=20)
        assert [row["level"] for row in rows] == sorted(row["level"] for row in rows)
        assert rows[0]["id"] == night.made["gas"] and rows[0]["due_at"] == night.ago(-7)
        assert incidents.how_many(conn, incidents.Wanted(), restricted=True) == len(rows) + 1
        assert incidents.one(conn, night.made["restricted"], restricted=False) is None


def test_volume_counts_every_document_once_in_its_step(night: Night) -> None:
    with night.store.read() as conn:
        found = incidents.volume(conn, night.made["gas"], night.ago(60), 300)
    assert sum(many for _, _, many in found) == 46 and {number for number, _, _ in found} == set(range(6, 12))


def test_hours_of_the_day(night: Night) -> None:
    since = NOW.replace(minute=0) - timedelta(hours=23)
    with night.store.read() as conn:
        hours = duty.hourly(conn, since)
        today = duty.day(conn, since, restricted=False)
    assert sum(many for _, many in hours) == today["documents"] == 79
    assert all(0 <= number < 24 for number, _ in hours)


def test_clocks_of_notices_and_incidents_stand_together(night: Night) -> None:
    with night.store.read() as conn:
        rows = duty.deadlines(conn, night.ago(-120), restricted=False)
        drafts = duty.notice_drafts(conn, restricted=False)
    assert [row["rule"] for row in rows] == ["sign", "phone-report", "first-word"]
    assert rows[0]["number"] == "青舆转〔2026〕17号" and rows[0]["incident_id"] == night.made["water"]
    assert [row["id"] for row in drafts] == [night.made["drafted"]]


def test_sources_running_and_leads(night: Night) -> None:
    with night.store.read() as conn:
        assert sources.days(conn, night.ago(1440))["s2"].failed == 6
        assert {line.stage: line.number for line in running.waiting(conn, NOW)}["催办"] == 1
        before = running.stamp(conn)
        assert leads.some(conn, restricted=False) == []
    night.history(night.made["gas"], "remark", 0)
    with night.store.read() as conn:
        assert running.stamp(conn) != before
        assert {row["person"] for row in telling.told(conn, night.made["gas"])} == {
            "林值班",
            "何副班",
            "周主任",
        }
        assert incidents.originals(conn, night.made["gas"]) == 46
        assert len(incidents.official(conn, night.made["water"])) == 1
