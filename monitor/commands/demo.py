"""`caifeng demo`: the invented town 青石区, served on loopback; with `--run` the daemon too."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from monitor.commands.welcome import TOLD, welcome

HOME = Path("var/demo")


def demo(
    station: Annotated[Path, typer.Option("--station", help="演示站目录")] = HOME,
    run: Annotated[bool, typer.Option("--run", help="同时运行值守程序")] = False,
) -> None:
    """演示：虚构的青石区（五个网站和一个邮局，均在本机），加 --run 同时运行值守程序。"""
    raise typer.Exit(_show(station) if run else _serve(station))


def _show(station: Path) -> int:
    from monitor.demo.ports import base, check
    from monitor.demo.show import prepare, show

    check()
    store = prepare(station)
    told = welcome(store)
    os.environ[TOLD] = "1"
    typer.echo(f"控制台　http://127.0.0.1:{base()}/")
    if told:
        typer.echo(told)
    return show(store, station, typer.echo)


def _serve(station: Path) -> int:
    import asyncio
    import signal

    from monitor.demo.ports import sites
    from monitor.demo.serve import serve

    async def town() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.set)
        await serve(station / "var", stop, lambda town, day: _opened(sites(), town.posts))

    asyncio.run(town())
    return 0


def _opened(ports: dict[str, int], posts: int) -> None:
    names = {"news": "新闻网", "portal": "政府网站", "forum": "论坛", "hot": "热榜", "hotline": "公开电话"}
    typer.echo(f"青石区已开市（约五分钟，{posts} 条帖文）。按 Ctrl-C 停止。")
    for name, port in ports.items():
        typer.echo(f"  {names[name]}　http://127.0.0.1:{port}/")
