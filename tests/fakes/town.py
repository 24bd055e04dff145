"""A few rows as judging and gathering would leave them, in the demo station: for the papers' scenarios."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any, cast

from monitor.settings import Station, parse, read_folder
from monitor.stages import House
from monitor.store import schema
from monitor.store.engine import Store
from monitor.store.insert import insert

UNITS = [
    {"id": "emergency", "name": "区应急管理局", "role": "lead", "vertical": False},
    {"id": "fire", "name": "区消防救援大队", "role": "assist", "vertical": True},
    {"id": "st-dongguan", "name": "东关街道办事处", "role": "street", "vertical": False},
]
POSTS = [
    (
        "东关农贸市场燃气泄漏爆燃 3人受伤送医",
        "市场内一家熟食店燃气泄漏并爆燃，3人受伤送医，数百人疏散。",
        "云州新闻网",
    ),
    ("东关农贸市场刚才一声巨响", "就在东关农贸市场南门，一声巨响，有人受伤被抬上救护车。", "青石论坛"),
    ("东关农贸市场停气求助", "家住东关农贸市场南侧，停气半天，没有人通知什么时候恢复。", "区长公开电话"),
]


def demo_station() -> Station:
    """The shipped demo station."""
    with resources.as_file(resources.files("monitor.demo").joinpath("station")) as folder:
        return parse(read_folder(Path(folder)))


def town_house(store: Store, folder: Path, station: Station | None = None) -> House:
    """A house whose rules are never asked."""
    nothing = cast(Any, None)
    return House(
        store, station or demo_station(), "test", b"k" * 32, folder, judge=nothing, happenings=nothing
    )


def gas_leak(store: Store, now: datetime, **changes: Any) -> int:
    """The gas leak at the market, found two minutes before `now`, with three documents; its id."""
    with store.write() as conn:
        found = now - timedelta(minutes=2)
        ids = [_document(conn, *post, now - timedelta(minutes=3 - n)) for n, post in enumerate(POSTS)]
        values = {
            "title": POSTS[0][0],
            "state": "found",
            "level_suggested": 3,
            "level_why": ["3人受伤"],
            "topic": "1",
            "topic_name": "安全生产与消防",
            "place": "东关农贸市场",
            "units": UNITS,
            "restricted": False,
            "posted_at": now - timedelta(minutes=3),
            "detected_at": found,
            "updated_at": found,
            "documents": 3,
            "media": 3,
            "heat": 5.0,
            "first_document_id": ids[0],
        }
        incident = insert(conn, schema.incident, {**values, **changes})
        for document in ids:
            row = {"document_id": document, "incident_id": incident, "at": found, "by": "rules", "score": 1.0}
            conn.execute(schema.incident_document.insert().values(**row))
        figures = {"documents": 3, "media": 3, "views": 0, "comments": 12, "reposts": 0, "heat": 5.0}
        insert(conn, schema.spread, {"incident_id": incident, "at": now, **figures})
    return incident


def _document(conn: Any, title: str, text: str, media: str, at: datetime) -> int:
    digest = hashlib.sha256(f"{title}{text}{at.isoformat()}".encode()).hexdigest()
    values = {
        "source": "news",
        "url": f"http://127.0.0.1/{digest[:8]}",
        "url_key": digest,
        "title": title,
        "text": text,
        "kind": "article",
        "media": media,
        "published_at": at,
        "fetched_at": at,
        "archived_at": at,
        "digest": digest,
        "judged_at": at,
        "gathered_at": at,
    }
    return insert(conn, schema.document, values)
