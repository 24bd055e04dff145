"""The shape all page groups share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter

from monitor.console.desk import Desk
from monitor.console.rights import Right


@dataclass(frozen=True, slots=True)
class Page:
    """A page group: its router, and how it stands in the navigation.

    `path` is where its entry leads; `right` who sees the entry; `main` puts it into the bar at the foot of a
    telephone's screen. `entry` False: no entry. `open` True: mounted without the log-in guard; the group
    then protects itself and says how. `offered`: whether this station has the entry at all.
    """

    name: str
    title: str
    path: str
    router: APIRouter
    right: Right = "read"
    entry: bool = True
    main: bool = False
    open: bool = False
    offered: Callable[[Desk], bool] = lambda desk: True
