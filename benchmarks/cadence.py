"""Mean delay of the adaptive cadence ÷ that of equal intervals at the same number of looks.

`main` prints the figure for 500 simulated sources (log-normal rates, σ = 2, a daily cycle, fixed seed): a
week of learning from nothing, a week that counts. `replayed` gives the figure for real hot lists: pages
whose time nobody shows, learned online, the first two days not counted.
"""

from __future__ import annotations

import bisect
import heapq
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import cos, pi
from pathlib import Path

from spiders.cadence import Profile, next_look, plan
from spiders.dates import CHINA
from spiders.kinds import hotlist
from spiders.kinds.shape import Answer, Fetch
from spiders.source import Cadence, Source

SOURCES = 500
SIGMA = 2.0
PER_DAY = 3.0
LOOKS_PER_MINUTE = SOURCES / 30.0
START = datetime(2026, 11, 2, tzinfo=UTC)
LEARN, COUNT = timedelta(days=7), timedelta(days=7)


@dataclass
class Watched:
    """One source in the simulation: its true arrivals, and what has been learned of it."""

    arrivals: list[datetime]
    timed: bool = True
    profile: Profile = field(default_factory=Profile)
    seen: int = 0
    delays: list[float] = field(default_factory=list)
    looks: int = 0

    def look(self, last: datetime, now: datetime, counted: bool) -> None:
        """One visit: what arrived since is found now."""
        upto = bisect.bisect_right(self.arrivals, now)
        found, self.seen = self.arrivals[self.seen : upto], upto
        self.profile = self.profile.learned(last, now, found if self.timed else [None] * len(found))
        if counted:
            self.looks += 1
            self.delays.extend((now - at).total_seconds() for at in found)


def simulated(seed: int = 20261122) -> list[Watched]:
    """Poisson arrivals, thinned by a day that peaks at 14:00 local and sleeps at 2:00."""
    chance = random.Random(seed)
    span = (LEARN + COUNT).total_seconds()
    return [
        Watched(_poisson(chance, PER_DAY * chance.lognormvariate(0, SIGMA), span)) for _ in range(SOURCES)
    ]


def _poisson(chance: random.Random, per_day: float, span: float) -> list[datetime]:
    found, at = [], 0.0
    while True:
        at += chance.expovariate(per_day * 1.9 / 86400)
        if at >= span:
            return found
        moment = START + timedelta(seconds=at)
        if chance.random() < _share(moment.astimezone(CHINA).hour) / 1.9:
            found.append(moment)


def _share(hour: int) -> float:
    return 1 + 0.9 * cos((hour - 14) * pi / 12)


def adaptive(
    sources: Sequence[Watched],
    span: tuple[datetime, datetime],
    counted_from: datetime,
    looks_per_minute: float,
    cadence: Cadence,
) -> None:
    """Run the sources through the cadence, replanned every six hours."""
    start, end = span
    shared = plan([one.profile for one in sources], looks_per_minute, [cadence] * len(sources))
    replan = start + timedelta(hours=6)
    gap = 60.0 / looks_per_minute
    queue = [(start + timedelta(seconds=gap * (n + 1)), n, start) for n in range(len(sources))]
    heapq.heapify(queue)
    while queue and queue[0][0] <= end:
        now, n, last = heapq.heappop(queue)
        if now >= replan:
            shared = plan([one.profile for one in sources], looks_per_minute, [cadence] * len(sources))
            replan = now + timedelta(hours=6)
        sources[n].look(last, now, now > counted_from)
        heapq.heappush(queue, (next_look(now, sources[n].profile, shared, cadence), n, now))


def mean_delay(sources: Sequence[Watched]) -> float:
    """Mean seconds between arrival and look."""
    delays = [delay for one in sources for delay in one.delays]
    return sum(delays) / len(delays)


def equal_delay(sources: Sequence[Watched], span: tuple[datetime, datetime], looks: int) -> float:
    """The same arrivals under equal intervals, staggered, with the same number of looks."""
    start, end = span
    interval = (end - start).total_seconds() * len(sources) / looks
    delays = []
    for n, one in enumerate(sources):
        offset = interval * n / len(sources)
        for at in one.arrivals:
            if start < at <= end:
                delays.append(-((at - start).total_seconds() - offset) % interval)
    return sum(delays) / len(delays)


def figure() -> float:
    """The simulated ratio."""
    sources = simulated()
    end = START + LEARN + COUNT
    cadence = Cadence(fastest=60, slowest=86400)
    adaptive(sources, (START, end), START + LEARN, LOOKS_PER_MINUTE, cadence)
    looks = sum(one.looks for one in sources)
    return mean_delay(sources) / equal_delay(sources, (START + LEARN, end), looks)


# ------------------------------------------------------------------ the real stream
_NAME = re.compile(r"(\d+)年(\d+)月(\d+)日_(\d+)时(\d+)分")


def boards(folder: Path, seed: int = 1) -> Mapping[str, list[datetime]]:
    """When each new headline came to its board: a moment drawn between the snapshot that first shows it and
    the one before. Days are joined end to end (the gap of months is cut); what stood there first is out."""
    chance = random.Random(seed)
    source = Source(id="hot", name="热榜", kind="hotlist", url="http://hot.example/", enabled=False)
    arrivals: dict[str, list[datetime]] = {}
    known: dict[str, set[str]] = {}
    for before, at, path in _snapshots(folder):
        answer = Answer(Fetch(source.url), source.url, path.read_bytes(), at)
        for page in hotlist.read(source, answer).pages:
            board = page.extra["board"]
            if page.title not in known.setdefault(board, set()):
                known[board].add(page.title)
                arrivals.setdefault(board, [])
                if before is not None:
                    arrivals[board].append(at - (at - before) * chance.random())
    return {board: sorted(times) for board, times in arrivals.items()}


def _snapshots(folder: Path) -> Iterator[tuple[datetime | None, datetime, Path]]:
    """Each snapshot with its moment and the one before; None where a new stretch of days begins."""
    shift, last = timedelta(), None
    for path in sorted(folder.glob("*.txt")):
        match = _NAME.match(path.name)
        assert match is not None
        year, month, day, hour, minute = map(int, match.groups())
        at = datetime(year, month, day, hour, minute, tzinfo=CHINA)
        broken = last is not None and at - last > timedelta(days=1)
        if last is not None and broken:
            shift += timedelta(days=(at.date() - last.date()).days - 1)
        yield (None if last is None or broken else last - shift), at - shift, path
        last = at


def replayed(folder: Path, looks_per_hour: float = 1.0) -> float:
    """The ratio on the real boards: learned online, counted from the third day on."""
    sources = [Watched(times, timed=False) for times in boards(folder).values()]
    first = min(one.arrivals[0] for one in sources) - timedelta(minutes=30)
    last = max(one.arrivals[-1] for one in sources) + timedelta(hours=1)
    counted = first + timedelta(days=2)
    cadence = Cadence(fastest=60, slowest=4 * 3600)
    adaptive(sources, (first, last), counted, looks_per_hour * len(sources) / 60, cadence)
    looks = sum(one.looks for one in sources)
    return mean_delay(sources) / equal_delay(sources, (counted, last), looks)


def main() -> None:
    """One line."""
    print(f"cadence {figure():.3f} x-equal-intervals target 0.5")


if __name__ == "__main__":
    main()
