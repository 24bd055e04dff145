"""A flow at nine o'clock on Monday, on either database."""

from __future__ import annotations

import pytest

from monitor.store.engine import Store
from tests.conftest import MovedClock
from tests.fakes.flow import Flow


@pytest.fixture
def flow(store: Store, clock: MovedClock) -> Flow:
    """Runs on SQLite and on PostgreSQL."""
    return Flow(store, clock())
