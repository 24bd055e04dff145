"""The station's files as one mapping of relative path to text: what a revision keeps, whole."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from monitor.errors import ConfigError, Located

Files = Mapping[str, str]
KNOWN = ("station.yaml", "units.yaml", "sources.yaml", "roster.yaml")
FOLDERS = ("rules", "templates")
_BINARY = "base64:"
_LARGEST = 5 << 20


def read_folder(folder: Path) -> dict[str, str]:
    """The files of a station. Never `var/` or `secrets/`. Raises ConfigError when it is none."""
    if not (folder / "station.yaml").is_file():
        raise ConfigError(
            [Located(str(folder), None, "这不是值守站目录：没有 station.yaml，可用 caifeng init 新建")]
        )
    faults = [fault for path in _paths(folder) if (fault := _size_fault(folder, path))]
    if faults:
        raise ConfigError(faults)
    return {path.relative_to(folder).as_posix(): _encode(path.read_bytes()) for path in _paths(folder)}


def write_folder(folder: Path, files: Files) -> None:
    """Lay the files out; existing ones of the same name are replaced. Paths that climb out are refused."""
    for name, content in files.items():
        pure = PurePosixPath(name)
        if pure.is_absolute() or ".." in pure.parts:
            raise ValueError(f"unsafe path {name!r}")
        target = folder / pure
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content_bytes(content))


def content_bytes(content: str) -> bytes:
    """What a file of the mapping holds."""
    if content.startswith(_BINARY):
        return base64.b64decode(content.removeprefix(_BINARY))
    return content.encode()


def digest(files: Files) -> str:
    """One hash over names and contents."""
    body = json.dumps(dict(files), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(body.encode()).hexdigest()


def _paths(folder: Path) -> Iterator[Path]:
    # every YAML at the top is taken, so that a misspelt name is refused and not passed over
    yield from (path for path in sorted(folder.glob("*.y*ml")) if path.is_file())
    for name in FOLDERS:
        yield from (path for path in sorted((folder / name).rglob("*")) if _wanted(path))


def _wanted(path: Path) -> bool:
    return path.is_file() and not path.name.startswith((".", "~")) and not path.name.endswith("~")


def _size_fault(folder: Path, path: Path) -> Located | None:
    if path.stat().st_size <= _LARGEST:
        return None
    return Located(path.relative_to(folder).as_posix(), None, "文件超过 5 MB，不像是配置")


def _encode(body: bytes) -> str:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _BINARY + base64.b64encode(body).decode()
    return _BINARY + base64.b64encode(body).decode() if "\x00" in text or text.startswith(_BINARY) else text
