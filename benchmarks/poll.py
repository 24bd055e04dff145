"""Five hundred sources every five minutes in one crawl role, as the daemon runs it: its memory at the most.

`python -m benchmarks.poll [MINUTES]` (4, or 11 with FULL=1, two whole rounds after the first). The role is a
process of its own on a station's SQLite; the sites are ten on loopback with a new article in each feed every
five minutes. How even the pace was and what the extraction processes hold beside it goes to stderr.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from aiohttp import web

from monitor.clock import system_clock
from monitor.premises import store_of
from monitor.settings import write_folder
from monitor.store import schema
from monitor.wiring import apply

SOURCES, SITES, EVERY, TARGET_MB = 500, 10, 300, 250
_SOURCE = """
  - {{id: s{n}, name: 信源{n}, kind: feed, url: 'http://127.0.0.1:{port}/{n}.xml', gap: 0.1,
     purpose: 听, legal_ground: 职责, allow_private: [127.0.0.0/8], cadence: {{every: 300, adaptive: false}}}}
"""
_HEAD = "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>x</title>"
_TEXT = "<p>有关部门已到现场了解情况，后续进展将及时向社会公布。</p>" * 30
_ARTICLE = (
    "<html><head><meta charset=utf-8><title>第{0}号管网检修公告</title></head><body>"
    f"<h1>第{{0}}号管网检修公告</h1><p>2026-11-22 08:30 来源：青石日报</p>{_TEXT}"
)
_ROLE = (
    "import sys; from pathlib import Path; from monitor import crawl_role; crawl_role.run(Path(sys.argv[1]))"
)


def _feed(request: web.Request) -> web.Response:
    now, base = int(time.time() // EVERY), f"http://{request.host}/a/{request.match_info['n']}"
    items = "".join(
        f"<item><title>第{now - back}号供水管网检修公告</title><link>{base}/{now - back}.html</link></item>"
        for back in range(3)
    )
    body = f"{_HEAD}{items}</channel></rss>"
    return web.Response(text=body, content_type="application/rss+xml")


async def _serve(ports: list[int], stop: threading.Event) -> None:
    async def feed(request: web.Request) -> web.Response:
        return _feed(request)

    async def article(request: web.Request) -> web.Response:
        return web.Response(text=_ARTICLE.format(request.path), content_type="text/html")

    app = web.Application()
    app.router.add_get(r"/{n:\d+}.xml", feed)
    app.router.add_get("/a/{rest:.*}", article)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    for _ in range(SITES):
        await web.TCPSite(runner, "127.0.0.1", 0).start()
    ports += [address[1] for address in runner.addresses]
    await asyncio.to_thread(stop.wait)
    await runner.cleanup()


@contextmanager
def _sites() -> Iterator[list[int]]:
    ports: list[int] = []
    stop = threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(_serve(ports, stop)), daemon=True)
    thread.start()
    while len(ports) < SITES:
        time.sleep(0.05)
    yield ports
    stop.set()
    thread.join()


def _station(folder: Path, ports: list[int]) -> None:
    entries = "".join(_SOURCE.format(n=n, port=ports[n % SITES]) for n in range(SOURCES))
    station = "office: {name: 新华区政府办}\njurisdiction: {code: 130105}\n"
    write_folder(folder, {"station.yaml": station, "sources.yaml": f"sources:\n{entries}"})
    store = store_of(folder)
    apply(store, folder, "bench", "", system_clock())
    store.close()


def _mb(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _family(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task").glob("*/children")
    children = [int(child) for path in listed for child in path.read_text().split()]
    return [*children, *(pid for child in children for pid in _family(child))]


def _watched(folder: Path, minutes: float) -> tuple[list[float], float]:
    """The role's resident megabytes every second, and the most its children held together."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    role = subprocess.Popen([sys.executable, "-c", _ROLE, str(folder)], **quiet)
    held, beside, end = [], 0.0, time.monotonic() + minutes * 60
    while time.monotonic() < end and role.poll() is None:
        time.sleep(1)
        try:
            held.append(_mb(role.pid))
            beside = max(beside, sum(map(_mb, _family(role.pid))))
        except (FileNotFoundError, ProcessLookupError):
            continue
    if role.poll() is not None:
        raise SystemExit(f"the role ended with {role.returncode}")
    role.terminate()
    role.wait(30)
    return held, beside


def _paces(folder: Path) -> tuple[int, int, list[float]]:
    """Visits, those that went wrong, and the seconds between two looks at the same source."""
    store = store_of(folder)
    with store.read() as conn:
        rows = conn.execute(schema.visit.select().order_by(schema.visit.c.id)).all()
    store.close()
    looks: dict[str, list[float]] = {}
    for row in rows:
        looks.setdefault(row.source, []).append(row.at.timestamp())
    spans = [later - sooner for times in looks.values() for sooner, later in pairwise(times)]
    return len(rows), sum(row.status not in ("ok", "unchanged") for row in rows), spans


def main() -> None:
    """Run it for the minutes asked."""
    default = 11 if os.environ.get("FULL") else 4
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else default
    with tempfile.TemporaryDirectory() as name, _sites() as ports:
        folder = Path(name)
        _station(folder, ports)
        held, beside = _watched(folder, minutes)
        visits, wrong, spans = _paces(folder)
    pace = f"{statistics.median(spans):.0f}/{sorted(spans)[int(len(spans) * 0.95)]:.0f}" if spans else "-"
    early, late = statistics.median(held[60:120] or held), statistics.median(held[-60:])
    print(
        f"minutes {minutes:g} visits {visits} wrong {wrong} pace median/p95 {pace} s,"
        f" role MB first {early:.0f} last {late:.0f}, extraction processes {beside:.0f} MB",
        file=sys.stderr,
    )
    print(f"poll {max(held):.0f} MB target {TARGET_MB}")


if __name__ == "__main__":
    main()
