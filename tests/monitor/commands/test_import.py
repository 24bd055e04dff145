"""`caifeng import`: a hotline's export becomes leads once, however often it is handed in."""

from __future__ import annotations

import json
from pathlib import Path

import typer
from typer.testing import CliRunner, Result

from monitor import wiring
from monitor.commands.import_ import import_
from monitor.store.schema import document

TABLE = (
    "工单编号,来电时间,标题,诉求内容,联系电话\n"
    "XH001,2026-11-22 08:12,南街小区停水,居民反映停水三天，电话13812345678,13812345678\n"
    ",,,,\nXH002,2026-11-22 08:40,,,\n"
)


def called(*words: str) -> Result:
    app = typer.Typer()
    app.command()(import_)
    return CliRunner().invoke(app, list(words))


def test_rows_become_leads_once(tmp_path: Path) -> None:
    table = tmp_path / "工单.csv"
    table.write_bytes(TABLE.encode("gb18030"))
    first = called(str(table), "--station", str(tmp_path), "--json")
    assert first.exit_code == 1, first.output
    told = json.loads(first.output)
    assert (told["new"], told["faults"]) == (1, ["第 2 行：没有标题和内容"])
    again = json.loads(called(str(table), "--station", str(tmp_path), "--json").output)
    assert (again["new"], again["seen"]) == (0, 1)
    with wiring.store_of(tmp_path).read() as conn:
        (row,) = conn.execute(document.select()).all()
    assert row.kind == "lead" and "13812345678" not in row.text + json.dumps(row.extra, ensure_ascii=False)


def test_an_unknown_preset_names_the_known_ones(tmp_path: Path) -> None:
    done = called(str(tmp_path / "x.csv"), "--station", str(tmp_path), "--preset", "12345")
    assert done.exit_code == 2 and "hotline-12345" in done.output
