"""Streams to hold gathering to: invented ones of five places, and the real hot lists of other provinces.

In each kind, one half was for tuning, the other for reporting. Of real texts only digests are kept here.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from benchmarks.headlines import hot

HERE = Path(__file__).parent
INVENTED = {"tuning": ("chengdu", "foshan"), "reporting": ("henan", "haerbin", "suzhou")}
REAL = {"tuning": ("51", "61", "43", "37", "32"), "reporting": ("53", "11", "31", "45", "41")}
ALONE, TALK = "-", "~"  # an event of one headline; no incident at all
_ALL = 100_000


class Told(NamedTuple):
    """A headline, and the event it tells of: None for talk, which is heard but not counted."""

    at: datetime
    title: str
    event: str | None


def invented(name: str) -> list[Told]:
    """The stream of a place over seven months, in order of time."""
    rows = (HERE / "streams" / f"{name}.txt").read_text("utf-8").splitlines()
    told = []
    for number, row in enumerate(rows):
        if row and not row.startswith("#"):
            day, hour, event, title = row.split(" ", 3)
            known = {ALONE: f"{ALONE}{number}", TALK: None}.get(event, event)
            told.append(Told(datetime.fromisoformat(f"2025-{day}T{hour}"), title, known))
    return sorted(told, key=lambda one: one.at)


def real(shared: Path) -> dict[str, list[Told]]:
    """By province: the incidents of the saved hot lists that are told apart in stream_events.txt."""
    titles = {_digest(title): title for title in (*(item.title for item in hot(_ALL)), *_hourly(shared))}
    found: defaultdict[str, list[Told]] = defaultdict(list)
    for row in (HERE / "stream_events.txt").read_text("utf-8").splitlines():
        if not row.startswith("#"):
            province, event, at, digest = row.split()
            found[province].append(Told(datetime.fromisoformat(at), titles[digest], event))
    return {province: sorted(told, key=lambda one: one.at) for province, told in found.items()}


def _hourly(shared: Path) -> set[str]:
    with gzip.open(shared / "hot" / "weibo_hot_hourly.jsonl.gz", "rt", encoding="utf-8") as rows:
        return {json.loads(row)["title"] for row in rows}


def _digest(title: str) -> str:
    return hashlib.sha256(title.encode()).hexdigest()[:16]
