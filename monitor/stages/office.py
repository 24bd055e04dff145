"""What an act of a person needs of the house; the console and the stages both have it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, Protocol

from monitor.settings import Station
from monitor.store.engine import Store


class Office(Protocol):
    """`monitor.stages.House` is one; a console that has only these is another. `key` signs links."""

    @property
    def store(self) -> Store: ...
    @property
    def station(self) -> Station: ...
    @property
    def key(self) -> bytes: ...


def hook(module: str, name: str) -> Callable[..., Any] | None:
    """A step of another stage that may not be installed; None where it is not there."""
    try:
        return getattr(import_module(f"monitor.stages.{module}"), name, None)
    except ModuleNotFoundError as error:
        if error.name != f"monitor.stages.{module}":
            raise
        return None
