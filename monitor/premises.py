"""A station's premises: its folder, its database, its key, and which revision is in force. Starts fast."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from monitor.errors import CaifengError
from monitor.settings import Files, Station, parse
from monitor.settings.secrets import read_private, write_private
from monitor.store import revisions
from monitor.store.engine import Store, open_store
from monitor.store.migrations import upgrade


class NotApplied(CaifengError):
    """There is no revision in force yet."""


@dataclass(frozen=True, slots=True)
class InForce:
    """The revision in force, parsed."""

    station: Station
    digest: str
    files: Files


def store_of(folder: Path, *, prepare: bool = True) -> Store:
    """The station's database: CAIFENG_DATABASE, else `var/caifeng.db`; migrated unless told not to."""
    (folder / "var").mkdir(mode=0o700, parents=True, exist_ok=True)
    store = open_store(os.environ.get("CAIFENG_DATABASE") or str(folder / "var" / "caifeng.db"))
    if prepare:
        upgrade(store)
    return store


def master_key(folder: Path) -> bytes:
    """The station's key: CAIFENG_KEY, else the private file `var/key`, made at first use."""
    if found := os.environ.get("CAIFENG_KEY"):
        return bytes.fromhex(found)
    path = folder / "var" / "key"
    if not path.exists():
        with suppress(FileExistsError):  # another role was quicker
            write_private(path, secrets.token_hex(32))
    return bytes.fromhex(read_private(path))


def current_digest(store: Store) -> str | None:
    """The digest in force: asked every second, so that an `apply` takes effect at once."""
    with store.read() as conn:
        return revisions.current_digest(conn)


def in_force(store: Store) -> InForce:
    """What is in force. Raises NotApplied."""
    with store.read() as conn:
        row = revisions.current(conn)
    if row is None:
        raise NotApplied("还没有生效的配置，请先执行 caifeng apply 目录")
    return InForce(parse(row.files), row.digest, row.files)
