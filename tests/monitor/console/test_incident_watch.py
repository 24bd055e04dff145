"""The directed search of an incident, started and ended by the officer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from monitor.store import schema
from tests.fakes.console import Night


def test_an_officer_starts_and_ends_it_and_sees_what_is_sought(
    night: Night, visit: Callable[..., Any]
) -> None:
    number, browser = night.made["gas"], visit("duty")
    assert "启动专题监测" in browser.get(f"/incidents/{number}").text
    browser.act(f"/incidents/{number}/directed/start", words="联系人13812345678")
    page = browser.get(f"/incidents/{number}").text
    assert "专题监测（进行中）" in page and "东关农贸市场" in page and "燃气泄漏" in page
    with night.store.read() as conn:
        [running] = conn.execute(schema.watch.select()).all()
        acts = [row.action for row in conn.execute(schema.audit.select())]
    assert "138" not in str(running.words) and "watch-start" in acts
    browser.act(f"/incidents/{number}/directed/stop", why="现场已处置完毕")
    page = browser.get(f"/incidents/{number}").text
    assert "启动专题监测" in page and "结束专题监测" in page and "现场已处置完毕" in page


def test_who_only_reads_may_not(night: Night, visit: Callable[..., Any]) -> None:
    answer = visit("leader").act(f"/incidents/{night.made['gas']}/directed/start")
    assert answer.status_code == 403
