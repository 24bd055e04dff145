"""The audit cannot be changed unseen, and the nouns around it keep one open row per matter."""

from __future__ import annotations

from monitor.store import audit, facts, faults, revisions, schema
from monitor.store.engine import Store
from tests.conftest import MovedClock


def test_a_changed_row_breaks_the_chain_where_it_was_changed(store: Store, clock: MovedClock) -> None:
    with store.write() as conn:
        for who in ("zhao", "qian", "sun"):
            audit.append(conn, who, "login", clock.forward(minutes=1), detail={"从": "内网"})
        assert audit.first_broken(conn) is None
    with store.write() as conn:
        conn.execute(schema.audit.update().where(schema.audit.c.id == 2).values(who="nobody"))
        assert audit.first_broken(conn) == 2


def test_a_removed_row_breaks_the_chain_after_it(store: Store, clock: MovedClock) -> None:
    with store.write() as conn:
        for who in ("zhao", "qian", "sun"):
            audit.append(conn, who, "login", clock())
        conn.execute(schema.audit.delete().where(schema.audit.c.id == 2))
        assert audit.first_broken(conn) == 3


def test_a_fault_is_open_once_and_may_come_again(store: Store, clock: MovedClock) -> None:
    with store.write() as conn:
        assert faults.open_(conn, "source", "bbs", "连续失败 3 次", clock()) is not None
        assert faults.open_(conn, "source", "bbs", "连续失败 4 次", clock()) is None
        assert [f.text for f in faults.open_now(conn)] == ["连续失败 4 次"]
        assert faults.close(conn, "source", "bbs", clock())
        assert not faults.close(conn, "source", "bbs", clock())
        assert faults.open_(conn, "source", "bbs", "又失败", clock()) is not None


def test_only_a_different_revision_is_a_new_one(store: Store, clock: MovedClock) -> None:
    files = {"station.yaml": "office: {}"}
    with store.write() as conn:
        assert revisions.add(conn, files, "a" * 64, author="zhao", note="", at=clock()) is not None
        assert revisions.add(conn, files, "a" * 64, author="zhao", note="", at=clock()) is None
        assert revisions.add(conn, files, "b" * 64, author="zhao", note="", at=clock()) is not None
        assert revisions.current_digest(conn) == "b" * 64
        assert len(revisions.listing(conn)) == 2


def test_each_reign_has_its_number(store: Store) -> None:
    with store.write() as conn:
        assert [facts.next_epoch(conn) for _ in range(3)] == [1, 2, 3]
