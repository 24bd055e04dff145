"""Lists of sources: OPML in and out, the catalogue's skeleton, and writing to sources.yaml."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from ruamel.yaml import YAML

import spiders.catalogue as book
from monitor.errors import CaifengError
from monitor.settings import Station, parse, read_folder
from spiders.errors import SpiderError
from spiders.opml import free_id, read_opml, write_opml

OK, FAILED, USAGE = 0, 1, 2
StationDir = Annotated[Path, typer.Option("--station", help="值守站目录", envvar="CAIFENG_STATION")]


def import_opml(
    file: Annotated[Path, typer.Argument(help="OPML 文件", show_default=False)],
    station: StationDir = Path("station"),
) -> None:
    """导入阅读器的订阅列表；导入的信源均未启用，待补写目的与依据。"""
    given = given_in(station)
    try:
        drafts = read_opml(file.read_bytes())
    except (SpiderError, OSError) as error:
        stop(FAILED, f"OPML 文件不可读：{error}")
    known = {one.url for one in given.sources}
    new = [entry for entry in drafts if entry["url"] not in known]
    taken = {one.id for one in given.sources}
    for entry in new:
        entry["id"] = free_id(entry["id"], taken)
        taken.add(entry["id"])
    append(station, new)
    typer.echo(f"导入 {len(new)} 个信源（已有 {len(drafts) - len(new)} 个），均未启用")


def export_opml(
    out: Annotated[Path, typer.Argument(help="写到哪个文件", show_default=False)],
    station: StationDir = Path("station"),
) -> None:
    """把订阅源导出为 OPML。"""
    given = given_in(station)
    out.write_bytes(write_opml(given.sources, f"{given.office.name}信源"))
    typer.echo(f"已写出 {out}")


def catalogue(
    code: Annotated[str, typer.Argument(help="区划代码，如 130105", show_default=False)],
    names: Annotated[
        list[str] | None, typer.Argument(help="区县、市、省的全称；130105 自带，不必给出", show_default=False)
    ] = None,
) -> None:
    """输出一个区县的信源目录骨架（YAML）：全部未启用，地址待填写。"""
    if code == "130105":
        entries = [one.model_dump(mode="json", exclude_defaults=True) for one in book.shipped()]
        entries = [{**entry, "enabled": False, "checked": None} for entry in entries]
    elif names and len(names) == 3:
        entries = book.skeleton(code, *names)
    else:
        stop(USAGE, "请依次给出区县、市、省的全称，如：source catalogue 330106 西湖区 杭州市 浙江省")
    typer.echo(_yaml({"sources": entries}))


def stop(code: int, message: str) -> NoReturn:
    """Say why on standard error, and end."""
    typer.echo(message, err=True)
    raise typer.Exit(code)


def given_in(station: Path) -> Station:
    """The station of a folder, or the end with every fault of it."""
    try:
        return parse(read_folder(station))
    except CaifengError as error:
        stop(FAILED, str(error))


def append(station: Path, entries: list[dict[str, Any]]) -> None:
    """Add to sources.yaml, its comments kept."""
    path = station / "sources.yaml"
    yaml = _writer()
    data = yaml.load(path.read_text("utf-8")) if path.exists() else None
    data = data if data is not None else {}
    if not data.get("sources"):
        data["sources"] = []
    data["sources"].extend(entries)
    out = StringIO()
    yaml.dump(data, out)
    path.write_text(out.getvalue(), "utf-8")


def _writer() -> YAML:
    """Entries stand as in the file a station is born with, so that its examples can be uncommented."""
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _yaml(data: Any) -> str:
    yaml, out = _writer(), StringIO()
    yaml.width = 200
    yaml.dump(data, out)
    return out.getvalue().rstrip()
