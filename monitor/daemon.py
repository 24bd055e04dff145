"""What all roles of the daemon share: it is registered, beats, ends on a signal or with its parent."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable, Mapping
from types import FrameType
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from monitor.clock import Clock
from monitor.log import logger
from monitor.store import roles
from monitor.store.engine import Store

BEAT_SECONDS = 2.0
RESTARTS = "CAIFENG_RESTARTS"  # told by the supervisor
# a role that ends with this code asks for a fresh process: no failure (EX_TEMPFAIL of sysexits.h)
BEGIN_ANEW = 75
_log = logger(__name__)


class Life:
    """The life of one role as a context: `stop` is set when it is to end.

    `detail()` tells what the role is doing; it is written with each beat.
    """

    def __init__(
        self, name: str, store: Store, clock: Clock, detail: Callable[[], Mapping[str, Any]]
    ) -> None:
        self.name, self.host = name, socket.gethostname()
        self.stop = threading.Event()
        self._store, self._clock, self._detail = store, clock, detail
        self._parent = os.getppid()
        self._beater = threading.Thread(target=self._beat_on, name="beat", daemon=True)

    def __enter__(self) -> Life:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        with self._store.write() as conn:
            restarts = int(os.environ.get(RESTARTS, "0"))
            roles.started(conn, self.name, self.host, os.getpid(), restarts, self._clock())
        self._beater.start()
        _log.info("role.started", role=self.name, pid=os.getpid())
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self._beater.join(BEAT_SECONDS * 2)
        with self._store.write() as conn:
            roles.stopped(conn, self.name, self.host, self._clock())
        _log.info("role.stopped", role=self.name)

    def _end(self, number: int, frame: FrameType | None) -> None:
        self.stop.set()

    def _beat_on(self) -> None:
        while not self.stop.wait(BEAT_SECONDS):
            if os.getppid() != self._parent:  # the supervisor is gone: an orphan must not go on working
                _log.warning("role.orphaned", role=self.name)
                self.stop.set()
                return
            self._beat()

    def _beat(self) -> None:
        try:
            with self._store.write(durable=False) as conn:
                roles.beat(conn, self.name, self.host, self._clock(), self._detail())
        except SQLAlchemyError as error:
            _log.warning("role.beat-failed", role=self.name, error=repr(error))
