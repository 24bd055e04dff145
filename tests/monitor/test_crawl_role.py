"""A visit by the role's own code: a real site on loopback, the archive and the source's row after it."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from monitor import crawl_role
from monitor.clock import system_clock
from monitor.crawl_role import once
from monitor.daemon import BEGIN_ANEW
from monitor.premises import in_force, store_of
from monitor.settings import write_folder
from monitor.store import schema, sources
from monitor.store.engine import Store
from monitor.wiring import apply

FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>新华论坛</title>
<item><title>联盟街道停水三天</title><link>{base}/1.html</link>
<pubDate>Mon, 23 Nov 2026 01:00:00 GMT</pubDate></item>
</channel></rss>"""
ARTICLE = """<html><head><meta charset="utf-8"><title>联盟街道停水三天</title></head><body>
<h1>联盟街道停水三天</h1>
<p>2026-11-23 09:00 来源：新华论坛</p>
<p>石家庄新华区联盟街道某小区已经连续停水三天，居民多次反映没有人管。</p>
<p>物业表示正在联系供水部门，恢复时间尚不确定，老人和孩子用水困难。</p></body></html>"""


class Site(ThreadingHTTPServer):
    """A feed and one article; `status` breaks the feed."""

    status = 200
    asked: list[str]

    @property
    def base(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_port}"


class Answer(BaseHTTPRequestHandler):
    """What the site says."""

    server: Site

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        feed = self.path == "/rss.xml"
        status = 404 if self.path == "/robots.txt" else self.server.status if feed else 200
        body = (FEED.format(base=self.server.base) if feed else ARTICLE).encode()
        self.send_response(status)
        self.send_header("content-type", "application/rss+xml" if feed else "text/html; charset=utf-8")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site(("127.0.0.1", 0), Answer)
    server.asked = []
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def folder(tmp_path: Path, site: Site) -> Path:
    source = (
        "sources:\n  - {id: bbs, name: 新华论坛, kind: feed, purpose: 听, legal_ground: 职责, gap: 0,\n"
        f"     url: '{site.base}/rss.xml', allow_private: [127.0.0.0/8]}}\n"
    )
    station = "office: {name: 新华区政府办}\njurisdiction: {code: 130105}\n"
    write_folder(tmp_path / "s", {"station.yaml": station, "sources.yaml": source})
    return tmp_path / "s"


def visit(store: Store, folder: Path) -> str:
    [told] = asyncio.run(once(store, folder, in_force(store), system_clock))
    return str(told["status"])


def test_a_page_is_brought_home_once_and_a_broken_source_is_told(folder: Path, site: Site) -> None:
    store = store_of(folder)
    apply(store, folder, "test", "", system_clock())
    assert visit(store, folder) == "ok"
    assert visit(store, folder) in ("ok", "unchanged")
    assert site.asked.count("/1.html") == 1
    with store.read() as conn:
        [page] = conn.execute(schema.document.select()).all()
        state = conn.execute(schema.source_state.select()).one()
    assert (page.title, page.source) == ("联盟街道停水三天", "bbs")
    assert "没有人管" in page.text
    assert (state.failures, state.lease_owner) == (0, None)

    site.status = 500
    assert [visit(store, folder) for _ in range(3)] == ["failed"] * 3
    with store.read() as conn:
        [fault] = conn.execute(schema.fault.select()).all()
        state = conn.execute(schema.source_state.select()).one()
    assert (fault.kind, fault.subject, state.failures) == ("source", "bbs", 3)
    assert state.next_at > state.last_failure_at
    store.close()


def test_a_site_that_refuses_is_told_in_the_console_and_left_alone_until_a_person_looked(
    folder: Path, site: Site
) -> None:
    store = store_of(folder)
    apply(store, folder, "test", "", system_clock())
    site.status = 403
    assert visit(store, folder) == "blocked"
    later = system_clock() + timedelta(days=30)
    with store.write() as conn:
        state = conn.execute(schema.source_state.select()).one()
        [fault] = conn.execute(schema.fault.select()).all()
        assert state.blocked and state.reason == "站点拒绝访问（HTTP 403）"
        assert fault.text == "信源“新华论坛”已停止采集：站点拒绝访问（HTTP 403）"
        assert not sources.any_due(conn, ["bbs"], later), "however long it waits"
        sources.look_now(conn, "bbs", system_clock())
        assert sources.any_due(conn, ["bbs"], later)
    site.status = 200
    assert visit(store, folder) == "ok"
    with store.read() as conn:
        assert not conn.execute(schema.source_state.select()).one().blocked
        assert conn.execute(schema.fault.select()).one().closed_at is not None
    store.close()


def test_a_role_that_has_grown_too_big_ends_between_visits_and_asks_to_begin_anew(
    folder: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_of(folder)
    apply(store, folder, "test", "", system_clock())

    def resident() -> float:
        """It grows while the page is on its way."""
        return 400.0 if "/1.html" in site.asked else 90.0

    monkeypatch.setattr(crawl_role, "resident_mb", resident)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    assert crawl_role.run(folder) == BEGIN_ANEW
    with store.read() as conn:
        [page] = conn.execute(schema.document.select()).all()
        state = conn.execute(schema.source_state.select()).one()
    assert page.title == "联盟街道停水三天", "the visit under way was finished"
    assert state.lease_owner is None and state.last_success_at is not None
    store.close()
