"""Write the revision between the newest migration and `store/schema.py`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command

from monitor.store.engine import open_store
from monitor.store.migrations import configuration, upgrade


def next_number() -> str:
    """`0001`, `0002`, …: revisions are one line, so a number says it all."""
    return f"{len(list((Path(__file__).parent / 'versions').glob('[0-9]*.py'))) + 1:04}"


def main(why: str) -> None:
    """Compare an up-to-date empty database with the schema and write what is missing."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(str(Path(folder) / "empty.db"))
        upgrade(store)
        with store.write() as conn:
            command.revision(configuration(conn), message=why, autogenerate=True, rev_id=next_number())
        store.close()


if __name__ == "__main__":
    main(sys.argv[1])
