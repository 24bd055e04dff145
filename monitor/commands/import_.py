"""`caifeng import`: exported tables (12345, superior platforms, JSON lines) into the archive, row by row."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from monitor import wiring
from monitor.clock import system_clock
from monitor.commands.station import AsJson, say
from monitor.stages import archive
from spiders.errors import SpiderError
from spiders.finish import finished
from spiders.kinds import files
from spiders.kinds.rows import presets
from spiders.kinds.shape import Answer, Fetch
from spiders.page import Page
from spiders.source import Source

OK, SOME_FAILED, USAGE = 0, 1, 2
SHOWN = 20


def import_(
    paths: Annotated[list[Path], typer.Argument(help="CSV、XLSX 或 JSON 行文件", show_default=False)],
    station: Annotated[Path, typer.Option(help="值守站目录", envvar="CAIFENG_STATION")] = Path("station"),
    source: Annotated[str | None, typer.Option(help="按哪个信源的列名对应读（默认按表头自动识别）")] = None,
    preset: Annotated[str, typer.Option(help="表头样式：hotline-12345、platform、records")] = "",
    as_json: AsJson = False,
) -> None:
    """导入导出的工单或信息；同一行再次导入不会重复。有行读不出时退出码为 1。"""
    if preset and preset not in presets():
        typer.echo(f"没有表头样式“{preset}”，可用的有：{'、'.join(presets())}", err=True)
        raise typer.Exit(USAGE)
    store, now = wiring.store_of(station), system_clock()
    given = wiring.in_force(store).station.source(source) if source else _by_headings(preset)
    if given is None:
        typer.echo(f"没有信源“{source}”", err=True)
        raise typer.Exit(USAGE)
    key, bad = wiring.master_key(station), 0
    for path in paths:
        pages, faults = _read(given, path, now)
        _tell(path, archive.keep(store, key, pages, now), faults, as_json)
        bad += len(faults)
    raise typer.Exit(SOME_FAILED if bad else OK)


def _tell(path: Path, kept: archive.Archived, faults: list[str], as_json: bool) -> None:
    old, shown = kept.seen + kept.changed, faults[:SHOWN]
    plain = f"{path.name}　新增 {kept.new} 条，已有 {old} 条，读不出 {len(faults)} 行"
    told = {"file": str(path), "new": kept.new, "seen": old, "faults": shown}
    say(told, "\n".join([plain, *(f"  {fault}" for fault in shown)]), as_json)


def _by_headings(preset: str) -> Source:
    return Source(id="import", name="文件导入", kind="files", enabled=False, format=preset)


def _read(given: Source, path: Path, now: datetime) -> tuple[list[Page], list[str]]:
    try:
        reading = files.read(given, Answer(Fetch(path.name), path.name, path.read_bytes(), now))
    except (SpiderError, OSError) as error:
        return [], [str(error)]
    return [finished(page) for page in reading.pages], list(reading.faults)
