"""The one place where real objects are built: store, station in force, judge, gatherer, channels, house."""

from __future__ import annotations

import os
import secrets
import socket
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from monitor.channels import channels_of
from monitor.errors import CaifengError
from monitor.judging import judge_of
from monitor.settings import Files, Station, digest, parse, read_folder, write_folder
from monitor.settings.secrets import read_private, write_private
from monitor.stages import House
from monitor.stages.fallback import fall_back
from monitor.stages.happenings import Happenings
from monitor.store import revisions
from monitor.store.engine import Store, open_store
from monitor.store.migrations import upgrade
from rules.sameness import Gatherer


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


def apply(store: Store, folder: Path, author: str, note: str, now: datetime) -> tuple[str, bool]:
    """Bring the folder's files into force, all or nothing; their digest and whether anything changed.

    Raises ConfigError with every fault; what was in force then stays so.
    """
    files = read_folder(folder)
    judge_of(parse(files), folder / "rules")
    with store.write() as conn:
        new = revisions.add(conn, files, digest(files), author=author, note=note, at=now)
    return digest(files), new is not None


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


def house_of(store: Store, folder: Path, force: InForce, former: House | None = None) -> House:
    """A house for the stages. What was gathered is kept from the former house, if there was one."""
    window = force.station.gathering.window
    happenings = former.happenings if former else Happenings(lambda: Gatherer(window), window)
    return House(
        store=store,
        station=force.station,
        revision=force.digest,
        key=master_key(folder),
        folder=folder,
        judge=judge_of(force.station, rules_folder(folder, force)),
        happenings=happenings,
        channels=channels_of(force.station, folder),
        fallback=fall_back,
        owner=f"work@{socket.gethostname()}",
    )


def rules_folder(folder: Path, force: InForce) -> Path:
    """The rules in force, laid out as files: those of the directory may have been edited since."""
    target = folder / "var" / "rules" / force.digest[:16]
    if not target.exists():
        own = {
            name.removeprefix("rules/"): text
            for name, text in force.files.items()
            if name.startswith("rules/")
        }
        target.mkdir(parents=True, exist_ok=True)
        write_folder(target, own)
    return target


class Keeper:
    """Gives the house in force; builds another within seconds of an `apply`.

    A revision that cannot be built (it was checked when applied, so something outside has changed) is told
    once and the former house goes on.
    """

    def __init__(self, store: Store, folder: Path) -> None:
        self._store, self._folder = store, folder
        self._house = house_of(store, folder, in_force(store))

    def house(self) -> House:
        """The house of the revision in force now."""
        if current_digest(self._store) != self._house.revision:
            self._house = house_of(self._store, self._folder, in_force(self._store), self._house)
        return self._house
