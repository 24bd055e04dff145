"""Who has the duty, what is handed over, what is quiet for how long and why, who was called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from monitor.store import duty, schema, told
from tests.conftest import MovedClock
from tests.fakes.console import Night


def test_the_roster_says_who_has_the_duty_now_and_this_week(night: Night, visit: Callable[..., Any]) -> None:
    page = visit("leader").get("/roster").text
    now = page[page.index("现在当班") : page.index("<h2>本周")]
    assert "林值班" in now and "13000000001" in now and "周主任" in now
    assert page.count("星期") == 7 and "下一次换班" in page


def test_one_who_takes_over_for_another_says_why(night: Night, visit: Callable[..., Any]) -> None:
    item = {"incident": night.made["gas"], "title": "东关农贸市场燃气泄漏", "level": 2, "state": "found"}
    with night.store.write() as conn:
        number = duty.begin(conn, outgoing="zhou", incoming="lin", items=[item], at=night.ago(5))
    other, lin = visit("duty", login="sun"), visit("duty", login="lin")
    assert "周主任 → 林值班" in lin.get("/roster").text
    other.act(f"/handover/{number}")
    assert "代为接班须在备注中写明原因" in other.get("/roster").text
    lin.act(f"/handover/{number}")
    page = lin.get("/roster").text
    assert "已接班" in page and "待接班" not in page


def test_a_silence_has_an_end_and_a_reason_and_can_be_lifted(
    night: Night, visit: Callable[..., Any], night_clock: MovedClock
) -> None:
    gas, chief = night.made["gas"], visit("chief")
    for until, why, said in (
        ("2026-11-23T06:00", " ", "须写明理由"),
        ("2026-11-22T06:00", "已派人", "晚于现在"),
        ("2026-12-23T06:00", "已派人", "最长3天"),
        ("soon", "已派人", "请填写静默结束时间"),
    ):
        chief.act("/silences", incident=gas, until=until, why=why)
        assert said in chief.get("/silences").text
    chief.act("/silences", incident=gas, until="2026-11-23T06:00", why="现场已有专人每10分钟报告")
    page = chief.get("/silences").text
    assert "现场已有专人" in page and "东关农贸市场燃气泄漏" in page and "剩 2小时48分" in page
    with night.store.read() as conn:
        kept = conn.execute(select(schema.silence)).one()
    assert kept.match["floor"] == 2
    officer = visit("duty")
    officer.act(f"/silences/{kept.id}/lift")
    page = officer.get("/silences").text
    assert "没有静默" in page and "现场已有专人" in page[page.index("已结束") :]
    assert officer.act("/silences", until="2026-11-23T06:00", why="x").status_code == 403


def test_a_general_silence_never_holds_the_gravest(night: Night, visit: Callable[..., Any]) -> None:
    visit("chief").act("/silences", topic="12", until="2026-11-23T06:00", why="专班已接手")
    with night.store.read() as conn:
        assert conn.execute(select(schema.silence)).one().match["floor"] == 3


def test_what_is_restricted_is_not_told_by_the_back_door(night: Night, visit: Callable[..., Any]) -> None:
    hidden = night.made["restricted"]
    visit("chief", "restricted", login="wang").act(
        "/silences", incident=hidden, until="2026-11-23T06:00", why="移交中"
    )
    with night.store.write() as conn:
        told.add(conn, hidden, "纪委值班", "call", by="wang", at=night.now, result="已接通")
    plain = visit("chief")
    assert "移交中" not in plain.get("/silences").text and "纪委值班" not in plain.get("/roster").text
    answer = plain.act("/silences", incident=hidden, until="2026-11-23T06:00", why="x")
    assert answer.status_code == 404
    assert "移交中" in visit("chief", "restricted", login="wang").get("/silences").text
