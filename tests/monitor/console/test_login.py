"""The door: who comes in, who is kept out for how long, and when one is sent back to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from monitor.console import auth
from monitor.store import audit, schema, users
from monitor.store.engine import Store
from tests.conftest import MovedClock


def test_the_first_start_gives_a_one_time_password_that_must_be_changed(
    sqlite_store: Store, night_clock: MovedClock, visit: Callable[..., Any], log_in: Callable[..., Any]
) -> None:
    first = auth.first_start(sqlite_store, night_clock())
    assert first is not None
    browser = visit()
    assert log_in(browser, *first).headers["location"] == "/"
    assert browser.get("/", follow_redirects=False).headers["location"] == "/account/password"
    weak = browser.act("/account/password", old=first[1], new="abcdefghij", again="abcdefghij")
    assert weak.status_code == 400 and "三类" in weak.text
    same = browser.act("/account/password", old=first[1], new=first[1], again=first[1])
    assert same.status_code == 400
    done = browser.act("/account/password", old=first[1], new="Qingshi-2026!", again="Qingshi-2026!")
    assert done.headers["location"] == "/" and browser.get("/").status_code == 200


def test_a_station_never_logged_in_to_prints_a_new_password_and_one_in_use_none(
    sqlite_store: Store, night_clock: MovedClock, visit: Callable[..., Any], log_in: Callable[..., Any]
) -> None:
    lost = auth.first_start(sqlite_store, night_clock())
    again = auth.first_start(sqlite_store, night_clock())
    assert lost and again and lost[1] != again[1]
    assert log_in(visit(), *lost).status_code == 401
    assert log_in(visit(), *again).status_code == 303
    assert auth.first_start(sqlite_store, night_clock()) is None
    with sqlite_store.read() as conn:
        assert [user.login for user in users.everyone(conn)] == ["admin"]


def test_five_wrong_passwords_lock_the_door_and_each_further_lock_is_longer(
    visit: Callable[..., Any], log_in: Callable[..., Any], night_clock: MovedClock, sqlite_store: Store
) -> None:
    visit("duty")
    browser = visit()
    for left in (4, 3, 2, 1):
        assert f"还可尝试 {left} 次" in log_in(browser, "duty", "wrong").text
    assert "请 15 分钟后再试" in log_in(browser, "duty", "wrong").text
    assert log_in(browser, "duty").status_code == 401, "even the right one"
    night_clock.forward(minutes=16)
    for _ in range(4):
        log_in(browser, "duty", "wrong")
    assert "请 30 分钟后再试" in log_in(browser, "duty", "wrong").text
    night_clock.forward(minutes=31)
    assert log_in(browser, "duty").status_code == 303
    with sqlite_store.read() as conn:
        tried = (
            conn.execute(select(schema.audit.c.ok).where(schema.audit.c.action == "login")).scalars().all()
        )
        assert audit.first_broken(conn) is None
    assert tried.count(False) == 11 and tried[-1] is True


def test_guesses_from_elsewhere_do_not_lock_the_officer_out(
    visit: Callable[..., Any], log_in: Callable[..., Any]
) -> None:
    visit("duty")
    stranger = visit()
    stranger._transport.client = ("10.0.0.9", 40000)  # type: ignore[attr-defined]
    for _ in range(6):
        log_in(stranger, "duty", "guess")
    assert log_in(stranger, "duty").status_code == 401
    assert log_in(visit(), "duty").status_code == 303


def test_an_unknown_name_is_answered_like_a_wrong_password(
    visit: Callable[..., Any], log_in: Callable[..., Any]
) -> None:
    visit("duty")
    wrong, unknown = log_in(visit(), "duty", "x").text, log_in(visit(), "nobody", "x").text
    said = [re.search(r'role="alert">([^<]+)', page) for page in (wrong, unknown)]
    assert said[0] and said[1] and said[0][1] == said[1][1]


def test_a_session_ends_after_fifteen_idle_minutes_but_not_before(
    visit: Callable[..., Any], night_clock: MovedClock
) -> None:
    browser = visit("duty")
    night_clock.forward(minutes=14)
    assert browser.get("/").status_code == 200
    night_clock.forward(minutes=14)
    assert browser.get("/").status_code == 200
    night_clock.forward(minutes=16)
    sent = browser.get("/incidents", follow_redirects=False)
    assert sent.headers["location"] == "/login?next=/incidents"
    assert "登录已过期" in browser.get("/login").text


def test_a_page_refreshing_itself_does_not_keep_the_session_alive(
    visit: Callable[..., Any], night_clock: MovedClock
) -> None:
    browser = visit("duty")
    for _ in range(3):
        night_clock.forward(minutes=6)
        answer = browser.get("/", headers={"x-live": "1"}, follow_redirects=False)
    assert answer.status_code == 401


def test_logging_out_ends_the_session_for_good(visit: Callable[..., Any]) -> None:
    browser = visit("duty")
    cookie = browser.cookies[auth.COOKIE]
    browser.act("/logout")
    browser.cookies.set(auth.COOKIE, cookie)
    assert browser.get("/", follow_redirects=False).headers["location"] == "/login"


def test_a_new_password_ends_the_persons_other_sessions(visit: Callable[..., Any]) -> None:
    here, there = visit("duty"), visit("duty")
    assert there.get("/").status_code == 200
    here.act("/account/password", old="Qingshi-2026!", new="Another-2026?", again="Another-2026?")
    assert here.get("/").status_code == 200
    assert there.get("/", follow_redirects=False).status_code == 303


def test_a_closed_account_is_out_at_once(
    visit: Callable[..., Any], sqlite_store: Store, night_clock: MovedClock
) -> None:
    browser = visit("duty")
    with sqlite_store.write() as conn:
        user = users.by_login(conn, "duty")
        assert user
        users.disable(conn, user.id, night_clock())
    assert browser.get("/", follow_redirects=False).status_code == 303


def test_the_cookie_is_out_of_reach_of_scripts_and_the_database_of_the_token(
    visit: Callable[..., Any], log_in: Callable[..., Any], sqlite_store: Store
) -> None:
    visit("duty")
    browser = visit()
    cookie = next(
        c for c in log_in(browser, "duty").headers.get_list("set-cookie") if c.startswith(auth.COOKIE)
    )
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie
    token = cookie.split("=", 1)[1].split(";")[0]
    with sqlite_store.read() as conn:
        kept = conn.execute(select(schema.session.c.token_hash)).scalars().all()
    assert token not in kept and len(kept) == 2


def test_the_way_back_after_log_in_never_leads_to_another_site(visit: Callable[..., Any]) -> None:
    visit("duty")
    for onward in ("//evil.test", "https://evil.test", "/\\evil.test", "javascript:alert(1)"):
        page = visit().get("/login", params={"next": onward}).text
        assert 'name="next" value="/"' in page, onward
