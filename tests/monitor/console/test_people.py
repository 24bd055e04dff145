"""Accounts and the change of shift."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from monitor.store import duty
from tests.fakes.console import Night


def test_an_account_is_opened_with_a_password_shown_once(
    night: Night, visit: Callable[..., Any], log_in: Callable[..., Any]
) -> None:
    admin = visit("admin")
    page = admin.act("/people", login="wang", name="王值班", role=["duty"]).text
    one_time = re.search(r'class="code">([^<]+)<', page)
    assert one_time and one_time[1] not in admin.get("/people").text
    browser = visit()
    assert log_in(browser, "wang", one_time[1]).status_code == 303
    assert browser.get("/", follow_redirects=False).headers["location"] == "/account/password"
    admin.act("/people", login="wang", name="又一个")
    assert "已存在" in admin.get("/people").text
    admin.act("/people", login="王 五", name="王五")
    assert "登录名只能用" in admin.get("/people").text


def test_roles_resets_and_closing_take_effect_at_once(night: Night, visit: Callable[..., Any]) -> None:
    admin, officer = visit("admin"), visit("duty")
    gas = night.made["gas"]
    assert "现在做什么" in officer.get(f"/incidents/{gas}").text
    admin.act("/people/2/roles", role=["leader"])
    assert "现在做什么" not in officer.get(f"/incidents/{gas}").text
    admin.act("/people/2/open", wanted="close")
    assert officer.get("/", follow_redirects=False).status_code == 303
    admin.act("/people/1/open", wanted="close")
    assert "不能停用自己" in admin.get("/people").text
    admin.act("/people/1/roles", role=["duty"])
    assert "不能取消自己" in admin.get("/people").text


def test_only_an_administrator_sees_accounts(night: Night, visit: Callable[..., Any]) -> None:
    officer = visit("duty", "chief", "signer")
    assert officer.get("/people").status_code == 403 and "/people" not in officer.get("/").text
    assert officer.act("/people", login="x1", name="x", role=["admin"]).status_code == 403


def test_the_incoming_officer_takes_over_what_is_open_once(night: Night, visit: Callable[..., Any]) -> None:
    with night.store.write() as conn:
        number = duty.begin(
            conn, outgoing="zhou", incoming="lin", items=[{"incident": 1, "title": "x"}], at=night.ago(5)
        )
    browser = visit("duty", login="lin")
    page = browser.get("/").text
    assert "今天 03:07</time>交班" in page and "未办毕 1 件，待林值班确认接班" in page
    browser.act(f"/handover/{number}", note="已电话问清")
    assert "已确认接班" in browser.get("/").text and "交接班" not in browser.get("/").text
    browser.act(f"/handover/{number}")
    assert "已确认，或不存在" in browser.get("/").text
