"""The console as a duty officer meets it: a real browser, a real server, both sizes of screen."""

from __future__ import annotations

import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from monitor.console import auth
from monitor.console.app import assemble
from monitor.console.pages import live
from monitor.store.engine import Store
from tests.conftest import MovedClock, missing
from tests.fakes.console import Night, desk
from tests.fakes.night import fill

pytestmark = pytest.mark.browser

CHROMIUM = "/usr/bin/chromium"
ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
DESK, TELEPHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
PASSWORD = "Qingshi-2026!"
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Debian's Chromium under playwright."""
    if not Path(shutil.which("chromium") or CHROMIUM).exists():
        missing("没有安装 chromium，浏览器测试未运行")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(ARGS))
        yield browser
        browser.close()


@pytest.fixture
def night(sqlite_store: Store) -> Night:
    """Rows of a bad night."""
    return fill(Night(sqlite_store, datetime(2026, 11, 22, 19, 12, tzinfo=UTC)))


@pytest.fixture
def address(night: Night, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A served console over the night's rows."""
    monkeypatch.setattr(live, "LOOK_EVERY", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    closing: list[bool] = []
    app = assemble(desk(night.store, MovedClock(night.now), closing=lambda: bool(closing)))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", timeout_graceful_shutdown=3))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    closing.append(True)
    server.should_exit = True
    thread.join(15)
    assert not thread.is_alive(), "open streams must not hold the server"


@pytest.fixture
def page(chromium: Any, night: Night, address: str) -> Iterator[Any]:
    """A logged-in officer; whatever the browser refuses or a script raises fails the test."""
    context = chromium.new_context(base_url=address, viewport=DESK, locale="zh-CN")
    tab = context.new_page()
    trouble: list[str] = []
    tab.on("console", lambda said: trouble.append(said.text) if said.type in ("error", "warning") else None)
    tab.on("pageerror", lambda error: trouble.append(str(error)))
    tab.on("dialog", lambda dialog: trouble.append(f"dialog: {dialog.message}"))
    first = auth.first_start(night.store, night.now)
    assert first
    tab.goto("/")
    tab.fill("[name=login]", first[0])
    tab.fill("[name=password]", first[1])
    tab.click("button.wide")
    tab.wait_for_url("**/account/password")
    for name, value in (("old", first[1]), ("new", PASSWORD), ("again", PASSWORD)):
        tab.fill(f"[name={name}]", value)
    tab.click("button.wide")
    tab.wait_for_selector("h1:has-text('件事等您处理')")
    yield tab
    context.close()
    assert trouble == []


def test_the_officer_acknowledges_and_dismisses_from_the_first_page(page: Any) -> None:
    assert page.locator(".call").count() == 2
    page.locator(".call >> nth=0").get_by_role("button", name="确认收到").click()
    page.wait_for_selector("text=不再转告下一人")
    page.locator("summary:has-text('不作预警')").click()
    page.locator("form:has(legend:has-text('结论')) textarea").fill("市场方已当面说明，系检修放散")
    page.get_by_role("button", name="提交").click()
    page.wait_for_selector("text=已判为无需预警")
    assert page.locator(".timeline li:has-text('判为无需预警')").count() == 1
    assert re.search(r"[a-z]-[a-z]", page.locator(".timeline").inner_text()) is None, "no name"
    page.goto("/")
    assert page.locator(".call").count() == 1


def test_what_happens_elsewhere_appears_by_itself(page: Any, night: Night) -> None:
    page.wait_for_selector(".pulse.on")
    new = night.incident("滨河路地下通道积水 车辆被困", 2, 0)
    night.history(new, "found", 0, why="两条信息归为一个事件")
    page.wait_for_selector("text=滨河路地下通道积水", timeout=8000)
    assert page.locator(".call").count() == 3


def test_what_one_is_typing_is_not_swept_away(page: Any, night: Night) -> None:
    page.goto(f"/incidents/{night.made['school']}")
    page.wait_for_selector(".pulse.on")
    page.locator("summary:has-text('备注')").click()
    page.locator("form[action$=remark] textarea").fill("正在与学校联系")
    night.history(night.made["school"], "remark", 0, who="lin", why="教育局已派人到校")
    page.wait_for_selector("text=教育局已派人到校", timeout=8000)
    assert page.locator("form[action$=remark] textarea").input_value() == "正在与学校联系"


def test_hostile_text_runs_nowhere(page: Any, night: Night) -> None:
    bad = night.incident(HOSTILE, 1, 1, place=HOSTILE, level_why=[HOSTILE])
    night.document(bad, HOSTILE, HOSTILE, 1, ("script",), HOSTILE, url="javascript:alert(4)")
    for address in ("/", "/incidents", f"/incidents/{bad}"):
        page.goto(address)
        assert page.get_by_text("onerror=alert(1)").first.is_visible()
    assert page.locator("a[href^='javascript:']").count() == 0 and page.locator("img").count() == 0


@pytest.mark.parametrize("screen", [DESK, TELEPHONE], ids=["desk", "telephone"])
def test_no_page_is_wider_than_the_screen_and_every_field_has_a_name(
    page: Any, night: Night, screen: dict[str, int]
) -> None:
    page.set_viewport_size(screen)
    gas = night.made["gas"]
    for address in ("/", "/incidents", f"/incidents/{gas}", "/leads", "/sources", "/sources/s2", "/status"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        nameless = page.evaluate(
            "[...document.querySelectorAll('input:not([type=hidden]), select, textarea')]"
            ".filter(field => !field.labels.length).length"
        )
        assert nameless == 0, address
        assert page.locator("h1").count() == 1, address


def test_on_a_telephone_what_to_do_stands_before_what_to_read(page: Any, night: Night) -> None:
    page.set_viewport_size(TELEPHONE)
    page.goto(f"/incidents/{night.made['gas']}")
    tops = [
        page.locator(f"h2:has-text('{name}')").first.bounding_box()["y"] for name in ("现在做什么", "信息")
    ]
    assert tops[0] < tops[1]
    page.locator(".more > summary").click()
    page.locator(".more .sheet").get_by_text("信源").click()
    page.wait_for_url("**/sources")


def test_countdowns_go_on_without_asking_the_server(page: Any) -> None:
    before = page.locator("time.countdown").all_inner_texts()
    assert any(re.fullmatch(r"剩 \d+分钟", text) for text in before) and any(
        "已超" in text for text in before
    )
    page.evaluate("const now = Date.now; Date.now = () => now() + 3 * 3600 * 1000; tick()")
    assert all("已超" in text for text in page.locator(".lines time.countdown.over").all_inner_texts())
    assert page.locator(".lines time.countdown.over").count() > len([t for t in before if "已超" in t])
