"""Logs: one line of JSON per outcome, with a stable `action` and ids, never personal data."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any


class _Lines(logging.Formatter):
    """Time, level and action first; then what the line is about."""

    def format(self, record: logging.LogRecord) -> str:
        facts = getattr(record, "facts", {})
        line = {
            "at": self.formatTime(record),
            "level": record.levelname.lower(),
            "action": record.getMessage(),
        }
        if record.exc_info:
            facts = {**facts, "trace": self.formatException(record.exc_info)}
        return json.dumps({**line, "where": record.name, **facts}, ensure_ascii=False, default=str)


class Log:
    """A logger whose lines are an action and its facts."""

    def __init__(self, name: str) -> None:
        self._log = logging.getLogger(name)

    def info(self, action: str, **facts: Any) -> None:
        """Something went as it should."""
        self._log.info(action, extra={"facts": facts})

    def warning(self, action: str, **facts: Any) -> None:
        """Something failed that is expected to fail at times."""
        self._log.warning(action, extra={"facts": facts})

    def error(self, action: str, **facts: Any) -> None:
        """Something failed that should not."""
        self._log.error(action, extra={"facts": facts})

    def exception(self, action: str, **facts: Any) -> None:
        """The same, with the trace of the error being handled."""
        self._log.error(action, extra={"facts": facts}, exc_info=True)


def logger(name: str) -> Log:
    """The log of one module."""
    return Log(name)


def start(stream: Any = None, level: int = logging.INFO) -> None:
    """Send our lines to that stream (standard error); other libraries only from WARNING on."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    # a tick that is skipped because the last one still runs is no news
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    for room in ("monitor", "spiders", "rules", "alerts"):
        logging.getLogger(room).setLevel(level)
