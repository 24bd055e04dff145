"""`caifeng run`: the daemon, in the foreground, until told to stop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.commands.station import HERE, Folder, author, refuse
from monitor.commands.welcome import welcome
from monitor.errors import ConfigError

if TYPE_CHECKING:
    from monitor.store.engine import Store


def run(
    folder: Folder = HERE,
    role: Annotated[list[str] | None, typer.Option(help="只运行这些进程：work、crawl、console")] = None,
) -> None:
    """运行值守。Ctrl-C 或 SIGTERM 结束，未完成的事项下次接着办。"""
    from monitor import log
    from monitor.premises import in_force, store_of
    from monitor.supervisor import ROLES, Supervisor

    names = tuple(role or ROLES)
    if unknown := sorted(set(names) - set(ROLES)):
        typer.echo(f"没有进程“{unknown[0]}”，应为 {'、'.join(ROLES)} 之一", err=True)
        raise typer.Exit(2)
    log.start()
    store = store_of(folder)
    _be_born(store, folder)
    station = in_force(store).station
    if "console" in names:
        if told := welcome(store):
            typer.echo(told, err=True)
        typer.echo(f"网页：http://{station.console.host}:{station.console.port}/  （Ctrl-C 结束）", err=True)
    raise typer.Exit(Supervisor(store, folder.resolve(), names).run())


def _be_born(store: Store, folder: Path) -> None:
    """The first run applies the files; later ones leave what is in force alone."""
    from monitor.clock import system_clock
    from monitor.premises import current_digest

    if current_digest(store) is not None:
        return
    from monitor.wiring import apply

    try:
        apply(store, folder, author(), "初次运行", system_clock())
    except ConfigError as error:
        refuse(error, as_json=False)
