"""Exactly one scheduler, however many are started, and none that acts after its time."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.reign import begin, lock_of
from monitor.store import facts
from monitor.store.engine import Store, Superseded


def test_only_one_of_two_may_begin(store: Store, tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    one, two = lock_of(store, tmp_path), lock_of(store, tmp_path)
    assert one.take() and one.held()
    assert not two.take()
    one.drop()
    assert not one.held()
    assert two.take()
    two.drop()


def test_who_was_stopped_and_resumed_cannot_act_late(store: Store) -> None:
    old = begin(store)
    with old.write() as conn:
        facts.set_(conn, "told", "by the old")
    new = begin(store)
    with pytest.raises(Superseded), old.write() as conn:
        facts.set_(conn, "told", "late")
    with new.write() as conn:
        assert facts.get(conn, "told") == "by the old"


@pytest.mark.postgres
def test_a_broken_connection_has_lost_the_lock(
    postgres: object, postgres_template: str, tmp_path: Path
) -> None:
    from monitor.store.engine import open_store
    from tests.fakes.postgres import Postgres

    assert isinstance(postgres, Postgres)
    store = open_store(postgres.url(postgres.create(postgres_template)))
    lock = lock_of(store, tmp_path)
    assert lock.take()
    with store.engine.connect() as conn:
        others = "FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
        conn.exec_driver_sql(f"SELECT pg_terminate_backend(pid) {others}")
    assert not lock.held()
    store.close()
