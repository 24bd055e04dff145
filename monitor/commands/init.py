"""`caifeng init`: a station directory for one division, commented and valid."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from monitor.commands.station import AsJson, say


def init(
    folder: Annotated[Path, typer.Argument(help="新建的目录")],
    region: Annotated[str, typer.Option(help="区划代码，如 130105")],
    as_json: AsJson = False,
) -> None:
    """新建值守站目录：每个文件都有注释，可以直接运行，逐项填写后更好用。"""
    from monitor.settings import write_folder
    from monitor.settings.birth import files_for
    from rules.places_divisions import UnknownRegion, canonical, division

    if folder.exists() and any(folder.iterdir()):
        typer.echo(f"目录 {folder} 不是空的，不予覆盖", err=True)
        raise typer.Exit(2)
    try:
        ours = division(canonical(region))
        files = files_for(region)
    except UnknownRegion as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    write_folder(folder, files)
    (folder / "templates").mkdir(exist_ok=True)
    text = (
        f"已为{ours.full_name}（{ours.code}）建好 {folder}。\n"
        f"下一步：在 sources.yaml 中加信源，在 roster.yaml 中填值班人员，在 station.yaml 中填邮件渠道；\n"
        f"然后 caifeng check {folder}，caifeng run {folder}。"
    )
    say({"ok": True, "folder": str(folder), "code": ours.code, "files": sorted(files)}, text, as_json)
