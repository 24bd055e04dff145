"""What has had its time is gone, provably; what has not stays; a copy of the database is kept."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from monitor.settings import Station, parse
from monitor.stages import House, incident_acts, lead_acts, tidy
from monitor.store import audit, faults, roles, sources
from monitor.store.engine import Store
from monitor.store.schema import metadata
from tests.conftest import MovedClock
from tests.fakes.flow import SOURCES, STATION, Flow

KEPT = """
retention: {documents: 180d, incidents: 365d, phones: 30d, visits: 30d, audit: 400d, backups: 3}
"""


def station() -> Station:
    return parse({"station.yaml": STATION + KEPT, "sources.yaml": SOURCES})


@dataclass
class Years(Flow):
    """A flow that is tidied as time goes by."""

    folder: Path = field(default_factory=Path)

    @property
    def house(self) -> House:
        return replace(super().house, station=station(), folder=self.folder)

    def tidy(self, **later: float) -> int:
        """Time goes by, then the stage runs."""
        self.forward(**later)
        return tidy.run(self.house, self.now).taken

    def call(self, matter: str) -> None:
        told = lead_acts.Told("duty", matter, place="联盟街道", phone="138 1234 5678")
        lead_acts.enter(self.house, told, who="zhao", now=self.now)

    def found_anywhere(self, words: str) -> list[str]:
        """Tables that still hold these words."""
        with self.store.read() as conn:
            return [t.name for t in metadata.sorted_tables if words in str(conn.execute(t.select()).all())]


@pytest.fixture
def years(store: Store, clock: MovedClock, tmp_path: Path) -> Years:
    return Years(store, clock(), folder=tmp_path)


CALM, CALL, INCIDENT = "新华区第九届读书节开幕", "居民咨询养老保险怎么办理", "新华区联盟小区燃气泄漏有人受伤"


def test_what_belongs_to_no_incident_goes_at_the_end_of_its_time_and_is_not_found_again(years: Years) -> None:
    years.hear(CALM, "书香满城", counts={"views": 10})
    years.hear(INCIDENT, "新华区联盟小区今早燃气泄漏")
    years.call(CALL)
    assert years.tidy(days=179) == 1, "only the caller's number, after its own thirty days"
    assert years.found_anywhere(CALM) and years.found_anywhere(CALL)
    assert years.tidy(days=2) == 2
    assert years.found_anywhere(CALM) == years.found_anywhere("书香满城") == years.found_anywhere(CALL) == []
    assert "document" in years.found_anywhere(INCIDENT)


def test_the_evidence_says_how_many_of_what_and_nothing_of_what_it_said(years: Years) -> None:
    years.hear(CALM)
    years.tidy(days=181)
    [proof] = [row for row in years.rows("audit") if row.action == "retention"]
    assert (
        proof.detail == {"信息": {"removed": 1, "before": "2026-11-24"}}
        or proof.detail["信息"]["removed"] == 1
    )
    assert CALM not in str(proof)
    with years.store.read() as conn:
        assert audit.first_broken(conn) is None
    years.tidy(hours=2)
    assert len([row for row in years.rows("audit") if row.action == "retention"]) == 1


def test_an_incident_keeps_its_documents_while_open_and_for_its_term_after(years: Years) -> None:
    years.hear(INCIDENT, "新华区联盟小区今早燃气泄漏")
    [found] = years.rows("incident")
    years.tidy(days=800)
    assert "document" in years.found_anywhere("今早燃气泄漏"), "still open: nobody has closed it"
    incident_acts.dismiss(years.house, found.id, who="zhao", why="误报", now=years.now)
    with years.store.write() as conn:
        conn.execute(metadata.tables["incident"].update().values(updated_at=years.now))
    years.tidy(days=364)
    assert "document" in years.found_anywhere("今早燃气泄漏")
    years.tidy(days=2)
    assert "document" not in years.found_anywhere("今早燃气泄漏")
    assert years.rows("verdict") == years.rows("incident_document") == []
    assert [row.event for row in years.rows("history")][:1] == ["found"], "the record of the office stays"


def test_a_callers_number_goes_first(years: Years) -> None:
    years.call(CALL)
    years.tidy(days=29)
    assert years.rows("lead")[0].phone_sealed is not None
    years.tidy(days=2)
    assert years.rows("lead")[0].phone_sealed is None
    assert years.rows("lead")[0].matter == CALL


def test_the_audit_keeps_its_term_and_stays_one_chain(years: Years) -> None:
    with years.store.write() as conn:
        for n in range(45):
            audit.append(conn, "zhao", f"act-{n}", years.now)
    years.forward(days=399)
    with years.store.write() as conn:
        audit.append(conn, "zhao", "late", years.now)
    years.tidy()
    assert len(years.rows("audit")) == 46
    years.tidy(days=2)
    with years.store.read() as conn:
        assert audit.first_broken(conn) is None
    assert [row.action for row in years.rows("audit")] == ["late", "retention"]


def test_logs_of_visits_processes_and_faults_go_too(years: Years) -> None:
    with years.store.write() as conn:
        line = {"source": "news", "at": years.now, "status": "ok"}
        sources.note_visit(conn, line)
        roles.started(conn, "work", "old-machine", 1, 0, years.now)
        faults.open_(conn, "delivery", "delivery-1", "未能送达", years.now)
    years.tidy(days=31)
    assert years.rows("visit") == years.rows("role") == []
    assert years.rows("fault")[0].closed_at is not None
    years.tidy(days=31)
    assert years.rows("fault") == []


def test_nothing_of_it_is_left_in_the_files_of_sqlite(
    sqlite_store: Store, clock: MovedClock, tmp_path: Path
) -> None:
    years = Years(sqlite_store, clock(), folder=tmp_path / "station")
    years.hear(CALM, "只此一处的话" * 50)
    years.tidy(days=181)
    database = Path(str(sqlite_store.engine.url.database))
    files = [database, database.with_name(database.name + "-wal")]
    assert not any("只此一处的话".encode() in file.read_bytes() for file in files if file.exists())


def test_a_copy_a_day_is_kept_private_and_the_oldest_go(
    sqlite_store: Store, clock: MovedClock, tmp_path: Path
) -> None:
    years = Years(sqlite_store, clock(), folder=tmp_path / "station")
    years.hear(CALM)
    for _ in range(5 * 12):
        years.tidy(hours=2)
    copies = sorted((tmp_path / "station" / "var" / "backups").iterdir())
    assert [copy.name for copy in copies] == [f"caifeng-202611{day}.db" for day in (26, 27, 28)]
    assert all(copy.stat().st_mode & 0o777 == 0o600 for copy in copies)
    with sqlite3.connect(copies[-1]) as conn:
        assert conn.execute("SELECT title FROM document").fetchall() == [(CALM,)]
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_copy_whose_original_is_calm_does_not_stand_in_the_way(years: Years) -> None:
    years.hear(CALM)
    years.hear(INCIDENT, "新华区联盟小区今早燃气泄漏")
    with years.store.write() as conn:
        conn.execute(metadata.tables["incident_document"].update().values(duplicate_of=1))
    years.tidy(days=400)
    assert years.found_anywhere(CALM), "it is what the incident's document repeats"
