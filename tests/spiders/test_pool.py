"""Extraction in processes of its own: what a page does there stays there."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

from spiders import pool as pools
from spiders.errors import ExtractError, SpiderError
from spiders.pool import ExtractionPool
from tests.spiders.layouts import TITLE, TRS, WECHAT


@pytest.fixture
def two() -> Iterator[ExtractionPool]:
    with ExtractionPool(workers=2, seconds_per_page=5, recycle_after=3) as pool:
        yield pool


def _processes(pool: ExtractionPool) -> set[int | None]:
    return {w._process.pid for w in pool._workers if w._process is not None}


def test_pages_come_back_read(two: ExtractionPool) -> None:
    futures = [two.submit(layout.raw, url="https://qingshi.example/1.html") for layout in (TRS, WECHAT) * 4]

    assert [f.result(30).title for f in futures] == [TITLE] * 8


def test_an_error_of_a_page_is_its_own(two: ExtractionPool) -> None:
    bad, good = two.submit(b""), two.submit(TRS.raw)

    assert good.result(30).title == TITLE
    with pytest.raises(ExtractError, match="为空") as caught:
        bad.result(30)
    assert caught.value.code == "empty"


def test_a_process_is_replaced_after_its_share_of_pages() -> None:
    with ExtractionPool(workers=1, seconds_per_page=5, recycle_after=2) as pool:
        seen = []
        for _ in range(5):
            pool.submit(TRS.raw).result(30)
            seen.append(_processes(pool))
    assert [len(set.union(*seen[:n])) for n in (2, 4, 5)] == [1, 2, 3]


def test_a_page_that_takes_too_long_is_given_up_and_the_next_one_read() -> None:
    with ExtractionPool(workers=1, seconds_per_page=0.3, recycle_after=100) as pool:
        pool.submit(TRS.raw).result(30)
        began = time.monotonic()
        slow, after = pool.submit(WECHAT.raw + b"<p>x</p>" * 800_000), pool.submit(TRS.raw)
        with pytest.raises(ExtractError) as caught:
            slow.result(30)
        assert caught.value.code == "timeout"
        assert after.result(30).title == TITLE
        assert time.monotonic() - began < 10


def test_a_process_that_dies_costs_one_page() -> None:
    with ExtractionPool(workers=1, seconds_per_page=5, recycle_after=100) as pool:
        pool.submit(TRS.raw).result(30)
        for pid in _processes(pool):
            os.kill(pid or 0, 9)
        with pytest.raises(ExtractError) as caught:
            pool.submit(TRS.raw).result(30)
        assert caught.value.code == "crashed"
        assert pool.submit(TRS.raw).result(30).title == TITLE


def test_a_closed_pool_takes_nothing_and_leaves_no_process() -> None:
    pool = ExtractionPool(workers=1)
    pool.submit(TRS.raw).result(30)
    pids = _processes(pool)
    pool.close()

    with pytest.raises(SpiderError):
        pool.submit(TRS.raw)
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid or 0, 0)


def test_errors_cross_the_border_of_a_process_whole() -> None:
    answer = pools._read(b"%PDF-1.7", {})

    assert isinstance(answer, ExtractError)
    assert answer.code == "binary"
