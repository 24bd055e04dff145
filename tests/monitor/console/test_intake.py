"""A superior platform pushes over real HTTP: what is taken, what is told back, what is refused."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from sqlalchemy import func, select

from monitor.clock import Clock
from monitor.collecting import prepare
from monitor.console.app import assemble
from monitor.console.desk import Desk
from monitor.console.pages import intake as door
from monitor.domain.sealed import open_phone
from monitor.settings import parse
from monitor.settings.secrets import write_private
from monitor.store import audit, schema
from monitor.store.engine import Store
from tests.conftest import MovedClock
from tests.fakes.console import ROSTER, STATION

TOKEN = "a-token-of-thirty-two-letters-01"
KEY = b"k" * 32
SOURCES = """
sources:
  - {id: platform, name: 省级平台推送, kind: webhook, format: records, secret: "file:platform.token",
     purpose: 接收上级平台推送, legal_ground: 个人信息保护法第十三条, covers: 省级平台}
  - {id: unready, name: 没有令牌的推送, kind: webhook, secret: NOT_SET_ANYWHERE,
     purpose: 接收上级平台推送, legal_ground: 个人信息保护法第十三条}
"""
RECORD = {
    "title": "东关农贸市场燃气泄漏",
    "text": "现场疏散，联系人手机13812345678。",
    "url": "https://news.example/1",
    "media": "云州新闻网",
    "published_at": "2026-11-23T02:50:00+08:00",
}


@pytest.fixture
def push(sqlite_store: Store, night_clock: MovedClock, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """`push("pages", RECORD)`: posted with the right token to a real server."""
    write_private(tmp_path / "platform.token", TOKEN)
    station = parse({"station.yaml": STATION, "roster.yaml": ROSTER, "sources.yaml": SOURCES})
    clock: Clock = night_clock
    app = assemble(Desk(sqlite_store, lambda: station, clock, key=KEY, folder=tmp_path))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]

    def post(where: str, content: Any, token: str = TOKEN, **headers: str) -> httpx.Response:
        body = {"content": content} if isinstance(content, bytes) else {"json": content}
        said = {"content-type": "application/json", "authorization": f"Bearer {token}", **headers}
        return httpx.post(f"http://127.0.0.1:{port}/api/v1/{where}", headers=said, timeout=20, **body)

    yield post
    server.should_exit = True
    thread.join(10)


def rows(store: Store, table: Any) -> list[Any]:
    """All rows of a table."""
    with store.read() as conn:
        return list(conn.execute(select(table)))


def test_a_page_is_archived_once_however_often_it_is_pushed(push: Any, sqlite_store: Store) -> None:
    first, again = push("pages", RECORD), push("pages", [RECORD])
    assert first.status_code == 200 and first.json()["new"] == 1
    assert again.json() == {"received": 1, "new": 0, "changed": 0, "seen": 1, "faults": []}
    (document,) = rows(sqlite_store, schema.document)
    assert document.source == "platform" and document.media == "云州新闻网" and document.kind == "article"
    assert "13812345678" not in document.text and document.published_at is not None
    with sqlite_store.read() as conn:
        told = conn.execute(select(schema.audit).where(schema.audit.c.action == "pages-pushed")).all()
        assert [row.who for row in told] == ["api:platform"] * 2 and audit.first_broken(conn) is None


def test_a_delivery_is_known_to_the_one_who_watches_for_silence(
    push: Any, sqlite_store: Store, night_clock: MovedClock
) -> None:
    station = parse({"station.yaml": STATION, "roster.yaml": ROSTER, "sources.yaml": SOURCES})
    with sqlite_store.write() as conn:
        prepare(conn, station, night_clock())
    push("pages", RECORD)
    night_clock.forward(minutes=30)
    push("pages", RECORD)
    state = next(row for row in rows(sqlite_store, schema.source_state) if row.source == "platform")
    assert state.last_success_at == night_clock()
    assert state.last_new_at == night_clock() - timedelta(minutes=30)
    assert state.memory["health"]["last_new"] and sum(state.memory["profile"]["watched"]) > 0
    assert state.next_at > night_clock() + timedelta(days=300), "nobody is to visit it"


def test_one_bad_record_is_named_and_the_others_are_taken(push: Any, sqlite_store: Store) -> None:
    answer = push("pages", [RECORD, {"url": "https://news.example/2"}, "x"])
    assert answer.status_code == 200 and answer.json()["new"] == 1
    assert answer.json()["faults"] == [
        {"record": 2, "message": "没有标题（title）也没有正文（text）"},
        {"record": 3, "message": "应为 JSON 对象"},
    ]
    assert push("pages", ["x"]).status_code == 422 and len(rows(sqlite_store, schema.document)) == 1


def test_many_records_leave_one_line_in_the_audit(push: Any, sqlite_store: Store) -> None:
    lines = "\n".join(f'{{"title": "第{n}条", "url": "https://news.example/{n}"}}' for n in range(45))
    answer = push("pages", lines.encode(), **{"content-type": "application/x-ndjson"})
    assert answer.json()["new"] == 45
    assert sum(row.action == "pages-pushed" for row in rows(sqlite_store, schema.audit)) == 1


def test_a_lead_keeps_its_number_sealed_and_its_mark(push: Any, sqlite_store: Store) -> None:
    lead = {"title": "地面塌陷", "text": "北门塌陷", "place": "东关街道", "phone": "13812345678", "id": "W-1"}
    assert push("leads", {**lead, "sudden": True, "channel": "12345"}).json()["new"] == 1
    assert push("leads", {**lead, "sudden": True}).json()["seen"] == 1
    (row,) = rows(sqlite_store, schema.lead)
    assert row.channel == "12345" and row.sudden and row.order_number == "W-1"
    assert open_phone(KEY, row.phone_sealed) == "13812345678"
    (document,) = rows(sqlite_store, schema.document)
    assert document.kind == "lead" and "138" not in str(document.extra) + document.text


def test_without_the_right_token_nothing_is_taken(push: Any, sqlite_store: Store) -> None:
    for token in ("x", "wrong", TOKEN + "x", TOKEN.upper()):
        answer = push("pages", RECORD, token)
        assert answer.status_code == 401 and answer.json()["error"]["code"] == "token"
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert not rows(sqlite_store, schema.document)
    assert sum(row.action == "push-refused" and not row.ok for row in rows(sqlite_store, schema.audit)) == 4


def test_guessing_is_slowed_down_even_for_the_right_token(push: Any, night_clock: MovedClock) -> None:
    for _ in range(door.WRONG_PER_MINUTE):
        push("pages", RECORD, "wrong")
    answer = push("pages", RECORD)
    assert answer.status_code == 429 and int(answer.headers["retry-after"]) > 0
    night_clock.forward(minutes=2)
    assert push("pages", RECORD).status_code == 200


def test_too_often_too_much_and_not_json_are_told_apart(push: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert push("pages", b"title=x", **{"content-type": "text/plain"}).status_code == 415
    broken = push("pages", b'{"title": "a"}\n{"title": ')
    assert broken.status_code == 400 and broken.json()["error"]["line"] == 2
    assert push("pages", b"\xff\xfe").json()["error"]["message"] == "内容应为 UTF-8 编码的 JSON"
    assert push("pages", b"[" * 100_000).status_code == 400
    many = [{"title": str(n)} for n in range(501)]
    assert "一次最多 500 条" in push("pages", many).json()["error"]["message"]
    monkeypatch.setattr(door, "LARGEST", 1000)
    assert push("pages", b" " * 1001).status_code == 413
    monkeypatch.setattr(door, "PER_MINUTE", 5)
    answer = push("pages", RECORD)
    assert answer.status_code == 429 and "每分钟最多" in answer.json()["error"]["message"]


def test_a_wrong_address_or_method_is_answered_in_json(push: Any, sqlite_store: Store) -> None:
    assert push("nothing", RECORD).json()["error"]["code"] == "address"
    with sqlite_store.read() as conn:
        assert conn.scalar(select(func.count()).select_from(schema.document)) == 0
