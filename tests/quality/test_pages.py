"""Floors of quality on real saved pages. The floor belongs to the data: another digest means measuring anew.

These pages were looked at while the extractor was written; what unseen pages give is judged elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from spiders.extract import Extracted, extract, extract_links
from spiders.lists import absolute
from tests.spiders.test_extract import closeness

DIGEST = "89388a34ae87ff22c3e83c6f1ae312be030ad9f856566e5f4081ab36cfd638b5"
FLOORS = {"title": 0.97, "day": 0.98, "minute": 0.95, "body": 0.97, "over_90": 0.95, "links": 0.95}


@pytest.fixture(scope="module")
def pages(shared_data: Path) -> Path:
    folder = shared_data / "pages"
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        digest.update(path.name.encode() + path.read_bytes())
    assert digest.hexdigest() == DIGEST, (
        "the saved pages have changed: measure again, then pin floors and digest"
    )
    return folder


@pytest.fixture(scope="module")
def read(pages: Path) -> list[tuple[dict[str, Any], Extracted]]:
    rows = [json.loads(line) for line in (pages / "gold.jsonl").read_text("utf-8").splitlines()]
    return [(row, extract((pages / row["file"]).read_bytes())) for row in rows]


def _share(values: list[bool]) -> float:
    return sum(values) / len(values)


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def test_titles(read: list[tuple[dict[str, Any], Extracted]]) -> None:
    right = [_letters(found.title) in map(_letters, (row["title"], *row["title_alt"])) for row, found in read]
    assert _share(right) >= FLOORS["title"]


def test_times(read: list[tuple[dict[str, Any], Extracted]]) -> None:
    days, minutes = [], []
    for row, found in read:
        said = found.published_at.isoformat() if found.published_at else ""
        times = [row["published_at"], *row["published_at_alt"]]
        days.append(any(said[:10] == t[:10] for t in times))
        if "T" in times[0]:
            minutes.append(found.has_minute and any(said[:16] == t[:16] for t in times))
    assert _share(days) >= FLOORS["day"]
    assert _share(minutes) >= FLOORS["minute"]


def test_bodies(read: list[tuple[dict[str, Any], Extracted]]) -> None:
    scores = [closeness(row["body"], found.text) for row, found in read]
    assert sum(scores) / len(scores) >= FLOORS["body"]
    assert _share([score > 0.9 for score in scores]) >= FLOORS["over_90"]


def test_sorts_of_page(read: list[tuple[dict[str, Any], Extracted]]) -> None:
    assert [found.kind for _, found in read] == [row["kind"] for row, _ in read]


def test_links_of_lists(pages: Path) -> None:
    for line in (pages / "lists.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        raw = (pages / row["file"]).read_bytes()
        gold = {absolute(row["base"], item["href"]) for item in row["items"]}
        got = {link.url for link in extract_links(raw, url=row["base"])}
        assert extract(raw, url=row["base"]).kind == "list"
        assert 2 * len(gold & got) / (len(gold) + len(got)) >= FLOORS["links"]
