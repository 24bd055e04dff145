"""The one place where real objects are built: judge, gatherer, channels, house."""

from __future__ import annotations

import socket
from datetime import datetime
from pathlib import Path

from monitor.channels import channels_of
from monitor.judging import judge_of
from monitor.premises import InForce, NotApplied, current_digest, in_force, master_key, store_of
from monitor.settings import digest, parse, read_folder, write_folder
from monitor.stages import House
from monitor.stages.fallback import fall_back
from monitor.stages.happenings import Happenings
from monitor.store import audit, revisions
from monitor.store.engine import Store

__all__ = [
    "InForce",
    "Keeper",
    "NotApplied",
    "apply",
    "current_digest",
    "house_of",
    "in_force",
    "master_key",
    "rules_folder",
    "store_of",
]


def apply(store: Store, folder: Path, author: str, note: str, now: datetime) -> tuple[str, bool]:
    """Bring the folder's files into force, all or nothing; their digest and whether anything changed.

    Raises ConfigError with every fault; what was in force then stays so.
    """
    files = read_folder(folder)
    judge_of(parse(files), folder / "rules")
    with store.write() as conn:
        new = revisions.add(conn, files, digest(files), author=author, note=note, at=now)
        if new is not None:
            audit.append(conn, author, "apply", now, subject=digest(files), detail={"note": note})
    return digest(files), new is not None


def house_of(store: Store, folder: Path, force: InForce, former: House | None = None) -> House:
    """A house for the stages. What was gathered is kept from the former house, if there was one."""
    happenings = former.happenings if former else Happenings.of(force.station)
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
