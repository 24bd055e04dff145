"""A call to the duty desk, taken down at night."""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from monitor.console.link_reader import reader_of
from monitor.domain.sealed import open_phone
from monitor.stages import archive, pasting
from monitor.store import schema
from spiders.finish import finished
from spiders.kinds import files
from spiders.kinds.shape import Answer, Fetch
from spiders.source import Source
from tests.fakes.console import Night, quiet_station

MATTER = "东关农贸市场北门地面塌陷，一辆车掉进去了。报警人李某手机13812345678。"


def test_a_lead_is_archived_like_a_page_with_personal_data_masked(
    night: Night, visit: Callable[..., Any]
) -> None:
    browser = visit("duty")
    browser.act(
        "/leads", channel="hotline", matter=MATTER, place="东关街道", phone="138 1234 5678", unit="市场"
    )
    with night.store.read() as conn:
        lead = conn.execute(select(schema.lead)).one()
        document = conn.execute(select(schema.document).where(schema.document.c.id == lead.document_id)).one()
    assert document.kind == "lead" and document.media == "区长公开电话" and document.judged_at is None
    assert document.title == "东关农贸市场北门地面塌陷，一辆车掉进去了"
    assert "12345678" not in document.text + lead.matter and "138****5678" in document.text
    assert open_phone(b"k" * 32, lead.phone_sealed) == "138 1234 5678"
    page = browser.get("/leads").text
    assert "地面塌陷" in page and "回访电话 138****5678" in page and "1234 5678" not in page
    assert lead.entered_by == "duty" and lead.incident_id is None


def test_what_the_officer_marks_as_sudden_is_an_incident_at_once_and_watched(
    night: Night, visit: Callable[..., Any]
) -> None:
    browser = visit("duty")
    answer = browser.act("/leads", channel="duty", matter=MATTER, place="东关农贸市场", sudden="1")
    number = int(answer.headers["location"].rsplit("/", 1)[1])
    page = browser.get(f"/incidents/{number}").text
    assert "标记为突发重大" in page and "建议Ⅱ级" in page and "专题监测已启动" in page
    with night.store.read() as conn:
        watch = conn.execute(select(schema.watch)).one()
        lead = conn.execute(select(schema.lead)).one()
    assert watch.incident_id == number == lead.incident_id and "东关农贸市场" in watch.words["places"]


def test_an_empty_lead_and_an_unknown_channel_are_refused_with_a_reason(
    night: Night, visit: Callable[..., Any]
) -> None:
    browser = visit("duty")
    browser.act("/leads", channel="duty", matter="   ")
    assert "请写明反映的事项" in browser.get("/leads").text
    browser.act("/leads", channel="rumour", matter="x")
    assert "没有这种线索来源" in browser.get("/leads").text
    assert visit("leader").act("/leads", channel="duty", matter="x").status_code == 403


def test_the_number_is_shown_once_to_one_who_says_why(night: Night, visit: Callable[..., Any]) -> None:
    browser = visit("duty")
    browser.act("/leads", channel="hotline", matter=MATTER, phone="138 1234 5678")
    assert "13812345678" not in browser.act("/leads/1/call-back", why=" ").text
    assert "请写明回拨事由" in browser.get("/leads").text
    shown = browser.act("/leads/1/call-back", why="核实现场情况")
    assert shown.status_code == 200 and "138 1234 5678" in shown.text
    assert shown.headers["cache-control"] == "no-store"
    with night.store.read() as conn:
        rows = conn.execute(select(schema.audit).where(schema.audit.c.action == "lead-called-back")).all()
    assert [(row.who, row.subject, row.detail) for row in rows] == [
        ("duty", "lead:1", {"why": "核实现场情况"})
    ]
    assert visit("leader").act("/leads/1/call-back", why="想看").status_code == 403
    assert browser.act("/leads/9/call-back", why="x").status_code == 404


def test_imported_orders_are_seen_and_narrowed_by_where_they_came_from(
    night: Night, visit: Callable[..., Any]
) -> None:
    table = "工单号,标题,诉求内容,联系电话\nQ-1,路灯不亮,石桥街道路灯不亮,13900000000\n".encode()
    read = files.read(
        Source(id="import", name="导入", kind="files", enabled=False),
        Answer(Fetch("x"), "x", table, night.now),
    )
    archive.keep(night.store, b"k" * 32, [finished(page) for page in read.pages], night.now)
    browser = visit("duty")
    browser.act("/leads", channel="hotline", matter="另一件事")
    page = browser.get("/leads?channel=12345").text
    assert "路灯不亮" in page and "工单 Q-1" in page and "139****0000" in page and "另一件事" not in page


def test_a_pasted_text_with_a_screenshot_becomes_a_lead_with_its_picture(
    night: Night, visit: Callable[..., Any]
) -> None:
    browser = visit("duty")
    answer = upload(browser, "群里转来：滨河路有人聚集，手机13812345678", PNG)
    assert answer.status_code == 303 and "已录入 1 条" in browser.get("/leads").text
    page = browser.get("/leads").text
    assert "滨河路有人聚集" in page and "同事转来" in page and "12345678" not in page
    address = re.search(r"/files/\d+\?show=1", page)
    assert address and browser.get(address[0]).content == PNG
    upload(browser, "群里转来：滨河路有人聚集，手机13812345678", None)
    assert "未重复录入" in browser.get("/leads").text


def test_what_is_no_picture_and_what_is_empty_is_refused(night: Night, visit: Callable[..., Any]) -> None:
    browser = visit("duty")
    for text, picture, said in (("", None, "请粘贴链接或文字"), ("x", b"MZ" + b"0" * 50, "内容与扩展名不符")):
        upload(browser, text, picture)
        assert said in browser.get("/leads").text
    with night.store.read() as conn:
        assert not conn.execute(select(schema.lead)).all()


def test_a_pasted_link_is_read_and_archived_once(night: Night, visit: Callable[..., Any], site: str) -> None:
    """The page is on loopback: refused as any private address, until the source allows it."""
    browser = visit("duty")
    upload(browser, f"看看这个 {site}/a.html", None)
    assert "链接未能读取" in browser.get("/leads").text
    own = pasting.OWN.model_copy(update={"allow_private": ("127.0.0.0/8",), "gap": 0.0})
    pages, trouble = reader_of(quiet_station(), night.store)(own, f"{site}/a.html")
    assert not trouble and pages[0].title == "滨河路积水已排除" and pages[0].kind == "article"
    with night.store.read() as conn:
        [asked] = conn.execute(select(schema.site)).all()
    assert site.endswith(asked.host) and asked.held_by is None, "it stood in the crawl role's line"


PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def upload(browser: Any, text: str, picture: bytes | None) -> Any:
    """Send the paste form."""
    token = re.search(r'name="csrf" value="([^"]+)"', browser.get("/leads").text)
    assert token
    more = {"files": {"picture": ("截图.png", picture, "image/png")}} if picture is not None else {}
    data = {"csrf": token[1], "text": text}
    return browser.post("/leads/paste", data=data, follow_redirects=False, **more)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """A site with one article, over real HTTP."""
    line = "<p>11月23日，滨河路积水第{}处已由市政人员排除，道路恢复通行，居民出行正常。</p>"
    body = "<h1>滨河路积水已排除</h1>" + "".join(map(line.format, range(6)))
    html = f"<html><head><title>滨河路积水已排除</title></head><body>{body}</body></html>"
    (tmp_path / "a.html").write_text(html, encoding="utf-8")
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
