"""`caifeng check`: every fault of a station directory, with file and line. Changes nothing."""

from __future__ import annotations

from monitor.commands.station import HERE, AsJson, Folder, refuse, say
from monitor.errors import ConfigError


def check(folder: Folder = HERE, as_json: AsJson = False) -> None:
    """检查值守站目录：有错时逐条列出文件、行号和正确写法，退出码为 1。"""
    from monitor.checking import checked
    from monitor.settings import digest, read_folder

    try:
        files = read_folder(folder)
        station = checked(folder, files)
    except ConfigError as error:
        refuse(error, as_json)
    counts = {
        "units": len(station.units),
        "sources": len(station.sources),
        "people": len(station.roster.people),
    }
    text = "配置无误：单位 {units} 个，信源 {sources} 个，人员 {people} 人。".format(**counts)
    say({"ok": True, "digest": digest(files), **counts}, text, as_json)
