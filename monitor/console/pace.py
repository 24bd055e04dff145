"""How often something may be done: so many times within a window, per key. Memory only, bounded."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

_MOST_KEYS = 2000


@dataclass
class Pace:
    """Counts calls by key. One process serves the console, so memory is enough."""

    window: timedelta = timedelta(minutes=1)
    _seen: dict[str, deque[datetime]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, key: str, most: int, now: datetime) -> int:
        """Whole seconds to wait before one more of `most` per window; 0 when it may be done (unrecorded)."""
        with self._lock:
            calls = self._trimmed(key, now)
            if len(calls) < most:
                return 0
            return max(1, -(-int((calls[0] + self.window - now).total_seconds()) // 1))

    def note(self, key: str, now: datetime) -> None:
        """One more was done."""
        with self._lock:
            self._trimmed(key, now).append(now)

    def _trimmed(self, key: str, now: datetime) -> deque[datetime]:
        if len(self._seen) > _MOST_KEYS:
            self._seen = {
                k: calls for k, calls in self._seen.items() if calls and calls[-1] > now - self.window
            }
        calls = self._seen.setdefault(key, deque())
        while calls and calls[0] <= now - self.window:
            calls.popleft()
        return calls
