"""Two crawl roles, two real processes on one PostgreSQL: shared work, one politeness, no loss by a death."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from aiohttp import web
from procrastinate.schema import SchemaManager
from sqlalchemy import func, select, text

from monitor.clock import system_clock
from monitor.settings import write_folder
from monitor.store import jobs, schema, sources
from monitor.store.engine import Store, open_store
from monitor.wiring import apply
from tests.fakes.postgres import Postgres
from tests.spiders.site import Handler, Site, rss, served, story

pytestmark = pytest.mark.postgres
SITES, FEEDS, STORIES, GAP = 4, 2, 2, 0.2
SOURCE = (
    "  - {{id: {id}, name: {id}, kind: feed, url: '{url}', gap: {gap}, allow_private: [127.0.0.0/8],\n"
    "     purpose: 听, legal_ground: 职责, limits: {{timeout: 3}},\n"
    "     cadence: {{every: 3600, adaptive: false}}}}\n"
)
STATION = "office: {name: 新华区政府办}\njurisdiction: {code: 130105}\ncrawl: {concurrency: 2}\n"
# as the daemon starts it, but with a heart that beats faster, that a test may see a death
ROLE = """
import sys
from pathlib import Path
from monitor import crawl_role, fleet
from spiders import fetcher
fleet.BEAT_SECONDS, fleet.STALLED_SECONDS, fetcher._SLACK = 0.3, 6.0, 0.5
fleet.STALLED_EVERY *= 0.05
sys.exit(crawl_role.run(Path(sys.argv[1])))
"""


@pytest.fixture
def address(postgres: Postgres, postgres_template: str) -> Iterator[str]:
    name = postgres.create(postgres_template)
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    opened = open_store(address)
    yield opened
    opened.close()


def paths(feed: int) -> dict[str, str]:
    return {
        f"/news/202611/22/{feed}{n}.html": f"青石区第{feed}号小区{n}号楼停水情况通报" for n in range(STORIES)
    }


def opened_by(gate: threading.Event, body: str) -> Handler:
    """A feed that keeps everybody waiting until the test says so."""

    async def answer(request: web.Request) -> web.StreamResponse:
        await asyncio.to_thread(gate.wait, 60)
        return web.Response(text=body, content_type="application/xml")

    return answer


@contextmanager
def web_of(gate: threading.Event) -> Iterator[list[Site]]:
    """Several sites, each with feeds and their stories."""
    with ExitStack() as stack:
        sites = []
        for _ in range(SITES):
            site = stack.enter_context(served({}))
            for feed in range(FEEDS):
                found = paths(feed)
                site.pages |= {path: story(title) for path, title in found.items()}
                site.pages[f"/{feed}.xml"] = opened_by(gate, rss(found, site.url("")))
            sites.append(site)
        yield sites


def station(folder: Path, sites: list[Site], store: Store) -> Path:
    entries = [
        SOURCE.format(id=f"s{n}-{feed}", url=site.url(f"/{feed}.xml"), gap=GAP)
        for n, site in enumerate(sites)
        for feed in range(FEEDS)
    ]
    write_folder(folder, {"station.yaml": STATION, "sources.yaml": "sources:\n" + "".join(entries)})
    apply(store, folder, "test", "", system_clock())
    return folder


@contextmanager
def role(folder: Path, address: str) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "CAIFENG_DATABASE": address, "CAIFENG_KEY": "11" * 32}
    process = subprocess.Popen([sys.executable, "-c", ROLE, str(folder)], env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(happened: Callable[[], bool], seconds: float = 180) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def archived(store: Store) -> int:
    with store.read() as conn:
        return int(conn.scalar(select(func.count()).select_from(schema.document)) or 0)


def taken(store: Store) -> dict[int, int]:
    """By worker: how many visits it makes now."""
    query = (
        "SELECT worker_id, count(*) FROM procrastinate.procrastinate_jobs WHERE status = 'doing' GROUP BY 1"
    )
    with store.read() as conn:
        return {row[0]: row[1] for row in conn.execute(text(query))}


def test_two_roles_share_the_sites_politely_and_a_death_loses_nothing(
    tmp_path: Path, address: str, store: Store
) -> None:
    gate = threading.Event()
    with web_of(gate) as sites:
        folder = station(tmp_path / "s", sites, store)
        with role(folder, address) as doomed, role(folder, address) as heir:
            # each took what it can carry, and of each site one source only
            until(lambda: sorted(taken(store).values()) == [2, 2])
            until(lambda: all(site.asked[-1:] and site.asked[-1][1].endswith(".xml") for site in sites))
            doomed.kill()
            gate.set()
            until(lambda: archived(store) == SITES * FEEDS * STORIES)
            until(lambda: not taken(store))
            heir.terminate()
            assert heir.wait(30) == 0
        for site in sites:
            assert site.busiest == 1, "never two requests at once"
            times = [at for at, _ in site.asked]
            assert min(later - sooner for sooner, later in pairwise(times)) >= GAP
            assert all(site.count(path) == 1 for feed in range(FEEDS) for path in paths(feed))
    with store.read() as conn:
        rows = sources.listing(conn)
    assert all(row.last_success_at and row.lease_owner is None for row in rows)


def test_a_job_is_written_with_its_row_or_not_at_all(store: Store) -> None:
    now = system_clock()
    with store.write() as conn:
        sources.ensure(conn, ["a", "b"], now)
    with pytest.raises(RuntimeError), store.write() as conn:
        assert jobs.hand_out(conn, {"a": "x.example", "b": "x.example"}, now, 10) == ["a", "b"]
        raise RuntimeError("killed here")
    with store.write() as conn:
        assert jobs.hand_out(conn, {"a": "x.example", "b": "x.example"}, now, 10) == ["a", "b"]
    later = now + 2 * sources.LEASE
    with store.write() as conn:
        assert jobs.hand_out(conn, {"a": "x.example", "b": "x.example"}, later, 10) == [], "they still wait"
        rows = conn.execute(text("SELECT args, lock FROM procrastinate.procrastinate_jobs ORDER BY id")).all()
    assert [(row.args, row.lock) for row in rows] == [
        ({"source": "a"}, "x.example"),
        ({"source": "b"}, "x.example"),
    ]


def test_no_migration_of_procrastinate_is_missing_in_ours() -> None:
    """When this fails, write a revision that runs procrastinate's new migrations (see 0003)."""
    newest = max(path.name for path in Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    assert newest == "03.04.00_50_post_add_retry_failed_job_procedure.sql"
