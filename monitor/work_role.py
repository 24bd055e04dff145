"""The `work` role: runs the stages, as the one scheduler of the whole installation.

Stages that decide run in one lane, in their fixed order, with one instant for the tick. Setting papers,
sending and tidying have lanes of their own: a mail server that hangs must not delay the judging of what
comes in.

On PostgreSQL a stand-by helps with judging, which is what takes time and what nobody else is harmed by.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler

from monitor import log
from monitor.clock import Clock, system_clock
from monitor.daemon import Life
from monitor.memory import resident_mb
from monitor.reign import Lock, begin, lock_of
from monitor.stages import ORDER, Done, House, Stage, judge, load
from monitor.store import faults, outbox
from monitor.store.engine import Store, Superseded
from monitor.wiring import Keeper, store_of

TICK_SECONDS = 1.0
OWN_LANE = ("render", "deliver", "tidy")
# a full stage is run again at once, so often and so many seconds at most: the next must get its turn,
# and on a slow machine too the first mail of a storm must leave within seconds
_AGAIN, _TURN = 25, 1.0
_log = log.logger(__name__)


class Worker:
    """Runs stages and remembers how each went; a failing one is told and does not stop the others."""

    def __init__(self, keeper: Keeper, store: Store, clock: Clock) -> None:
        self._keeper, self._store, self._clock = keeper, store, clock
        self._failing: set[str] = set()
        self._lock = threading.Lock()
        self.superseded, self.revision, self.ruleset = False, "", ""
        self.seen: dict[str, dict[str, Any]] = {}

    def tick(self, stages: Sequence[tuple[str, Stage]]) -> None:
        """One round of these stages, all at one instant."""
        with self._lock:
            house = replace(self._keeper.house(), store=self._store)
        now, self.revision, self.ruleset = self._clock(), house.revision, house.judge.ruleset
        for name, stage in stages:
            if not self.superseded:
                self._run(name, stage, house, now)

    def _run(self, name: str, stage: Stage, house: House, now: datetime) -> None:
        began = time.perf_counter()
        try:
            done = _run_out(stage, house, now)
        except Superseded as error:
            self.superseded = True
            _log.warning("work.superseded", own=error.own, current=error.current)
        except Exception as error:  # noqa: BLE001 - a daemon's job: one stage must not stop the others
            self._broke(name, error, now)
        else:
            self._went(name, done, time.perf_counter() - began, now)

    def _went(self, name: str, done: Done, seconds: float, now: datetime) -> None:
        self.seen[name] = {"at": now.isoformat(), "lag": round(done.lag, 1), "seconds": round(seconds, 3)}
        if done.taken:
            _log.info(
                f"{name}.done", taken=done.taken, failed=done.failed, lag=round(done.lag, 1), seconds=seconds
            )
        if name in self._failing:
            self._failing.discard(name)
            with self._store.write() as conn:
                faults.close(conn, "stage", name, now)

    def _broke(self, name: str, error: Exception, now: datetime) -> None:
        _log.exception(f"{name}.broken", stage=name)
        self.seen[name] = {**self.seen.get(name, {}), "broken": now.isoformat()}
        self._failing.add(name)
        try:
            with self._store.write() as conn:
                faults.open_(conn, "stage", name, f"环节“{name}”出错：{type(error).__name__}：{error}", now)
        except Superseded:
            self.superseded = True
        except Exception:  # noqa: BLE001 - the database itself may be what is broken
            _log.exception("work.fault-not-kept", stage=name)


def _run_out(stage: Stage, house: House, now: datetime) -> Done:
    done, end = stage(house, now), time.monotonic() + _TURN
    for _ in range(_AGAIN):
        if not done.more or time.monotonic() > end:
            break
        further = stage(house, now)
        done = replace(further, taken=done.taken + further.taken, failed=done.failed + further.failed)
    return done


def lanes() -> list[tuple[tuple[str, Stage], ...]]:
    """The deciding stages together, each of the slow ones by itself."""
    own = [load([name]) for name in ORDER if name in OWN_LANE]
    return [load([name for name in ORDER if name not in OWN_LANE]), *own]


def run(folder: Path, clock: Clock = system_clock) -> int:
    """Serve until told to end. Waits as a stand-by while another scheduler reigns."""
    store = store_of(folder)
    lock, state = lock_of(store, folder), {"phase": "stand-by"}
    workers: list[Worker] = []

    def detail() -> Mapping[str, Any]:
        if not workers:
            return state
        mine = workers[0]
        held = {"revision": mine.revision, "ruleset": mine.ruleset, "mb": round(resident_mb())}
        return {**state, **held, "stages": mine.seen}

    with Life("work", store, clock, detail) as life:
        keeper = Keeper(store, folder)
        while not lock.take():
            if not store.is_sqlite:
                _help(keeper, clock, state)
            if life.stop.wait(1.0):
                return 0
        reign = begin(store)
        state["phase"] = "reigning"
        owner = keeper.house().owner
        with reign.write() as conn:
            outbox.release(conn, owner)
        workers.append(Worker(keeper, reign, clock))
        return _serve(life, workers[0], lock)


def _help(keeper: Keeper, clock: Clock, state: dict[str, str]) -> None:
    """Judge what waits, by claimed batches; whatever fails is the reigning scheduler's to tell."""
    try:
        house = keeper.house()
        done = _run_out(judge.run, house, clock())
        state.update(revision=house.revision)
        if done.taken:
            _log.info("judge.helped", taken=done.taken)
    except Exception:  # noqa: BLE001 - a daemon's job: helping must not end the stand-by
        _log.exception("judge.help-failed")


def _serve(life: Life, worker: Worker, lock: Lock) -> int:
    scheduler = BackgroundScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})
    for stages in lanes():
        names = "+".join(name for name, _ in stages)
        scheduler.add_job(
            worker.tick, "interval", seconds=TICK_SECONDS, args=[stages], id=names, misfire_grace_time=60
        )
    scheduler.start()
    _log.info("work.reigning", pid=os.getpid())
    lost = False
    while not life.stop.wait(1.0) and not worker.superseded and not lost:
        lost = not lock.held()
    scheduler.shutdown(wait=True)
    lock.drop()
    return 3 if lost or worker.superseded else 0
