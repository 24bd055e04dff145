"""Judging: each document once, whoever judges beside us; one the rules fail on is a fault and no obstacle."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.stages import House, judge
from monitor.store import documents, faults
from monitor.store.engine import Store
from rules.verdict import Text, Verdict
from tests.conftest import MovedClock
from tests.fakes.flow import Flow, real_judge


class Failing:
    """Rules that break on one word."""

    ruleset = "f" * 64

    def judge(self, text: Text) -> Verdict:
        if "怪字" in text.title:
            raise ValueError("读不懂")
        return real_judge().judge(text)


def failing(flow: Flow) -> House:
    return replace(flow.house, judge=Failing())


def test_a_document_the_rules_fail_on_is_a_fault_until_it_is_judged_well(flow: Flow) -> None:
    flow.bring(flow.page("含有怪字的一页"), flow.page("新华区今日天气晴"))
    done = judge.run(failing(flow), flow.now)
    assert (done.taken, done.failed) == (2, 1)
    with flow.store.read() as conn:
        [fault] = faults.open_now(conn)
    assert fault.subject == "document-1" and "读不懂" in fault.text
    assert [row.flag for row in flow.rows("verdict")] == [False, False]
    with flow.store.write() as conn:
        documents.rewrite(conn, 1, {"title": "改好的一页"})
    judge.run(failing(flow), flow.now)
    with flow.store.read() as conn:
        assert faults.open_now(conn) == []


@pytest.mark.postgres
def test_on_postgresql_two_who_judge_never_take_the_same(
    postgres: object, postgres_template: str, clock: MovedClock
) -> None:
    from monitor.store.engine import open_store
    from tests.fakes.postgres import Postgres

    assert isinstance(postgres, Postgres)
    name = postgres.create(postgres_template)
    store: Store = open_store(postgres.url(name))
    flow = Flow(store, clock())
    flow.bring(*(flow.page(f"新华区第{n}届读书节") for n in range(50)))
    with store.write() as conn:
        ours = {row.id for row in documents.to_judge(conn, 20, claim=True)}
        assert judge.run(flow.house, flow.now).taken == 20
        judged = {row.document_id for row in flow.rows("verdict")}
        assert not ours & judged
    assert [judge.run(flow.house, flow.now).taken for _ in range(3)] == [20, 10, 0]
    store.close()
    postgres.drop(name)
