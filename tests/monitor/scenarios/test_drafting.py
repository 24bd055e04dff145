"""A grave incident gets its papers drafted by itself; nothing leaves the house before a person signs."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

from docx import Document
from sqlalchemy import func, select

from monitor.stages import House, level_acts, notice_acts, notify, publish, render
from monitor.store import bulletins, files, notices, papers
from monitor.store.engine import Store
from monitor.store.schema import delivery
from tests.conftest import MovedClock
from tests.fakes.town import gas_leak, town_house


def tick(house: House, clock: MovedClock) -> None:
    for stage in (notify, publish, render):
        stage.run(house, clock())


def docx_text(house: House, noun: str, subject: int) -> str:
    with house.store.read() as conn:
        paper = papers.latest(conn, noun, noun, subject)
        assert paper and paper.docx_id and paper.pdf_id, paper and paper.trouble
        pdf, docx = files.get(conn, paper.pdf_id), files.get(conn, paper.docx_id)
    assert pdf is not None
    assert docx is not None
    assert bytes(pdf.body).startswith(b"%PDF-")
    document = Document(io.BytesIO(docx.body))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_a_gas_leak_is_drafted_once_and_waits_for_a_signer(
    store: Store, tmp_path: Path, clock: MovedClock
) -> None:
    house = town_house(store, tmp_path)
    incident = gas_leak(store, clock())
    for _ in range(3):
        tick(house, clock)
    with store.read() as conn:
        (notice,) = notices.of_incident(conn, incident)
        (bulletin,) = bulletins.of_incident(conn, incident)
        assert conn.scalar(select(func.count()).select_from(delivery)) == 0
        assert [(p.unit, p.part) for p in notices.parts(conn, notice.id)] == [
            ("emergency", "lead"),
            ("fire", "assist"),
            ("st-dongguan", "street"),
        ]
    assert (notice.state, notice.series, notice.number) == ("drafted", "warning", None)
    assert (bulletin.state, bulletin.kind, bulletin.issue) == ("drafted", "flash", None)
    told = docx_text(house, "notice", notice.id)
    assert "区应急管理局" in told
    assert "不得要求网民删帖" in told
    assert "东关农贸市场" in docx_text(house, "bulletin", bulletin.id)


def test_a_report_of_wrongdoing_is_never_drafted_as_a_notice(
    store: Store, tmp_path: Path, clock: MovedClock
) -> None:
    house = town_house(store, tmp_path)
    incident = gas_leak(store, clock(), restricted=True)
    tick(house, clock)
    with store.read() as conn:
        assert notices.of_incident(conn, incident) == []
        assert bulletins.of_incident(conn, incident) == []


def test_a_lesser_matter_waits_for_a_person(store: Store, tmp_path: Path, clock: MovedClock) -> None:
    house = town_house(store, tmp_path)
    incident = gas_leak(store, clock(), level_suggested=4)
    tick(house, clock)
    with store.read() as conn:
        assert notices.of_incident(conn, incident) == []
    with store.write() as conn:
        draft = notify.draft(conn, house, incident, "lin", clock())
    tick(house, clock)
    assert "互联网舆情转办单" in docx_text(house, "notice", draft)


def test_the_daily_bulletin_is_drafted_once_after_eight(
    store: Store, tmp_path: Path, clock: MovedClock
) -> None:
    house = town_house(store, tmp_path)
    gas_leak(store, clock() - timedelta(days=1))
    clock.forward(hours=-2)  # 7:00
    tick(house, clock)
    with store.read() as conn:
        assert not [b for b in bulletins.listing(conn) if b.kind == "daily"]
    clock.forward(hours=1, minutes=5)
    for _ in range(2):
        tick(house, clock)
    with store.read() as conn:
        (daily,) = [b for b in bulletins.listing(conn) if b.kind == "daily"]
    assert daily.facts["totals"]["opened"] == 1
    assert "东关农贸市场" in docx_text(house, "bulletin", daily.id)


def test_a_draft_follows_the_level_that_a_person_fixes(
    store: Store, tmp_path: Path, clock: MovedClock
) -> None:
    house = town_house(store, tmp_path)
    incident = gas_leak(store, clock())
    tick(house, clock)
    with store.read() as conn:
        (drafted,) = notices.of_incident(conn, incident)
    notice_acts.check(house, drafted.id, who="核稿人", now=clock())
    for level, series in ((1, "warning"), (4, "transfer")):
        level_acts.confirm_level(house, incident, level, who="值班员", now=clock(), why="核实")
        with store.read() as conn:
            (anew,) = notices.of_incident(conn, incident)
        assert (anew.level, anew.series, anew.state) == (level, series, "drafted"), "it is to be checked anew"
        assert anew.facts["level"] == level
