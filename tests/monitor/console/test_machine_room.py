"""Sources, status, the demo's mailbox, kept files, metrics, the live stream."""

from __future__ import annotations

import asyncio
import mailbox
import re
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import monitor
from monitor.console.pages import live
from monitor.console.remedies import REMEDIES
from monitor.store import files
from spiders import health
from tests.conftest import MovedClock
from tests.fakes.console import Night, desk

ROOT = Path(monitor.__file__).parent.parent


def test_sources_in_trouble_stand_first_with_their_reason(night: Night, visit: Callable[..., Any]) -> None:
    browser = visit("duty")
    page = browser.get("/sources").text
    assert page.index("鼓楼论坛") < page.index("云州新闻网") and "连续失败 6 次：连接超时（30秒）" in page
    assert "正常 4 个，异常 1 个，停用 1 个" in page
    assert "云州新闻网" not in browser.get("/sources?show=trouble").text
    one = browser.get("/sources/s2").text
    assert "个人信息保护法第十三条" in one and "连接超时" in one
    assert browser.get("/sources/none").status_code == 404


def test_status_tells_roles_lag_and_what_did_not_arrive(
    night: Night, visit: Callable[..., Any], night_clock: MovedClock
) -> None:
    browser = visit("duty")
    page = browser.get("/status").text
    assert page.count("运行中") == 3 and "550 邮箱不存在" in page and "积压" in page
    night_clock.forward(minutes=2)
    assert browser.get("/status").text.count("无心跳") == 3


def test_each_kind_of_fault_says_what_to_do(night: Night, visit: Callable[..., Any]) -> None:
    opened = re.compile(r'open_\(\s*conn,\s*f?"([a-z]+)"')
    house = Path(monitor.__file__).parent
    kinds = {kind for file in house.rglob("*.py") for kind in opened.findall(file.read_text("utf-8"))}
    kinds |= {f"source-{kind}" for kind in health.NAMES} - {"source-blocked", "source-failing"}
    assert len(kinds) > 8 and kinds <= set(REMEDIES)
    page = visit("duty").get("/status").text
    assert "怎么办" in page and "值守站所在磁盘剩余" in page


def test_metrics_are_figures_for_this_machine_alone(night: Night, visit: Callable[..., Any]) -> None:
    browser = visit()
    text = browser.get("/metrics").text
    assert 'caifeng_source_up{source="s2"} 0.0' in text and 'caifeng_incidents{state="found"} 3.0' in text
    lines = [line for line in text.splitlines() if 'source="s2"' in line]
    assert {line.split("{")[0].removeprefix("caifeng_source_") for line in lines} >= {
        "up", "failures", "blocked", "lag_seconds",
    }  # fmt: skip
    assert "东关" not in text and 'caifeng_role_up{role="work"} 1.0' in text
    named = set(re.findall(r"^# TYPE (caifeng_\w+)", text, re.M))
    told = set(re.findall(r"`(caifeng_\w+)`", (ROOT / "docs" / "运维.md").read_text("utf-8")))
    assert named == told
    browser._transport.client = ("10.0.0.9", 1)
    assert browser.get("/metrics").status_code == 403
    assert browser.get("/healthz").text == "ok\n"


def _mail(folder: Path) -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = "【待核实·建议Ⅱ级】<b>燃气</b>", "caifeng@qingshi.test"
    message["To"], message["Message-ID"] = "lin@qingshi.test", "<abc@qingshi.test>"
    message.set_content("正文 <script>alert(1)</script>")
    message.add_alternative("<p style='color:red'>正文</p><script>alert(1)</script>", subtype="html")
    message.add_attachment(b"PK<script>", maintype="text", subtype="html", filename="通知书.html")
    mailbox.Maildir(folder, create=True).add(message)


def test_the_demos_mails_are_shown_and_none_of_them_can_run(
    night: Night, visit: Callable[..., Any], tmp_path: Path
) -> None:
    browser = visit("duty")
    assert browser.get("/mailbox").status_code == 404 and "演示邮箱" not in browser.get("/").text
    _mail(tmp_path / "mailbox")
    page = browser.get("/mailbox").text
    assert "&lt;b&gt;燃气&lt;/b&gt;" in page and "<script>alert" not in page and "通知书.html" in page
    assert "演示邮箱" in browser.get("/").text
    address = page.split('sandbox="')[1].split('src="')[1].split('"')[0]
    body = browser.get(address)
    policy = body.headers["content-security-policy"]
    assert "sandbox" in policy and "allow-scripts" not in policy and "default-src 'none'" in policy
    kept = browser.get(address.removesuffix("body") + "0")
    assert kept.headers["content-disposition"].startswith("attachment")
    assert kept.headers["content-type"] == "application/octet-stream"
    assert browser.get("/mailbox/..%2F..%2Fetc%2Fpasswd").status_code == 404


def test_a_kept_file_is_given_to_those_who_may_see_what_it_belongs_to(
    night: Night, visit: Callable[..., Any]
) -> None:
    with night.store.write() as conn:
        open_one = files.keep(conn, "通知书.pdf", "application/pdf", b"%PDF-1", night.now)
        secret = files.keep(conn, "举报.pdf", "application/pdf", b"%PDF-2", night.now)
        stray = files.keep(conn, "无主.pdf", "application/pdf", b"%PDF-3", night.now)
    plain: dict[str, Any] = {"at": night.now, "facts": {}}
    night.put(
        "paper", kind="notice", noun="notice", subject_id=night.made["drafted"], pdf_id=open_one, **plain
    )
    night.put(
        "attachment",
        noun="incident",
        subject_id=night.made["restricted"],
        file_id=secret,
        at=night.now,
        by="x",
    )
    browser = visit("duty")
    got = browser.get(f"/files/{open_one}")
    assert got.content == b"%PDF-1" and got.headers["content-disposition"].startswith("attachment")
    shown = browser.get(f"/files/{open_one}?show=1")
    assert shown.headers["content-disposition"].startswith("inline")
    assert browser.get(f"/files/{secret}").status_code == 404 == browser.get(f"/files/{stray}").status_code
    assert visit("restricted").get(f"/files/{secret}").content == b"%PDF-2"


class _Request:
    """As much of a request as the stream asks for."""

    def __init__(self) -> None:
        self.gone = False

    async def is_disconnected(self) -> bool:
        """Whether the browser has left."""
        return self.gone


def test_the_stream_says_that_something_changed_and_ends_when_the_server_does(
    night: Night, night_clock: MovedClock, monkeypatch: Any
) -> None:
    monkeypatch.setattr(live, "LOOK_EVERY", 0.01)
    closing: list[bool] = []
    table = desk(night.store, night_clock, closing=lambda: bool(closing))

    async def scene() -> list[str]:
        stream = live._events(_Request(), table, "", live.Watch())  # type: ignore[arg-type]
        heard = [await anext(stream)]
        night.put("history", noun="incident", subject_id=1, at=night.now, who="x", event="remark")
        heard.append(await anext(stream))
        closing.append(True)
        return [*heard, *[line async for line in stream]]

    heard = asyncio.run(scene())
    assert heard == ["retry: 5000\n\n", "event: change\ndata: \n\n"]


def test_the_stream_tells_an_expired_session_to_leave(
    night: Night, night_clock: MovedClock, monkeypatch: Any
) -> None:
    monkeypatch.setattr(live, "LOOK_EVERY", 0.01)
    monkeypatch.setattr(live, "COMMENT_EVERY", 0.0)

    async def scene() -> list[str]:
        stream = live._events(_Request(), desk(night.store, night_clock), "no-such", live.Watch())  # type: ignore[arg-type]
        return [line async for line in stream]

    assert asyncio.run(scene())[-1] == "event: expired\ndata: \n\n"
