"""What looks like one happening: two buttons on the page, and what a person decided stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from monitor.store import incidents, schema
from tests.fakes.console import Night


def pair(night: Night) -> tuple[int, int]:
    """Two incidents that the rules suspect to be one."""
    one = night.incident("东关农贸市场一商铺燃气泄漏", 3, 40)
    other = night.incident("东关市场爆燃 多家商铺受损", 3, 10)
    for number, title in ((one, "东关农贸市场燃气泄漏"), (other, "东关市场爆燃多家商铺受损")):
        night.document(number, title, title, 10)
    with night.store.write() as conn:
        incidents.suspect(conn, one, other, who="rules", at=night.now, why="疑似同一事件：可能为0.71")
    return one, other


def test_both_pages_show_the_other_with_what_can_be_done(night: Night, visit: Callable[..., Any]) -> None:
    one, other = pair(night)
    browser = visit("duty")
    for here, there in ((one, other), (other, one)):
        page = browser.get(f"/incidents/{here}").text
        assert "疑似同一事件" in page and f'href="/incidents/{there}"' in page
        assert f"事件 {other} 并入 {one}" in page and "不是同一事件" in page


def test_merged_by_a_person_the_younger_goes_into_the_elder(night: Night, visit: Callable[..., Any]) -> None:
    one, other = pair(night)
    browser = visit("duty")
    answer = browser.act(f"/incidents/{other}/merge", target=one, why="核对后认定为同一事件")
    assert answer.status_code == 303
    with night.store.read() as conn:
        assert incidents.final(conn, other) == one
    assert 'id="incident-alike"' not in browser.get(f"/incidents/{one}").text


def test_kept_apart_it_is_neither_shown_nor_suspected_again(night: Night, visit: Callable[..., Any]) -> None:
    one, other = pair(night)
    browser = visit("duty")
    assert browser.act(f"/incidents/{one}/apart", other=other).status_code == 303
    page = browser.get(f"/incidents/{other}").text
    assert 'id="incident-alike"' not in page and "认定不是同一事件" in page
    with night.store.read() as conn:
        assert incidents.kept_apart(conn, one, other)
        assert "incident-apart" in {row.action for row in conn.execute(schema.audit.select())}


def test_who_only_reads_sees_it_and_decides_nothing(night: Night, visit: Callable[..., Any]) -> None:
    one, other = pair(night)
    browser = visit("leader")
    page = browser.get(f"/incidents/{one}").text
    assert 'id="incident-alike"' in page and f"/incidents/{one}/apart" not in page
    assert browser.act(f"/incidents/{one}/apart", other=other).status_code == 403


def test_what_one_may_not_see_is_not_shown(night: Night, visit: Callable[..., Any]) -> None:
    one, other = pair(night)
    with night.store.write() as conn:
        conn.execute(schema.incident.update().where(schema.incident.c.id == other).values(restricted=True))
    assert 'id="incident-alike"' not in visit("duty").get(f"/incidents/{one}").text
