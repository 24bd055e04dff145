"""A real storm: 10,000 posts a minute about one event, then a hundred events in a minute, with real mail.

Posts are archived at that rate while the stages judge, gather and alert in one lane and send in another, as
the work role does, to a real SMTP server. Told: seconds from the first post to the first mail, the number of
incidents, and the most mails one person was sent within fifteen minutes. `cycles` / 10 is minutes of storm.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from sqlalchemy import func, select

from monitor.channels import channels_of
from monitor.settings import Station, parse
from monitor.stages import House, alert, archive, chase, deliver, gather, handover, judge
from monitor.stages.happenings import Happenings
from monitor.store import schema
from monitor.store.engine import Store, open_store
from monitor.store.migrations import upgrade
from monitor.work_role import _run_out
from spiders.page import Page
from tests.fakes.flow import SOURCES, real_judge
from tests.fakes.post_office import PostOffice, post_office
from tests.faults.kill import KEY, MATTERS, ROSTER, STATION, STREETS

RATE = 10_000 / 60
SAID = ("现场浓烟很大", "消防车到了", "有人拍了视频", "楼下都在议论", "希望大家平安", "是真的吗", "转发扩散")


def main(cycles: int = 100) -> int:
    """Print both outcomes; 0 when the promises hold."""
    real_judge()
    minutes = max(1, cycles // 10)
    one = _play("storm", minutes, lambda second: _one_event(second), limit=3)
    many = _play("rain", 1, lambda second: _many_events(second), limit=5, rest=330)
    return max(one, many)


def _one_event(second: int) -> list[Page]:
    numbers = range(int(second * RATE), int((second + 1) * RATE))
    head = f"{STREETS[0]}{MATTERS[0]}"
    return [
        _page(f"one/{n}", f"{head}，{SAID[n % len(SAID)]}", f"{head}。网友{n}说{SAID[n % 5]}")
        for n in numbers
    ]


def _many_events(second: int) -> list[Page]:
    numbers = [n for n in range(100) if n * 60 // 100 == second]
    told = (f"{STREETS[n % 8]}{MATTERS[(n // 8 + n) % 16]}" for n in numbers)
    return [_page(f"many/{n}", words, words) for n, words in zip(numbers, told, strict=True)]


def _page(path: str, title: str, text: str) -> Page:
    return Page("forum", f"https://bbs.example/{path}", title, text, "forum", datetime.now(UTC), author=path)


def _play(name: str, minutes: int, pages: Callable[[int], list[Page]], *, limit: int, rest: int = 30) -> int:
    with tempfile.TemporaryDirectory() as folder, post_office() as office:
        station = parse(
            {"station.yaml": STATION % office.port, "sources.yaml": SOURCES, "roster.yaml": ROSTER}
        )
        store = open_store(str(Path(folder) / "caifeng.db"))
        upgrade(store)
        with _at_work(store, station, Path(folder)):
            _pour(store, pages, minutes * 60)
            _drain(store, rest)
        return _tell(name, store, office, limit)


@contextmanager
def _at_work(store: Store, station: Station, folder: Path) -> Iterator[None]:
    """The two lanes of the work role."""
    happenings, channels = Happenings.of(station), channels_of(station, folder)
    house = House(store, station, "test", KEY, folder, real_judge(), happenings, channels)
    over = threading.Event()

    def lane(*stages: object) -> None:
        while not over.is_set():
            for stage in stages:
                _run_out(stage.run, house, datetime.now(UTC))  # type: ignore[attr-defined]
            over.wait(0.5)

    lanes = [
        threading.Thread(target=lane, args=(judge, gather, alert, chase, handover)),
        threading.Thread(target=lane, args=(deliver,)),
    ]
    for thread in lanes:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in lanes:
            thread.join()


def _pour(store: Store, pages: Callable[[int], list[Page]], seconds: int) -> None:
    began = time.monotonic()
    for second in range(seconds):
        archive.keep(store, KEY, pages(second), datetime.now(UTC))
        time.sleep(max(0.0, began + second + 1 - time.monotonic()))


def _drain(store: Store, rest: int) -> None:
    """Until everything is gathered, and some time for what waits."""
    document, end = schema.document, time.monotonic() + 1800
    while time.monotonic() < end:
        with store.read() as conn:
            left = conn.scalar(select(func.count()).where(document.c.gathered_at.is_(None)))
        if not left:
            break
        time.sleep(1)
    time.sleep(rest)


def _tell(name: str, store: Store, office: PostOffice, limit: int) -> int:
    times: dict[str, list[datetime]] = {}
    for letter in office.letters:
        times.setdefault(str(letter["To"]), []).append(parsedate_to_datetime(str(letter["Date"])))
    most = max(
        (sum(0 <= (u - t).total_seconds() < 900 for u in at) for at in times.values() for t in at), default=0
    )
    with store.read() as conn:
        began = conn.scalar(select(func.min(schema.document.c.archived_at)))
        documents = conn.scalar(select(func.count()).select_from(schema.document))
        incidents = Counter(conn.scalars(select(schema.incident.c.state)))
        events = incidents.total() - incidents["merged"]
    assert began is not None
    first = min(t for at in times.values() for t in at) - began
    figures = f"documents {documents} incidents {events} first-mail {first.total_seconds():.1f} s"
    sys.stdout.write(f"{name} {figures} mails-in-15-min {most} (at most {limit})\n")
    return int(first.total_seconds() > 10 or most > limit or (name == "storm" and events != 1))
