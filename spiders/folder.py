"""A watched folder: files that are new or changed since they were last read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from spiders.errors import SpiderError
from spiders.kinds.files import SUFFIXES

MAX_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file: its name in the folder and its content."""

    name: str
    body: bytes


class NoFolder(SpiderError):
    """The folder is not there or not readable."""

    code = "folder"


def arrivals(folder: str, memory: Mapping[str, str]) -> tuple[list[Arrival], dict[str, str]]:
    """Files not yet read, oldest first, and the stamps of all files now there (the next `memory`).

    Raises NoFolder.
    """
    root = Path(folder.removeprefix("file://"))
    try:
        paths = [root] if root.is_file() else sorted(root.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        readable = {f"file {path.name}": path for path in paths if _readable(path)}
        stamps = {key: _stamp(path) for key, path in readable.items()}
        new = [path for key, path in readable.items() if memory.get(key) != stamps[key]]
        return [Arrival(path.name, path.read_bytes()) for path in new], stamps
    except OSError as error:
        raise NoFolder(f"文件夹不可读：{folder}") from error


def _readable(path: Path) -> bool:
    if path.is_symlink() or not path.is_file() or path.name.startswith((".", "~$")):
        return False
    return path.suffix.lower() in SUFFIXES and path.stat().st_size <= MAX_BYTES


def _stamp(path: Path) -> str:
    stat = path.stat()
    return f"{stat.st_size}-{stat.st_mtime_ns}"
