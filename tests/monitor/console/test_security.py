"""What no visitor, no crawled page and no foreign site can do to the console."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import select

from monitor.console.pages import PAGES
from monitor.console.security import LARGEST_BODY
from monitor.store import schema
from tests.fakes.console import Night

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>“'&\"{{7*7}}</textarea>"


def pages_of(night: Night) -> Iterator[str]:
    """Every page a visitor can open, by address."""
    gas, water = night.made["gas"], night.made["water"]
    yield from ("/", "/incidents", "/incidents?group=all&q=燃气", f"/incidents/{gas}", f"/incidents/{water}")
    yield from (f"/incidents/{gas}/copies/1", "/leads", "/sources", "/sources?show=trouble", "/sources/s2")
    yield from ("/mailbox", "/status", "/account/password", "/login", "/nothing-here", "/incidents/999999")


def test_every_page_carries_a_policy_without_inline_script_or_style(
    night: Night, visit: Callable[..., Any]
) -> None:
    browser = visit("duty", "chief")
    for address in pages_of(night):
        answer = browser.get(address)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy, address
        assert answer.headers["x-frame-options"] == "DENY" and answer.headers["cache-control"] == "no-store"
        assert not re.search(r"\sstyle\s*=|<style|<script(?! src=)|\son[a-z]+\s*=", answer.text), address


def test_crawled_text_is_inert_wherever_it_is_shown(night: Night, visit: Callable[..., Any]) -> None:
    bad = night.incident(
        HOSTILE, 2, 5, place=HOSTILE, topic="x", topic_name=HOSTILE, level_why=[HOSTILE], keywords=[HOSTILE]
    )
    night.document(
        bad,
        HOSTILE,
        HOSTILE * 20,
        4,
        ("script", "onerror"),
        HOSTILE,
        HOSTILE,
        url="javascript:alert(3)",
        author_alias=HOSTILE,
    )
    night.history(bad, "remark", 1, who=HOSTILE, why=HOSTILE)
    night.put("fault", kind="source", subject=HOSTILE, text=HOSTILE, opened_at=night.now)
    browser = visit("duty", "chief")
    for address in ("/", "/incidents", f"/incidents/{bad}", "/status"):
        page = browser.get(address).text
        assert "<script>alert" not in page and "<img src=x" not in page, address
        assert "javascript:alert(3)" not in page and "49</textarea>" not in page, address
    assert "&lt;" in page


@pytest.mark.parametrize("token", ["", "wrong", "x" * 5000])
def test_an_act_without_the_sessions_token_is_refused_and_changes_nothing(
    night: Night, visit: Callable[..., Any], token: str
) -> None:
    browser = visit("duty")
    answer = browser.post(f"/incidents/{night.made['gas']}/acknowledge", data={"csrf": token})
    assert answer.status_code == 403 and "未执行" in answer.text
    with night.store.read() as conn:
        rows = conn.execute(select(schema.alert.c.acknowledged_by)).scalars().all()
    assert rows == [None, None]


def test_an_act_sent_by_another_sites_page_is_refused_even_with_the_token(
    night: Night, visit: Callable[..., Any]
) -> None:
    browser = visit("duty")
    for headers in ({"origin": "https://evil.test"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
        browser.headers.update(headers)
        answer = browser.act(f"/incidents/{night.made['gas']}/acknowledge")
        assert answer.status_code == 403, headers
        for name in headers:
            del browser.headers[name]


def test_every_route_that_acts_is_behind_the_guard_or_says_why_not() -> None:
    open_groups = {page.name for page in PAGES if page.open}
    assert open_groups == {"account", "intake", "links", "observe"}


def test_nothing_but_the_door_is_seen_without_logging_in(night: Night, visit: Callable[..., Any]) -> None:
    browser = visit()
    seen = []
    for page in PAGES:
        for route in page.router.routes:
            assert isinstance(route, APIRoute)
            address = re.sub(r"\{[^}]+\}", "1", route.path)
            for method in route.methods - {"HEAD"}:
                answer = browser.request(method, address, follow_redirects=False)
                location = answer.headers.get("location", "")
                if answer.status_code == 303 and location.startswith("/login"):
                    continue
                seen.append((method, route.path, answer.status_code))
    open_ones = {("GET", "/login"), ("GET", "/healthz"), ("GET", "/metrics")}
    shut = {401, 404, 422}
    assert {(method, path) for method, path, status in seen if status not in shut} == open_ones


def test_a_foreign_host_name_is_not_answered(night: Night, visit: Callable[..., Any]) -> None:
    assert visit().get("/login", headers={"host": "evil.test"}).status_code == 400


def test_an_endless_body_is_cut_off(night: Night, visit: Callable[..., Any]) -> None:
    browser = visit("duty")

    def endless() -> Iterator[bytes]:
        for _ in range(LARGEST_BODY // 65536 + 3):
            yield b"x" * 65536

    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = browser.post("/incidents/1/remark", content=endless(), headers=headers)
    assert answer.status_code in (400, 413)


def test_links_outward_open_apart_and_tell_nothing(night: Night, visit: Callable[..., Any]) -> None:
    page = visit("duty").get(f"/incidents/{night.made['gas']}").text
    outward = re.findall(r"<a [^>]*href=\"http[^>]*>", page)
    assert outward and all('rel="noopener noreferrer nofollow"' in link for link in outward)


def test_restricted_incidents_exist_only_for_those_who_may_read_them(
    night: Night, visit: Callable[..., Any]
) -> None:
    secret = night.made["restricted"]
    officer, reader = visit("duty", "chief"), visit("restricted")
    for address in ("/", "/incidents?group=all", "/incidents?group=all&q=礼金", "/sources/s3"):
        assert "礼金" not in re.sub(r'value="[^"]*"', "", officer.get(address).text), address
    assert officer.get(f"/incidents/{secret}").status_code == 404
    assert officer.act(f"/incidents/{secret}/remark", words="看看").status_code == 404
    assert officer.act(f"/incidents/{night.made['gas']}/merge", target=secret, why="x").status_code == 404
    assert reader.get(f"/incidents/{secret}").status_code == 200


def test_a_role_without_the_right_cannot_act(night: Night, visit: Callable[..., Any]) -> None:
    gas = night.made["gas"]
    leader, officer = visit("leader"), visit("duty")
    assert "现在做什么" not in leader.get(f"/incidents/{gas}").text
    assert leader.act(f"/incidents/{gas}/acknowledge").status_code == 403
    assert officer.act(f"/incidents/{gas}/confirm", level=2).status_code == 403
    auditor = visit("auditor")
    assert auditor.get("/", follow_redirects=False).headers["location"] == "/audit"
    assert auditor.get(f"/incidents/{gas}").status_code == 403 and officer.get("/audit").status_code == 403
