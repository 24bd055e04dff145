"""The schema's history. `upgrade(store)` brings a database up to date; safe under several processes at once.

After a change of `store/schema.py` write the next revision with `python -m monitor.store.migrations "why"`.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from monitor.store.engine import Store

# any constant will do: it names the lock "somebody is migrating" on PostgreSQL
_LOCK = 0x0CA1FE26


def configuration(conn: Connection) -> Config:
    """Alembic's settings, bound to an open transaction."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = conn
    return config


def upgrade(store: Store) -> None:
    """Bring the database to the newest revision, in one transaction."""
    with store.write() as conn:
        if not store.is_sqlite:
            conn.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        command.upgrade(configuration(conn), "head")
