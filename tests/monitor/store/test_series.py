"""Numbers without gaps, whoever asks at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from monitor.store.engine import Store
from monitor.store.series import last_number, next_number


def take(store: Store) -> int:
    with store.write() as conn:
        return next_number(conn, "warning", 2026)


def test_fifty_at_once_get_one_to_fifty(store: Store) -> None:
    with ThreadPoolExecutor(10) as people:
        numbers = list(people.map(lambda _: take(store), range(50)))
    assert sorted(numbers) == list(range(1, 51))


def test_a_number_whose_transaction_failed_is_given_out_again(store: Store) -> None:
    assert take(store) == 1
    with pytest.raises(RuntimeError), store.write() as conn:
        assert next_number(conn, "warning", 2026) == 2
        raise RuntimeError("the paper could not be written")
    assert take(store) == 2


def test_each_year_and_series_counts_for_itself(store: Store) -> None:
    assert take(store) == 1
    with store.write() as conn:
        assert next_number(conn, "warning", 2027) == 1
        assert next_number(conn, "transfer", 2026) == 1
        assert last_number(conn, "supervision", 2026) == 0
