"""Numbers without gaps: one counter per series and year, moved in the transaction that uses the number."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from monitor.store.insert import put
from monitor.store.schema import series


def next_number(conn: Connection, name: str, year: int) -> int:
    """The next number of that series; whoever asks at the same time waits, and a roll-back gives it back."""
    mine = (series.c.name == name, series.c.year == year)
    last = conn.scalar(update(series).where(*mine).values(last=series.c.last + 1).returning(series.c.last))
    if last is not None:
        return int(last)
    put(conn, series, {"name": name, "year": year}, ["name", "year"])  # a row already there stays
    return next_number(conn, name, year)


def last_number(conn: Connection, name: str, year: int) -> int:
    """The last number given out, 0 before the first."""
    return int(conn.scalar(select(series.c.last).where(series.c.name == name, series.c.year == year)) or 0)
