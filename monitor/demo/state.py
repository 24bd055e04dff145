"""How far the town's day has come, kept in a file so that a second run goes on where the first stopped."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from monitor.clock import Clock, system_clock
from monitor.demo.town import Session, when


@dataclass
class Day:
    """The running day. `elapsed` grows with the clock; `save` notes where it stands."""

    path: Path
    clock: Clock = system_clock
    sessions: tuple[Session, ...] = field(default=())

    @classmethod
    def open(cls, path: Path, clock: Clock = system_clock) -> Day:
        """Begin the day, or go on with the one noted at `path`."""
        blank: dict[str, Any] = {"sessions": [], "elapsed": 0.0}
        known = json.loads(path.read_text("utf-8")) if path.exists() else blank
        earlier = [Session(datetime.fromisoformat(s["started"]), s["elapsed"]) for s in known["sessions"]]
        now = Session(clock().astimezone(UTC), known["elapsed"])
        day = cls(path, clock, (*earlier, now))
        day.save()
        return day

    @property
    def elapsed(self) -> float:
        """Seconds of the day that have happened."""
        session = self.sessions[-1]
        return session.elapsed + (self.clock() - session.started).total_seconds()

    def moment(self, at: float) -> datetime:
        """The real moment of what happened `at` seconds into the day."""
        return when(self.sessions, at)

    def save(self) -> None:
        """Note how far the day has come; replaced in one step, so a kill leaves the old note."""
        note = {
            "sessions": [{"started": s.started.isoformat(), "elapsed": s.elapsed} for s in self.sessions],
            "elapsed": self.elapsed,
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_suffix(".new")
        draft.write_text(json.dumps(note), "utf-8")
        draft.replace(self.path)
