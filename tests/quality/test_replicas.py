"""Floors of quality on replicas of saved pages, made before the reader was fitted to them; no data needed."""

from __future__ import annotations

from datetime import datetime
from functools import cache

import pytest

from spiders.dates import CHINA
from spiders.extract import Extracted, extract
from spiders.lists import absolute
from tests.quality.replicas import ARTICLES, LISTS
from tests.quality.replicas.furniture import Replica
from tests.spiders.test_extract import closeness


@cache
def read(replica: Replica) -> Extracted:
    at = datetime.fromisoformat(replica.fetched_at).replace(tzinfo=CHINA) if replica.fetched_at else None
    return extract(replica.raw, url=replica.url, content_type=replica.content_type, fetched_at=at)


def _said(page: Extracted) -> str:
    if page.published_at is None:
        return ""
    return page.published_at.isoformat()[: 16 if page.has_minute else 10]


def _share(values: list[bool]) -> float:
    return sum(values) / len(values)


def test_titles() -> None:
    assert _share([read(r).title == r.title for r in ARTICLES]) >= 0.97


def test_times() -> None:
    times = [(_said(read(r)), (r.time or "", *r.also_times)) for r in ARTICLES]
    assert _share([said[:10] in {t[:10] for t in gold} for said, gold in times]) >= 0.98
    timed = [(said, gold) for said, gold in times if "T" in gold[0]]
    assert _share([said in gold for said, gold in timed]) >= 0.95


def test_bodies() -> None:
    scores = [closeness("\n".join(r.text), read(r).text) for r in ARTICLES]
    assert sum(scores) / len(scores) >= 0.97
    assert _share([score > 0.9 for score in scores]) >= 0.95


@pytest.mark.parametrize("replica", [*ARTICLES, *LISTS], ids=lambda r: r.name)
def test_sort_of_page(replica: Replica) -> None:
    assert read(replica).kind == replica.kind


def test_links_of_lists() -> None:
    scores = []
    for r in LISTS:
        gold = {absolute(r.url, href) for href in r.links}
        found = {link.url for link in read(r).links}
        scores.append(2 * len(gold & found) / (len(gold) + len(found)))
    assert sum(scores) / len(scores) >= 0.95
