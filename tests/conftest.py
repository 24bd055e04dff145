"""What all tests share: the clock they move, both databases, the data beside the checkout."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parent.parent
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


def missing(what: str) -> NoReturn:
    """Skip on a developer's machine, fail in CI: there everything has to be present."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real-world data (`CAIFENG_SHARED`, or `../shared` beside the checkout)."""
    shared = Path(os.environ.get("CAIFENG_SHARED") or ROOT.parent / "shared")
    if not (shared / "data").is_dir():
        missing(f"没有共享数据目录 {shared / 'data'}")
    return shared / "data"


class MovedClock:
    """A clock that stands still until a test moves it. Call it for the time."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **step: float) -> datetime:
        """Move by `minutes=30` and the like; the new time."""
        self.now += timedelta(**step)
        return self.now


@pytest.fixture
def clock() -> MovedClock:
    """Monday 2026-11-23, 09:00 in Shanghai."""
    return MovedClock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))


# ---------------------------------------------------------------- databases
# Imports stand inside the fixtures: tests of the leaf rooms must not pay for SQLAlchemy.


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated SQLite file; tests copy it."""
    from monitor.store.engine import open_store
    from monitor.store.migrations import upgrade

    path = tmp_path_factory.mktemp("template") / "empty.db"
    store = open_store(str(path))
    upgrade(store)
    store.close()
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[object]:
    """The running server (`tests.fakes.postgres.Postgres`) for the whole test run."""
    from tests.fakes.postgres import PostgresMissing, start

    try:
        server = start()
    except PostgresMissing as error:
        missing(str(error))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgres_template(postgres: object) -> str:
    """An empty, migrated database on that server; tests copy it."""
    from monitor.store.engine import open_store
    from monitor.store.migrations import upgrade
    from tests.fakes.postgres import Postgres

    assert isinstance(postgres, Postgres)
    name = postgres.create()
    store = open_store(postgres.url(name))
    upgrade(store)
    store.close()
    return name


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty, migrated database: once SQLite, once PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "caifeng.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield str(path)
        return
    template = request.getfixturevalue("postgres_template")
    server = request.getfixturevalue("postgres")
    name = server.create(template)
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def store(database: str) -> Iterator[object]:
    """An empty `monitor.store.engine.Store`; every test that takes it runs on both databases."""
    from monitor.store.engine import open_store

    opened = open_store(database)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(sqlite_template: Path, tmp_path: Path) -> Iterator[object]:
    """An empty store on SQLite alone, for scenarios whose point is not the database."""
    from monitor.store.engine import open_store

    path = tmp_path / "caifeng.db"
    shutil.copy(sqlite_template, path)
    opened = open_store(str(path))
    yield opened
    opened.close()


@pytest.fixture
def at() -> Callable[[str], datetime]:
    """`at("2026-11-23 09:00")`: that minute in Shanghai, as an aware instant."""
    from monitor.clock import SHANGHAI

    return lambda text: datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)
