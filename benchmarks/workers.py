"""What a second machine brings: judging throughput of two worker processes ÷ one, on a real PostgreSQL.

The judge stage as the daemon runs it, on the evening news of ../shared/data (generated town news where the
data is absent); each batch is claimed, judged and written in one transaction. Processes load their rules
first and begin together; the clock stops when nothing is left. The figure is the median of five pairs.
"""

from __future__ import annotations

import gzip
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

from monitor.domain.document import text_digest, url_key
from monitor.settings import parse
from monitor.store.engine import Store, open_store
from monitor.store.migrations import upgrade
from monitor.store.schema import document, verdict

TARGET = 1.6
DOCUMENTS, PAIRS = 3000, 5
STATION = {"station.yaml": 'office: {name: 新华区政府办}\njurisdiction: {code: "130105"}\n'}


def main() -> None:
    """Print the one line; or, with an address, be one of the workers."""
    if len(sys.argv) > 1:
        _work(sys.argv[1])
        return
    from tests.fakes.postgres import start

    server = start()
    try:
        store = open_store(server.url(server.create()))
        upgrade(store)
        _fill(store)
        pairs = [(_seconds(store, 1), _seconds(store, 2)) for _ in range(PAIRS)]
        store.close()
    finally:
        server.stop()
    print(f"workers {statistics.median(one / two for one, two in pairs):.2f} x target {TARGET}")


def _fill(store: Store) -> None:
    now = datetime.now(UTC)
    rows = []
    for number, (title, text) in enumerate(islice(cycle(_texts()), DOCUMENTS)):
        url = f"https://news.example/{number}"
        rows.append(
            {
                "source": "news", "url": url, "url_key": url_key(url), "title": title, "text": text,
                "kind": "article", "media": "新闻", "fetched_at": now, "archived_at": now,
                "published_at": now, "digest": text_digest(title, text),
            }
        )  # fmt: skip
    with store.write() as conn:
        conn.execute(document.insert(), rows)


def _texts() -> list[tuple[str, str]]:
    path = Path(os.environ.get("CAIFENG_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    news = path / "data" / "news" / "xinwenlianbo.jsonl.gz"
    if news.exists():
        return list(islice(_news(news), 1500))
    story = "新华区联盟街道居民反映停水三天，供水公司已到场抢修，恢复时间待定。"
    return [(f"联盟街道停水第{n}天", story * (5 + n % 20)) for n in range(300)]


def _news(path: Path) -> Iterator[tuple[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield str(row.get("title") or ""), str(row.get("text") or row.get("content") or "")


def _seconds(store: Store, workers: int) -> float:
    with store.write() as conn:
        conn.execute(verdict.delete())
        conn.execute(document.update().values(judged_at=None))
    address = store.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
    command = [sys.executable, "-m", "benchmarks.workers", address]
    pipe = subprocess.PIPE
    running = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(workers)]
    for one in running:
        assert one.stdout is not None
        one.stdout.readline()
    began = time.perf_counter()
    for one in running:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    for one in running:
        one.wait()
    return time.perf_counter() - began


def _work(address: str) -> None:
    from monitor.judging import judge_of
    from monitor.stages import House, judge
    from monitor.stages.happenings import Happenings

    station = parse(STATION)
    happenings = Happenings.of(station)
    house = House(open_store(address), station, "bench", b"k" * 32, Path("."), judge_of(station), happenings)
    house.judge.judge(judge.Text("0", "新华区停水", "联盟街道停水三天"))
    print("ready", flush=True)
    sys.stdin.readline()
    now = datetime.now(UTC)
    while judge.run(house, now).taken:
        pass


if __name__ == "__main__":
    main()
