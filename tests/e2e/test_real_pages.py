"""The whole way on real input: saved pages and hot-list snapshots, for 杭州, to one mail an incident."""

from __future__ import annotations

import json
import mailbox
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from monitor.demo.post import open_post_office
from monitor.store.engine import Store, open_store
from monitor.store.schema import alert, delivery, document, incident, incident_document, verdict
from tests.fakes.saved_web import SavedWeb

SNAPSHOTS = 14
SOURCES = """
sources:
  - {{id: pages, name: 各地网站, kind: listing, url: "{url}/", gap: 0, allow_private: [127.0.0.0/8],
     purpose: 端到端测试, legal_ground: 测试, selectors: {{links: "ul.list a"}}, limits: {{pages: 60}}}}
  - {{id: hot, name: 各平台热榜, kind: hotlist, format: text, url: "{url}/hot.txt", gap: 0,
     allow_private: [127.0.0.0/8], purpose: 端到端测试, legal_ground: 测试, limits: {{pages: 2000}}}}
"""
ROSTER = """
people:
  - {id: lin, name: 林值班, contacts: {mail: lin@station.test}}
shifts:
  - {name: 全天, start: "08:00", until: "08:00", officers: [lin]}
"""


def caifeng(*words: str) -> None:
    command = [sys.executable, "-m", "monitor.cli", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stdout + done.stderr


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def snapshots(folder: Path) -> list[Path]:
    """Of five days the first of each, and those around the one that tells of an explosion in 杭州."""
    files = sorted(folder.glob("*.txt"))
    telling = [n for n, f in enumerate(files) if "杭州一女子用高压锅" in f.read_text("utf-8", "replace")]
    wanted = {*range(0, len(files), len(files) // 8), *(n + d for n in telling for d in (-1, 0, 1))}
    return [files[n] for n in sorted(wanted) if 0 <= n < len(files)][:SNAPSHOTS]


@pytest.fixture
def station(tmp_path: Path) -> tuple[Path, int]:
    folder, port = tmp_path / "station", free_port()
    caifeng("init", str(folder), "--region", "330100")
    text = (folder / "station.yaml").read_text("utf-8")
    server = f"kind: mail, host: 127.0.0.1, port: {port}, security: none, sender: caifeng@station.test"
    mail = f"channels:\n  mail: {{{server}}}"
    (folder / "station.yaml").write_text(text.replace("channels: {}", mail), "utf-8")
    (folder / "roster.yaml").write_text(ROSTER, "utf-8")
    return folder, port


def wait_until_quiet(store: Store, seconds: float) -> None:
    """Until nothing waits to be judged, gathered or sent."""
    until = time.monotonic() + seconds
    told = select(alert.c.incident_id).where(alert.c.step > 0)
    waiting = (
        select(func.count()).select_from(document).where(document.c.gathered_at.is_(None)),
        select(func.count()).select_from(delivery).where(delivery.c.state == "queued"),
        select(func.count()).select_from(incident).where(incident.c.id.not_in(told)),
    )
    while time.monotonic() < until:
        with store.read() as conn:
            if not any(conn.scalar(query) for query in waiting):
                return
        time.sleep(0.5)  # another process works; there is nothing to be told by
    pytest.fail("the work role did not finish in time")


def test_from_real_pages_to_one_mail_an_incident(
    shared_data: Path, station: tuple[Path, int], tmp_path: Path
) -> None:
    folder, port = station
    gold = [
        json.loads(line) for line in (shared_data / "pages" / "gold.jsonl").read_text("utf-8").splitlines()
    ]
    titles = {row["file"]: row["title"] for row in gold}
    shown = snapshots(shared_data / "stream")
    pages = [shared_data / "pages" / name for name in titles]
    post = open_post_office(tmp_path / "mailbox", port)
    with SavedWeb(pages, titles, shown) as web:
        (folder / "sources.yaml").write_text(SOURCES.format(url=web.url), "utf-8")
        caifeng("crawl", "--station", str(folder))
        for _ in range(len(shown) - 1):
            caifeng("crawl", "--station", str(folder), "--source", "hot")
        caifeng("crawl", "--station", str(folder), "--source", "pages")
        fetched = Counter(path for path in web.asked if path.startswith("/p/"))
    assert set(fetched) == {f"/p/{name}" for name in titles}
    assert max(fetched.values()) == 1, "an unchanged article is never fetched twice"

    store = open_store(str(folder / "var" / "caifeng.db"))
    environ = {**os.environ, "CAIFENG_LOG": "warning"}
    work = subprocess.Popen(
        [sys.executable, "-m", "monitor.cli", "run", str(folder), "--role", "work"], env=environ
    )
    try:
        wait_until_quiet(store, 120)
    finally:
        work.send_signal(signal.SIGTERM)
        assert work.wait(15) == 0
        post.stop()

    with store.read() as conn:
        rows = conn.execute(select(document.c.source, document.c.url_key, document.c.title)).all()
        judged = conn.execute(select(verdict.c.flag, verdict.c.body)).all()
        found = conn.execute(select(incident.c.id, incident.c.title)).all()
        flagged = set(conn.scalars(select(verdict.c.document_id).where(verdict.c.flag)))
        placed = set(conn.scalars(select(incident_document.c.document_id)))
        rounds = Counter(conn.scalars(select(alert.c.incident_id)))
        sent = conn.execute(select(delivery.c.message_id, delivery.c.state)).all()
    store.close()

    assert len({row.url_key for row in rows}) == len(rows)
    assert sum(row.source == "pages" for row in rows) == len(titles)
    assert sum(row.source == "hot" for row in rows) > 300
    assert len(judged) == len(rows)
    assert all(row.body["why"] for row in judged)
    assert found, "the explosion of the pressure cooker was not seen"
    assert any("高压锅" in row.title for row in found)
    assert flagged <= placed
    assert {row.state for row in sent} == {"sent"}
    letters = {letter["Message-ID"] for letter in mailbox.Maildir(tmp_path / "mailbox")}
    assert letters == {row.message_id for row in sent}
    assert rounds == Counter(row.id for row in found), "each incident is told once"
    assert 1 <= len(letters) <= len(found), "one mail an incident at the most; several at once are bundled"
