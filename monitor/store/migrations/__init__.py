"""The schema's history. `upgrade(store)` brings a database up to date; safe under several processes at once.

After a change of `store/schema.py` write the next revision with `python -m monitor.store.migrations "why"`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from monitor.store.engine import Store

if TYPE_CHECKING:
    from alembic.config import Config

# any constant will do: it names the lock "somebody is migrating" on PostgreSQL
_LOCK = 0x0CA1FE26


def configuration(conn: Connection) -> Config:
    """Alembic's settings, bound to an open transaction."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = conn
    return config


def upgrade(store: Store) -> None:
    """Bring the database to the newest revision, in one transaction."""
    if _is_newest(store):  # nearly always: alembic takes longer to import than a command to run
        return
    from alembic import command

    with store.write() as conn:
        if not store.is_sqlite:
            conn.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        command.upgrade(configuration(conn), "head")


def _is_newest(store: Store) -> bool:
    newest = max(path.name[:4] for path in (Path(__file__).parent / "versions").glob("[0-9]*.py"))
    with store.read() as conn:
        if not inspect(conn).has_table("alembic_version"):
            return False
        return bool(conn.scalar(text("SELECT version_num FROM alembic_version")) == newest)
