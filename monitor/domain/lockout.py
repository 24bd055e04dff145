"""When too many wrong passwords close the door (GB/T 22239 log-in failure handling; DOMAIN.md §8.3).

Counted per login and address, so that a stranger's guesses elsewhere cannot lock the duty officer out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

ALLOWED = 5
FIRST_LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=4)
FORGOTTEN_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Attempts:
    """Wrong passwords of one login from one address since the last right one."""

    failed: int = 0
    locks: int = 0
    last_at: datetime | None = None
    locked_until: datetime | None = None

    def is_locked(self, now: datetime) -> bool:
        """Whether even the right password is refused at this instant."""
        return self.locked_until is not None and now < self.locked_until


def after_failure(attempts: Attempts, now: datetime) -> Attempts:
    """One more wrong password: the fifth locks for 15 minutes, each further lock for twice as long."""
    if attempts.last_at is not None and now - attempts.last_at > FORGOTTEN_AFTER:
        attempts = Attempts()
    failed = attempts.failed + 1
    if failed < ALLOWED:
        return replace(attempts, failed=failed, last_at=now)
    length = min(FIRST_LOCK * 2**attempts.locks, LONGEST_LOCK)
    return Attempts(0, attempts.locks + 1, now, now + length)
