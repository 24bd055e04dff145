"""Shared by the collecting room's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from spiders.pool import ExtractionPool


@pytest.fixture(scope="session")
def pool() -> Iterator[ExtractionPool]:
    """One extraction process for all tests."""
    with ExtractionPool(1) as one:
        yield one
