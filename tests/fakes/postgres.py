"""A real PostgreSQL server in a folder of its own, on a Unix socket, gone when the tests are over.

initdb refuses root: under root the server runs as `postgres` or `nobody`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg

# speed over safety: the data lives as long as the tests
_OPTIONS = (
    "-c",
    "fsync=off",
    "-c",
    "full_page_writes=off",
    "-c",
    "max_connections=60",
    "-c",
    "listen_addresses=",
)
_numbers = count(1)


class PostgresMissing(RuntimeError):
    """No server program on this machine."""


def programs() -> Path:
    """The folder with `initdb` and `pg_ctl`. Raises PostgresMissing."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    raise PostgresMissing("这台机器没有 PostgreSQL 服务端程序（Debian 包 postgresql）")


@dataclass(frozen=True)
class Postgres:
    """A running server."""

    folder: Path
    bin: Path

    def url(self, database: str) -> str:
        """Where a database of this server is reached."""
        return f"postgresql://caifeng@/{database}?host={self.folder}"

    def create(self, template: str = "template1") -> str:
        """A new database, a copy of `template`; its name."""
        name = f"test_{os.getpid()}_{next(_numbers)}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def drop(self, name: str) -> None:
        """Forget a database, whoever is still connected."""
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def stop(self) -> None:
        """End the server and remove its folder."""
        _as_other([str(self.bin / "pg_ctl"), "-D", str(self.folder / "data"), "-m", "immediate", "stop"])
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as conn:
            conn.execute(statement.encode())


def start() -> Postgres:
    """Start a server. Raises PostgresMissing."""
    bin_ = programs()
    folder = Path(tempfile.mkdtemp(prefix="caifeng-pg-", dir="/tmp"))  # a socket's path has at most 107 bytes
    if owner := _other_user():
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data = str(folder / "data")
    _as_other(
        [str(bin_ / "initdb"), "-D", data, "-U", "caifeng", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
    )
    options = " ".join([*_OPTIONS, "-k", str(folder)])
    _as_other([str(bin_ / "pg_ctl"), "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start"])
    return Postgres(folder, bin_)


def _other_user() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _as_other(command: Sequence[str]) -> None:
    owner = _other_user()
    who: Mapping[str, int] = {"user": owner.pw_uid, "group": owner.pw_gid} if owner else {}
    subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **who)
