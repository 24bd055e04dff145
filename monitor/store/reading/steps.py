"""Counting rows by equal steps of time, in the words of both databases."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, cast, func

from monitor.store.types import Key


def step_of(
    conn: Connection, moment: ColumnElement[Any], since: datetime, seconds: int
) -> ColumnElement[int]:
    """The number of the step an instant falls into, counted from `since`."""
    epoch = func.strftime("%s", moment) if conn.dialect.name == "sqlite" else func.extract("epoch", moment)
    return (cast(epoch, Key) - int(since.timestamp())) // seconds
