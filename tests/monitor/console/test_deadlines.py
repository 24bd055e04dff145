"""Stopping a clock and giving more time: by who may confirm, with a named approver and a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from monitor.store import schema
from tests.conftest import MovedClock
from tests.fakes.console import Night
from tests.monitor.console.conftest import Browser

Visit = Callable[..., Browser]


def clock_of(night: Night, rule: str, noun: str = "incident") -> dict[str, object]:
    """The stored clock."""
    table = schema.deadline
    with night.store.read() as conn:
        row = conn.execute(select(table).where(table.c.rule == rule, table.c.noun == noun)).mappings().first()
    assert row is not None
    return dict(row)


def said(night: Night, event: str) -> str:
    """Why, as the timeline tells it."""
    with night.store.read() as conn:
        found = conn.scalars(select(schema.history.c.why).where(schema.history.c.event == event)).all()
    return str(found[-1])


def test_a_chief_gives_more_time_and_the_page_counts_down_to_it(visit: Visit, night: Night) -> None:
    chief, clock = visit("chief"), clock_of(night, "phone-report")
    page = chief.get(f"/incidents/{night.made['gas']}").text
    assert f"/deadlines/{clock['id']}/extend" in page
    assert "周主任" in page.split(f"clock-{clock['id']}")[1].split("</select>")[0]
    asked = {"until": "2026-11-23T05:00", "approved_by": "zhou", "why": "现场通信中断"}
    answer = chief.act(f"/deadlines/{clock['id']}/extend", **asked)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/incidents/{night.made['gas']}")
    assert "已延期至今天 05:00" in chief.get(answer.headers["location"]).text
    assert said(night, "deadline-extended") == "电话首报，延至11月23日05:00：现场通信中断（周主任批准）"


def test_a_clock_stands_still_and_goes_on_by_as_much_later(
    visit: Visit, night: Night, night_clock: MovedClock
) -> None:
    chief, clock = visit("chief"), clock_of(night, "phone-report")
    chief.act(f"/deadlines/{clock['id']}/pause", approved_by="zhou", why="等待鉴定")
    assert "已暂停" in chief.get(f"/incidents/{night.made['gas']}").text
    night_clock.forward(minutes=10)
    chief.act(f"/deadlines/{clock['id']}/resume")
    later = clock_of(night, "phone-report")
    assert later["paused_at"] is None
    assert later["due_at"] == clock["due_at"] + timedelta(minutes=10)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"approved_by": "", "why": "等待鉴定"}, "须有批准人和理由"),
        ({"approved_by": "zhou", "why": " "}, "须有批准人和理由"),
        ({"approved_by": "lin", "why": "等待鉴定"}, "批准人须是具名的带班领导、分管领导或签发人：周主任"),
        ({"approved_by": "someone", "why": "等待鉴定"}, "批准人须是具名"),
    ],
)
def test_without_a_named_approver_and_a_reason_nothing_stops(
    visit: Visit, night: Night, asked: dict[str, str], words: str
) -> None:
    chief, clock = visit("chief"), clock_of(night, "phone-report")
    answer = chief.act(f"/deadlines/{clock['id']}/pause", **asked)
    assert words in chief.get(answer.headers["location"]).text
    assert clock_of(night, "phone-report") == clock


def test_a_new_end_must_be_a_later_one(visit: Visit, night: Night) -> None:
    chief, clock = visit("chief"), clock_of(night, "phone-report")
    for until in ("2026-11-22T01:00", "", "gestern"):
        chief.act(f"/deadlines/{clock['id']}/extend", until=until, approved_by="zhou", why="复杂")
    assert clock_of(night, "phone-report") == clock


def test_a_duty_officer_may_not_and_is_not_offered_it(visit: Visit, night: Night) -> None:
    officer, clock = visit("duty"), clock_of(night, "phone-report")
    assert "/deadlines/" not in officer.get(f"/incidents/{night.made['gas']}").text
    answer = officer.act(f"/deadlines/{clock['id']}/pause", approved_by="zhou", why="等待鉴定")
    assert answer.status_code == 403
    assert clock_of(night, "phone-report") == clock


def test_the_clocks_of_a_notice_stop_the_same_way(visit: Visit, night: Night) -> None:
    chief, clock = visit("chief"), clock_of(night, "sign", "notice")
    answer = chief.act(f"/deadlines/{clock['id']}/pause", approved_by="zhou", why="单位系统故障")
    assert answer.headers["location"].startswith(f"/notices/{night.made['issued']}")
    with night.store.read() as conn:
        kept = conn.scalars(select(schema.audit.c.action)).all()
    assert "deadline-paused" in kept


def test_a_clock_that_is_not_there_is_not_found(visit: Visit, night: Night) -> None:
    assert visit("chief").act("/deadlines/999999/resume").status_code == 404
