"""`caifeng run`: keeps the roles alive as processes; one that dies is restarted and reported.

The supervisor does no work of its own, so that nothing can break it but the machine. On SIGTERM every role
has ten seconds to finish what it has begun.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import FrameType

from sqlalchemy.exc import SQLAlchemyError

from monitor.clock import Clock, system_clock
from monitor.daemon import BEGIN_ANEW, RESTARTS
from monitor.log import logger
from monitor.store import faults, roles
from monitor.store.engine import Store

ROLES = ("work", "crawl", "console")
DRAIN_SECONDS = 10.0
# a role silent for so long hangs: it is killed and begun again
HUNG = timedelta(seconds=60)
_PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
_HEALTHY_SECONDS = 60.0
# glibc keeps a heap for each thread; two are enough for ours and hold a third less memory
_FRUGAL = {"MALLOC_ARENA_MAX": "2", "MALLOC_TRIM_THRESHOLD_": "131072"}
_log = logger(__name__)


@dataclass
class _Child:
    """One role's process and how often it had to be begun."""

    role: str
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    restarts: int = 0
    failures: int = 0
    due: float = 0.0
    healthy: bool = False


class Supervisor:
    """Runs the roles of one station until told to stop."""

    def __init__(
        self, store: Store, folder: Path, names: Sequence[str] = ROLES, clock: Clock = system_clock
    ) -> None:
        self._store, self._folder, self._clock = store, folder, clock
        self._children = [_Child(name) for name in names]
        self._stop = threading.Event()

    def run(self) -> int:
        """Serve; the exit code."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        while not self._stop.is_set():
            for child in self._children:
                self._watch(child)
            self._stop.wait(0.2)
        return self._drain()

    def _end(self, number: int, frame: FrameType | None) -> None:
        self._stop.set()

    def _watch(self, child: _Child) -> None:
        now = time.monotonic()
        if child.process is None:
            if now >= child.due:
                self._begin(child)
            return
        code = child.process.poll()
        if code is not None:
            self._died(child, code)
        elif not child.healthy and now - child.began > _HEALTHY_SECONDS:
            self._recovered(child)
        elif int(now) % 5 == 0 and self._hangs(child):
            _log.error("role.hung", role=child.role, pid=child.process.pid)
            child.process.kill()

    def _begin(self, child: _Child) -> None:
        environ = {**_FRUGAL, **os.environ, RESTARTS: str(child.restarts)}
        command = [sys.executable, "-m", "monitor.role", child.role, str(self._folder)]
        # a session of its own: Ctrl-C reaches the supervisor alone, which then lets the roles finish
        child.process = subprocess.Popen(command, env=environ, start_new_session=True)
        child.began = time.monotonic()

    def _died(self, child: _Child, code: int) -> None:
        if code == BEGIN_ANEW:
            child.process, child.due, child.restarts = None, time.monotonic(), child.restarts + 1
            _log.info("role.begins-anew", role=child.role)
            return
        pause = _PAUSES[min(child.failures, len(_PAUSES) - 1)]
        child.process, child.due = None, time.monotonic() + pause
        child.restarts, child.failures, child.healthy = child.restarts + 1, child.failures + 1, False
        _log.error("role.died", role=child.role, code=code, restart_in=pause)
        self._report(child, f"进程“{child.role}”异常退出（{_cause(code)}），已第 {child.restarts} 次重新启动")

    def _recovered(self, child: _Child) -> None:
        child.failures, child.healthy = 0, True
        self._report(child, None)

    def _report(self, child: _Child, text: str | None) -> None:
        now, subject = self._clock(), f"{child.role}@{socket.gethostname()}"
        try:
            with self._store.write() as conn:
                if text is None:
                    faults.close(conn, "role", subject, now)
                else:
                    faults.open_(conn, "role", subject, text, now)
                    roles.stopped(conn, child.role, socket.gethostname(), now, "died")
        except SQLAlchemyError as error:
            _log.error("role.not-reported", role=child.role, error=repr(error))

    def _hangs(self, child: _Child) -> bool:
        """Whether a live process has not beaten for a minute."""
        if child.process is None or time.monotonic() - child.began < HUNG.total_seconds():
            return False
        try:
            with self._store.read() as conn:
                rows = roles.listing(conn)
        except SQLAlchemyError:
            return False
        mine = [r for r in rows if (r.name, r.pid) == (child.role, child.process.pid)]
        return bool(mine) and self._clock() - mine[0].seen_at > HUNG

    def _drain(self) -> int:
        running = [child.process for child in self._children if child.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + DRAIN_SECONDS
        late = 0
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                late += 1
        _log.info("run.stopped", killed=late)
        return 1 if late else 0


def _cause(code: int) -> str:
    return f"信号 {signal.Signals(-code).name}" if code < 0 else f"退出码 {code}"
