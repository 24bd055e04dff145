"""The database's promises, kept on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import threading
import time

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select

from monitor.store.engine import Store, Superseded, open_store
from monitor.store.insert import insert, insert_once, put
from monitor.store.migrations import upgrade
from monitor.store.schema import fault, meta, metadata


def test_the_migrations_make_exactly_the_schema(store: Store) -> None:
    with store.read() as conn:
        assert compare_metadata(MigrationContext.configure(conn), metadata) == []


def test_upgrading_twice_changes_nothing(store: Store) -> None:
    upgrade(store)
    with store.read() as conn:
        assert conn.scalar(select(meta.c.key)) is None


def test_what_fails_half_way_leaves_no_trace(store: Store) -> None:
    with pytest.raises(RuntimeError), store.write() as conn:
        put(conn, meta, {"key": "a", "value": 1}, ["key"])
        raise RuntimeError("killed here")
    with store.read() as conn:
        assert conn.scalar(select(meta.c.value)) is None


def test_a_superseded_scheduler_writes_nothing(store: Store) -> None:
    with store.write() as conn:
        put(conn, meta, {"key": "epoch", "value": 1}, ["key"])
    old = store.fenced(1)
    with old.write() as conn:
        put(conn, meta, {"key": "by", "value": "first"}, ["key"])
    with store.write() as conn:
        put(conn, meta, {"key": "epoch", "value": 2}, ["key"])
    with pytest.raises(Superseded), old.write() as conn:
        put(conn, meta, {"key": "by", "value": "late"}, ["key"])
    with store.read() as conn:
        assert conn.scalar(select(meta.c.value).where(meta.c.key == "by")) == "first"


def test_inserting_once_tells_whether_it_was_new(store: Store, clock) -> None:
    row = {"key": "a", "value": {"词": "停水"}}
    with store.write() as conn:
        put(conn, meta, row, ["key"])
        put(conn, meta, row | {"value": ["改"]}, ["key"])
        assert conn.scalar(select(meta.c.value)) == ["改"]
        values = {"kind": "source", "subject": "s1", "text": "连续失败", "opened_at": clock()}
        number = insert(conn, fault, values)
        stored = conn.execute(select(fault)).one()
    assert (stored.id, stored.opened_at) == (number, clock())


def test_two_writers_wait_for_each_other(database: str) -> None:
    one, two = open_store(database), open_store(database)
    order: list[str] = []

    def second() -> None:
        with two.write() as conn:
            put(conn, meta, {"key": "k", "value": "second"}, ["key"])
            order.append("second")

    with one.write() as conn:
        put(conn, meta, {"key": "k", "value": "first"}, ["key"])
        thread = threading.Thread(target=second)
        thread.start()
        deadline = time.monotonic() + 0.2
        while time.monotonic() < deadline and not order:
            thread.join(0.05)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]
    with one.read() as conn:
        assert conn.scalar(select(meta.c.value)) == "second"
    one.close()
    two.close()


def test_a_naive_time_is_refused(store: Store, clock) -> None:
    values = {"kind": "a", "subject": "b", "text": "c", "opened_at": clock().replace(tzinfo=None)}
    with pytest.raises(Exception, match="naive datetime"), store.write() as conn:
        insert(conn, fault, values)


def test_insert_once_on_a_key_that_is_there(store: Store, clock) -> None:
    from monitor.store.schema import file

    values = {"sha256": "0" * 64, "name": "a", "media_type": "t", "size": 1, "at": clock(), "body": b"x"}
    with store.write() as conn:
        assert insert_once(conn, file, values, ["sha256"]) is not None
        assert insert_once(conn, file, values, ["sha256"]) is None
