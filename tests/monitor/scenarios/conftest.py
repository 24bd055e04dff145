"""A desk on Monday 2026-11-23, 09:00 in Shanghai; 赵值班 has the day, 钱值班 the night."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.store.engine import Store
from tests.fakes.duty import Desk

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def desk(sqlite_store: Store) -> Desk:
    """Somebody sits at the console."""
    made = Desk(sqlite_store, MORNING)
    made.somebody_at_the_desk()
    return made


@pytest.fixture
def empty_desk(sqlite_store: Store) -> Desk:
    """Nobody has the console open."""
    return Desk(sqlite_store, MORNING)


@pytest.fixture
def either_desk(store: Store) -> Desk:
    """The same on SQLite and on PostgreSQL."""
    made = Desk(store, MORNING)
    made.somebody_at_the_desk()
    return made
