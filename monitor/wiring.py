"""The one place where real objects are built: judge, gatherer, channels, house."""

from __future__ import annotations

import shutil
import socket
import tempfile
from datetime import datetime
from pathlib import Path

from monitor.channels import channels_of
from monitor.checking import checked
from monitor.judging import judge_of
from monitor.premises import InForce, NotApplied, current_digest, in_force, master_key, store_of
from monitor.settings import digest, read_folder, write_folder
from monitor.settings.folder import FOLDERS
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
    "laid_out",
    "master_key",
    "store_of",
]


def apply(store: Store, folder: Path, author: str, note: str, now: datetime) -> tuple[str, bool]:
    """Bring the folder's files into force, all or nothing; their digest and whether anything changed.

    Raises ConfigError with every fault, of templates too; what was in force then stays so.
    """
    files = read_folder(folder)
    checked(folder, files)
    with store.write() as conn:
        new = revisions.add(conn, files, digest(files), author=author, note=note, at=now)
        if new is not None:
            audit.append(conn, author, "apply", now, subject=digest(files), detail={"note": note})
    return digest(files), new is not None


def house_of(store: Store, folder: Path, force: InForce, former: House | None = None) -> House:
    """A house for the stages. What was gathered is kept from the former house, if there was one."""
    happenings = former.happenings if former else Happenings.of(force.station)
    own = laid_out(folder, force)
    templates = own / "templates"
    return House(
        store=store,
        station=force.station,
        revision=force.digest,
        key=master_key(folder),
        folder=folder,
        judge=judge_of(force.station, own / "rules"),
        happenings=happenings,
        channels=channels_of(force.station, folder),
        fallback=fall_back,
        templates=templates if templates.is_dir() else None,
        owner=f"work@{socket.gethostname()}",
    )


def laid_out(folder: Path, force: InForce) -> Path:
    """The rules and templates in force as files: those of the directory may have been edited since."""
    target = folder / "var" / "force" / force.digest[:16]
    if target.exists():
        return target
    own = {name: text for name, text in force.files.items() if name.split("/")[0] in FOLDERS}
    target.parent.mkdir(parents=True, exist_ok=True)
    # whole or not at all: another role may be laying out the same
    draft = Path(tempfile.mkdtemp(dir=target.parent))
    write_folder(draft, own)
    try:
        draft.rename(target)
    except OSError:
        shutil.rmtree(draft)
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
