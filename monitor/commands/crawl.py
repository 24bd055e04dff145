"""`caifeng crawl --once`: one visit to each enabled source, or to one; what it brings is archived."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated, Any

import typer

from monitor.commands.station import AsJson, author, refuse, say
from monitor.errors import ConfigError


def crawl(
    station: Annotated[Path, typer.Option(help="值守站目录", envvar="CAIFENG_STATION")] = Path("station"),
    once: Annotated[bool, typer.Option("--once", help="每个信源采集一次（目前只有这一种方式）")] = True,
    source: Annotated[str | None, typer.Option(help="只采这个信源")] = None,
    as_json: AsJson = False,
) -> None:
    """采集一轮并入库；有信源失败时退出码为 1。"""
    from monitor import wiring
    from monitor.clock import system_clock
    from monitor.crawl_role import once as crawl_once

    store = wiring.store_of(station)
    if wiring.current_digest(store) is None:
        try:
            wiring.apply(store, station, author(), "初次采集", system_clock())
        except ConfigError as error:
            refuse(error, as_json)
    force = wiring.in_force(store)
    if source is not None and force.station.source(source) is None:
        typer.echo(f"没有信源“{source}”", err=True)
        raise typer.Exit(2)
    told = asyncio.run(crawl_once(store, station, force, system_clock, source))
    for line in told:
        say(line, _line(line), as_json)
    if any(line["status"] in ("failed", "blocked") for line in told):
        raise typer.Exit(1)


def _line(told: dict[str, Any]) -> str:
    words = {"ok": "成功", "unchanged": "无变化", "blocked": "对方拒绝", "failed": "失败"}[told["status"]]
    reason = f"：{told['reason']}" if told["reason"] else ""
    return f"{told['source']}　{words}，新信息 {told['new']} 条，请求 {told['requests']} 次{reason}"
