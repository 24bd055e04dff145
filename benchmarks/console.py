"""How long the duty officer waits for a page: p95 over real HTTP, a month's archive behind it.

20,000 documents, 400 incidents (one of them with 5,000 documents), 40 sources with a day of visits; the
pages an officer opens in turn, logged in, over loopback to uvicorn in the same process. The figure is the
95th percentile over all requests after one warm round; `main` prints it, `by_page` gives each page's.
"""

from __future__ import annotations

import re
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import uvicorn

from monitor.clock import system_clock
from monitor.console import auth
from monitor.console.app import assemble
from monitor.console.desk import Desk
from monitor.settings import Station, parse
from monitor.store import schema, users
from monitor.store.engine import Store, open_store
from monitor.store.migrations import upgrade

TARGET = 150
ROUNDS = 20
DOCUMENTS, BIG, INCIDENTS, SOURCES = 20_000, 5_000, 400, 40
PASSWORD = "Bench-mark-2026"
PAGES = (
    "/",
    "/incidents",
    "/incidents?group=all&page=5",
    "/incidents/1",
    "/incidents/7",
    "/sources",
    "/status",
)
TEXT = "东关农贸市场东门内一处商铺发生燃气泄漏，商户正在往外走，消防车已到场。" * 8


def main() -> None:
    """Print the one line."""
    waits = [wait for waits in by_page().values() for wait in waits]
    print(f"console {_p95(waits):.0f} ms target {TARGET}")


def by_page() -> dict[str, list[float]]:
    """The waits of each page in milliseconds, `ROUNDS` of each after one that is not counted."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(str(Path(folder) / "bench.db"))
        upgrade(store)
        _fill(store, datetime.now(UTC))
        with _served(store) as client:
            for page in PAGES:
                client.get(page).raise_for_status()
            found = {page: [_wait(client, page) for _ in range(ROUNDS)] for page in PAGES}
        store.close()
    return found


def _wait(client: httpx.Client, page: str) -> float:
    started = time.perf_counter()
    client.get(page).raise_for_status()
    return (time.perf_counter() - started) * 1000


def _p95(waits: list[float]) -> float:
    return statistics.quantiles(waits, n=20)[-1]


@contextmanager
def _served(store: Store) -> Iterator[httpx.Client]:
    station = _station()
    app = assemble(Desk(store, lambda: station, system_clock))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    # by port, as the console role does it: asyncio turns Nagle's delay off only for sockets of its own making
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{port}"
    with httpx.Client(base_url=address, trust_env=False, timeout=30, follow_redirects=True) as client:
        _log_in(client)
        yield client
    server.should_exit = True
    thread.join(10)


def _log_in(client: httpx.Client) -> None:
    for _ in range(100):
        try:
            page = client.get("/login").text
            break
        except httpx.ConnectError:
            time.sleep(0.1)
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    client.post("/login", data={"login": "bench", "password": PASSWORD, "token": token[1]}).raise_for_status()


def _station() -> Station:
    entries = "\n".join(
        f"  - {{id: s{n}, name: 信源{n}, kind: feed, url: 'https://s{n}.test/', checked: 2026-11-01,"
        " purpose: 监测公共事件, legal_ground: 个人信息保护法第十三条}"
        for n in range(SOURCES)
    )
    office = 'office: {name: 青石区人民政府办公室}\njurisdiction: {code: "130105"}\n'
    return parse({"station.yaml": office, "sources.yaml": f"sources:\n{entries}"})


def _fill(store: Store, now: datetime) -> None:
    month = timedelta(days=30)
    with store.write(durable=False) as conn:
        number = users.add(conn, "bench", "测试员", auth.hash_password(PASSWORD), ("duty", "chief"), now)
        users.set_password(conn, number, auth.hash_password(PASSWORD), must_change=False)
        conn.execute(
            schema.incident.insert(), [_incident(n, now - month * (n / INCIDENTS)) for n in range(INCIDENTS)]
        )
        conn.execute(
            schema.document.insert(), [_document(n, now - month * (n / DOCUMENTS)) for n in range(DOCUMENTS)]
        )
        conn.execute(schema.verdict.insert(), [_verdict(n + 1, now) for n in range(DOCUMENTS)])
        members = [_member(n, now) for n in range(DOCUMENTS // 2)]
        conn.execute(schema.incident_document.insert(), members)
        visits = [_visit(f"s{n}", now - timedelta(minutes=5 * m)) for n in range(SOURCES) for m in range(288)]
        conn.execute(schema.visit.insert(), visits)
        states = [{"source": f"s{n}", "next_at": now, "last_success_at": now} for n in range(SOURCES)]
        conn.execute(schema.source_state.insert(), states)


def _incident(number: int, at: datetime) -> dict[str, object]:
    return {
        "title": f"第{number}件事",
        "state": "found" if number < 6 else "warned" if number % 4 else "closed",
        "level_suggested": 2 + number % 3,
        "level_confirmed": None if number < 6 else 3,
        "level_why": ["命中规则"],
        "units": [],
        "topic": str(number % 21),
        "topic_name": f"主题{number % 21}",
        "detected_at": at,
        "posted_at": at,
        "updated_at": at,
        "documents": BIG if number == 0 else 12,
        "media": 7,
    }


def _document(number: int, at: datetime) -> dict[str, object]:
    key = f"{number:064}"
    return {
        "source": f"s{number % SOURCES}",
        "url": f"https://s.test/{number}",
        "url_key": key,
        "digest": key,
        "title": f"东关农贸市场燃气泄漏 {number}",
        "text": TEXT,
        "kind": "article",
        "media": f"媒体{number % 9}",
        "fetched_at": at,
        "published_at": at,
        "archived_at": at,
        "judged_at": at,
        "gathered_at": at,
    }


def _verdict(document: int, now: datetime) -> dict[str, object]:
    hits = [{"field": "text", "start": 13 + 35 * n, "end": 17 + 35 * n, "text": "燃气泄漏"} for n in range(8)]
    body = {
        "topics": [{"id": "1", "name": "安全生产", "hits": hits}],
        "why": ["命中“燃气泄漏”"],
        "in_place": "yes",
    }
    return {
        "document_id": document,
        "ruleset": "b" * 64,
        "at": now,
        "flag": True,
        "in_place": "yes",
        "incident": True,
        "level": 3,
        "official_response": False,
        "body": body,
    }


def _member(number: int, at: datetime) -> dict[str, object]:
    incident = 1 if number < BIG else 2 + number % (INCIDENTS - 1)
    original = number - number % 10 + 1 if number % 10 else None
    return {
        "document_id": number + 1,
        "incident_id": incident,
        "at": at,
        "by": "rules",
        "duplicate_of": original,
    }


def _visit(source: str, at: datetime) -> dict[str, object]:
    return {"source": source, "at": at, "status": "ok", "new_pages": 1}


if __name__ == "__main__":
    if sys.argv[1:] == ["pages"]:
        for address, waits in by_page().items():
            print(f"{address:40} median {statistics.median(waits):6.1f} ms  p95 {_p95(waits):6.1f} ms")
    else:
        main()
