"""`caifeng export`: the configuration in force (or a former revision), laid out as a directory again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from monitor.commands.station import AsJson, say


def export(
    target: Annotated[Path, typer.Argument(help="写到哪个目录（须为空或不存在）")],
    station: Annotated[Path, typer.Option(help="值守站目录", envvar="CAIFENG_STATION")] = Path("station"),
    revision: Annotated[int | None, typer.Option(help="版本编号，默认为生效的版本")] = None,
    as_json: AsJson = False,
) -> None:
    """导出生效的配置（不含口令和密钥）。"""
    from monitor.premises import store_of
    from monitor.settings import write_folder
    from monitor.store import revisions

    if target.exists() and any(target.iterdir()):
        typer.echo(f"目录 {target} 不是空的，不予覆盖", err=True)
        raise typer.Exit(2)
    store = store_of(station)
    with store.read() as conn:
        row = revisions.get(conn, revision) if revision is not None else revisions.current(conn)
    if row is None:
        typer.echo("没有这个版本" if revision is not None else "还没有生效的配置", err=True)
        raise typer.Exit(1)
    write_folder(target, row.files)
    text = f"已导出版本 {row.digest[:12]} 的 {len(row.files)} 个文件到 {target}。"
    say({"ok": True, "digest": row.digest, "files": sorted(row.files)}, text, as_json)
