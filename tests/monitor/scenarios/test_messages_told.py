"""留言办理通报: every lead and every entry of a message board counts once, with its answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from monitor.stages import archive, lead_acts
from monitor.stages.lead_acts import Told
from monitor.stages.message_facts import told_messages
from monitor.store.engine import Store
from spiders.page import Page
from spiders.source import Source
from tests.conftest import MovedClock
from tests.fakes.papers import Office, station

BOARD = Source(id="board", name="领导留言板", kind="files", enabled=False)


def order(office: Office, number: str, unit: str, status: str = "") -> Page:
    """A row of the 12345 table."""
    extra = {"number": number, "channel": "12345", "unit": unit, "category": "供热", "status": status}
    now = office.clock()
    url, text = f"row:{number}", f"工单{number}：暖气不热"
    return Page("import", url, text, text, "lead", now, published_at=now, extra=extra)


def test_each_message_counts_once_and_a_later_status_is_its_answer(
    sqlite_store: Store, tmp_path: Path, clock: MovedClock
) -> None:
    base = station()
    office = Office(
        sqlite_store, clock, tmp_path, base.model_copy(update={"sources": (*base.sources, BOARD)})
    )
    since, key = clock(), b"k" * 32
    rows = [order(office, f"H{n}", "区住建局") for n in range(3)]
    archive.keep(office.store, key, [*rows, order(office, "H9", "区教育局", "未办结")], clock())
    post = Page(
        "board", "https://b.example/1", "路灯不亮", "路灯不亮", "forum", clock(), published_at=clock()
    )
    archive.keep(office.store, key, [post, replace(post, url="https://b.example/2", title="井盖")], clock())
    lead_acts.enter(office.house, Told("mailbox", "公园夜间噪声扰民"), who="lin", now=clock())
    lead_acts.enter(office.house, Told("paste", "同事转来的话"), who="lin", now=clock())
    clock.forward(hours=20)
    answered = replace(rows[0], fetched_at=clock(), extra={**rows[0].extra, "status": "已回复"})
    archive.keep(office.store, key, [answered, answered], clock())
    clock.forward(hours=60)
    late = replace(rows[1], fetched_at=clock(), extra={**rows[1].extra, "status": "已办结"})
    archive.keep(office.store, key, [late], clock())
    with office.store.read() as conn:
        until = clock() + timedelta(hours=1)
        told = told_messages(conn, office.settings, since, until)
        earlier = told_messages(conn, office.settings, since, since + timedelta(hours=30))
    assert (told["received"], told["answered"], told["late"]) == (7, 2, 1)
    assert {c["name"]: c["count"] for c in told["channels"]} == {
        "12345热线": 4,
        "领导信箱": 1,
        "网上留言板": 2,
    }
    assert told["by_unit"][0] == {"unit": "区住建局", "received": 3, "answered": 2, "late": 1}
    assert {"name": "供热", "count": 4} in told["topics"]
    assert earlier["answered"] == 1, "what was answered afterwards is not in an earlier period"
