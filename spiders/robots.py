"""robots.txt (RFC 9309): asked once an hour and site, obeyed always, its crawl-delay too.

No file (4xx) means everything is open; a server error or silence means nothing is, until it answers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from protego import Protego

AGENT = "Caifeng"
LONGEST_DELAY = 3600.0
_LARGEST = 512 * 1024


@dataclass(frozen=True, slots=True)
class Ruling:
    """May this address be fetched, at least how many seconds apart, and the reason of a no."""

    allowed: bool
    delay: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Robots:
    """One site's rules, as of `at`; None as rules means the file could not be read."""

    at: datetime
    rules: Protego | None
    reason: str = ""

    def ruling(self, url: str) -> Ruling:
        """What the rules say of an address for our agent."""
        if self.rules is None:
            return Ruling(False, reason=self.reason)
        delay = min(float(self.rules.crawl_delay(AGENT) or 0.0), LONGEST_DELAY)
        allowed = bool(self.rules.can_fetch(url, AGENT))
        return Ruling(allowed, delay, "" if allowed else "robots.txt 不允许采集该地址")


def read_robots(status: int, body: bytes, at: datetime) -> Robots:
    """The rules in an answer to /robots.txt."""
    if status >= 500 or status == 429:
        return Robots(at, None, f"robots.txt 暂不可读（HTTP {status}），按不允许处理")
    text = body[:_LARGEST].decode("utf-8-sig", "replace") if status < 300 else ""
    return Robots(at, Protego.parse(text))


Ask = Callable[[str], Awaitable[tuple[int, bytes]]]
_RETRY = timedelta(minutes=5)


class RobotsBook:
    """The rules of the sites met, each asked again after `keep`; an unreadable file after five minutes."""

    def __init__(self, keep: timedelta) -> None:
        self._keep = keep
        self._known: dict[str, Robots] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def ruling(self, url: str, now: datetime, ask: Ask) -> Ruling:
        """The site's word on an address; `ask` gets the file when it is new or old."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        async with self._locks.setdefault(origin, asyncio.Lock()):
            held = self._known.get(origin)
            if held is None or now - held.at > (self._keep if held.rules else _RETRY):
                held = self._known[origin] = read_robots(*await ask(f"{origin}/robots.txt"), now)
        return held.ruling(url)
