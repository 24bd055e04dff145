"""Reading secrets where they stand: in the environment, or in a file that only its owner can read."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from monitor.errors import CaifengError
from monitor.settings.parts import Secret


class SecretMissing(CaifengError):
    """A secret is not where the station says, or others could read it."""


def reveal(secret: Secret, folder: Path, environ: Mapping[str, str] = os.environ) -> str:
    """The secret itself; relative files count from the station's folder. Raises SecretMissing."""
    if secret.env is not None:
        if secret.env not in environ:
            raise SecretMissing(f"没有设置环境变量 {secret.env}")
        return environ[secret.env]
    return read_private(folder / str(secret.file))


def read_private(path: Path) -> str:
    """A private file's text without its last line feed. Raises SecretMissing."""
    try:
        with path.open(encoding="utf-8") as file:
            mode = os.fstat(file.fileno()).st_mode
            text = file.read()
    except OSError as error:
        raise SecretMissing(f"读不到密钥文件 {path}：{error.strerror}") from error
    if stat.S_IMODE(mode) & 0o077:
        raise SecretMissing(
            f"密钥文件 {path} 可被他人读取（权限 {stat.S_IMODE(mode):04o}），请执行 chmod 600 {path}"
        )
    return text.strip()


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, from its first byte on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text + "\n")
