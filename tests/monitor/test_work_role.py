"""The work role's tick: a fixed order, one instant, and no stage that can stop the others."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

import pytest

from monitor.reign import begin
from monitor.stages import ORDER, Done, House
from monitor.store import schema
from monitor.store.engine import Store
from monitor.work_role import OWN_LANE, Worker, lanes
from tests.conftest import MovedClock
from tests.fakes.flow import Flow


class _Keeper:
    def __init__(self, house: House) -> None:
        self._house = house

    def house(self) -> House:
        return self._house


@pytest.fixture
def worker(sqlite_store: Store, clock: MovedClock) -> Worker:
    reign = begin(sqlite_store)
    return Worker(cast(Any, _Keeper(Flow(reign, clock()).house)), reign, clock)


def test_every_stage_is_in_one_lane_and_decisions_share_theirs() -> None:
    names = [[name for name, _ in lane] for lane in lanes()]
    assert sorted(name for lane in names for name in lane) == sorted(ORDER)
    assert names[0] == [name for name in ORDER if name not in OWN_LANE]


def test_one_instant_for_the_whole_tick(worker: Worker, clock: MovedClock) -> None:
    seen: list[datetime] = []

    def stage(house: House, now: datetime) -> Done:
        seen.append(now)
        clock.forward(seconds=5)
        return Done("s")

    worker.tick([("one", stage), ("two", stage)])
    assert len(set(seen)) == 1


def test_a_failing_stage_is_told_and_the_others_go_on(worker: Worker, sqlite_store: Store) -> None:
    ran: list[str] = []
    health = {"bad": True}

    def bad(house: House, now: datetime) -> Done:
        if health["bad"]:
            raise ValueError("坏了")
        return Done("bad")

    def good(house: House, now: datetime) -> Done:
        ran.append("good")
        return Done("good", 1)

    worker.tick([("bad", bad), ("good", good)])
    with sqlite_store.read() as conn:
        row = conn.execute(schema.fault.select()).one()
    assert (ran, row.kind, row.subject, row.closed_at) == (["good"], "stage", "bad", None)
    assert "坏了" in row.text
    health["bad"] = False
    worker.tick([("bad", bad)])
    with sqlite_store.read() as conn:
        assert conn.execute(schema.fault.select()).one().closed_at is not None


def test_a_full_stage_runs_again_within_bounds(worker: Worker) -> None:
    runs: list[int] = []

    def endless(house: House, now: datetime) -> Done:
        runs.append(1)
        return Done("endless", 20, more=True)

    worker.tick([("endless", endless)])
    assert 10 <= len(runs) <= 50


def test_a_superseded_worker_stops_at_once(worker: Worker, sqlite_store: Store) -> None:
    begin(sqlite_store)
    ran: list[str] = []

    def writes(house: House, now: datetime) -> Done:
        with house.store.write():
            ran.append("written")
        return Done("writes")

    worker.tick([("writes", writes), ("writes", writes)])
    assert (ran, worker.superseded) == ([], True)
