"""What the station's commands share: where the station is, who acts, how an answer is printed."""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from monitor.errors import ConfigError

Folder = Annotated[Path, typer.Argument(help="值守站目录", envvar="CAIFENG_STATION", file_okay=False)]
AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 输出")]
HERE = Path("station")


def author() -> str:
    """The account that gave the command."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


def say(answer: Mapping[str, Any], text: str, as_json: bool) -> None:
    """One answer, for people or for programs."""
    typer.echo(json.dumps(answer, ensure_ascii=False, default=str) if as_json else text)


def refuse(error: ConfigError, as_json: bool) -> NoReturn:
    """Every fault with its place; exit code 1."""
    faults = [{"file": f.file, "line": f.line, "message": f.message} for f in error.faults]
    text = "\n".join(map(str, error.faults)) + f"\n共 {len(faults)} 处错误，未作任何改动。"
    say({"ok": False, "faults": faults}, text, as_json)
    raise typer.Exit(1)
