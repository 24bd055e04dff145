"""One step of the flow each: `run(house, now) -> Done`. The order of a tick stands in `ORDER`.

A stage takes what is due from the database, works in transactions of its own, and may be killed anywhere:
run again, it goes on. It reads no clock; `now` is one instant for the whole tick. What fails for one item
is counted and told, and does not stop the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection

from alerts.channels import Channel
from monitor.settings import Station
from monitor.stages.happenings import Happenings
from monitor.store.engine import Store
from monitor.store.types import AnyRow
from rules.verdict import Text, Verdict

# One line per stage of the work role's tick, in order; each is `monitor/stages/<name>.py`.
ORDER: tuple[str, ...] = (
    "judge",
    "rejudge",
    "watch",
    "gather",
    "alert",
    "chase",
    "handover",
    "trouble",
    "notify",
    "publish",
    "render",
    "deliver",
    "tidy",
)


class Judging(Protocol):
    """What the judge stage needs of `rules.judge.Judge`."""

    @property
    def ruleset(self) -> str: ...
    def judge(self, text: Text) -> Verdict: ...


class Fallback(Protocol):
    """Finds the next road for a delivery that failed, in the transaction that says so."""

    def __call__(self, conn: Connection, house: House, row: AnyRow, now: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class House:
    """Everything a stage may use. Rebuilt by `wiring` when another revision comes into force.

    `key` is the station's master key: derive from it, never use it bare. `folder` is the station's
    directory (for `var/`); `revision` the digest of the files in force; `templates` the station's own paper
    templates in force, if it has any.
    """

    store: Store
    station: Station
    revision: str
    key: bytes
    folder: Path
    judge: Judging
    happenings: Happenings
    channels: Mapping[str, Channel] = field(default_factory=dict)
    fallback: Fallback | None = None
    owner: str = "work"
    templates: Path | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What one run of a stage did. `lag` is the age in seconds of the oldest item still waiting.

    `more` asks for another run at once: the batch was full.
    """

    stage: str
    taken: int = 0
    failed: int = 0
    lag: float = 0.0
    more: bool = False


Stage = Callable[[House, datetime], Done]


def load(names: Iterable[str] = ORDER) -> tuple[tuple[str, Stage], ...]:
    """The stages of those names, ready to run in order."""
    return tuple((name, import_module(f"monitor.stages.{name}").run) for name in names)
