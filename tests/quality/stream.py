"""Real headlines of hot lists (stream/ and hot/ of the shared data), read and labelled by the maintainers.

stream_labels.tsv holds no text: the first 16 hex digits of the sha256 of a headline, its half, 1, 0 or u
(doubtful) for whether it tells of an incident in the mainland of China, the numbers of its topics, best
first, and 1 where an office answers in it. It has every headline of the lists that named a place, met a rule
or came near in wording when it was made, and none that stands in incidents/gold.jsonl; all others are taken
for calm.
Headlines of one event share a half, so that what is learned from one is never reported on the other.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("stream_labels.tsv")
_ROW = re.compile(r"^\s*\d+\.\s*(?P<title>.*?)\s*(?:\[URL:.*|\(排名.*)?$")


@dataclass(frozen=True, slots=True)
class Read:
    """One headline and what its reader said; `incident` is None where it is doubtful."""

    title: str
    half: str
    incident: bool | None
    topics: tuple[str, ...]
    official: bool


def read_headlines(shared: Path) -> list[Read]:
    """The labelled headlines that the shared data holds."""
    lines = (line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines() if line[0] != "#")
    labels = {digest: rest for digest, *rest in lines}
    found = ((title, labels.get(_digest(title))) for title in sorted(titles(shared)))
    return [_read(title, *row) for title, row in found if row is not None]


def _read(title: str, half: str, incident: str, topics: str, official: str) -> Read:
    known = {"1": True, "0": False}.get(incident)
    return Read(title, half, known, tuple(topics.split("/")) if topics != "-" else (), official == "1")


def titles(shared: Path) -> set[str]:
    """Every headline of the snapshots and of the hourly list that is no title of the gold."""
    gold = (shared / "incidents" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return {*_snapshots(shared), *_hourly(shared)} - {json.loads(line)["title"] for line in gold}


def _snapshots(shared: Path) -> Iterator[str]:
    for path in (shared / "stream").glob("*.txt"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if (row := _ROW.match(line)) and row["title"]:
                yield row["title"]


def _hourly(shared: Path) -> Iterator[str]:
    with gzip.open(shared / "hot" / "weibo_hot_hourly.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            if not row.get("ads"):
                yield row["title"].strip()


def _digest(title: str) -> str:
    return hashlib.sha256(title.encode()).hexdigest()[:16]
