"""Jobs on PostgreSQL: which due sources are handed out to whichever machine is free (procrastinate).

A job carries only the id of a source and is written in the transaction that takes the source's row, by
procrastinate's own SQL function. Jobs of one site share a lock: procrastinate runs them one at a time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, text

from monitor.store import sources

SCHEMA = "procrastinate"
QUEUE, TASK = "visits", "visit"
HANDED = "queue"
"""The lease owner of a source that is handed out and not yet begun."""

_UNDER_WAY = text(
    f"SELECT args->>'source' FROM {SCHEMA}.procrastinate_jobs WHERE status IN ('todo', 'doing')"
)
_DEFER = text(
    "SELECT procrastinate_defer_jobs_v1(array_agg(ROW(CAST(:queue AS varchar), CAST(:task AS varchar), 0,"
    " one.lock, one.source, jsonb_build_object('source', one.source), NULL)::procrastinate_job_to_defer_v1))"
    " FROM jsonb_to_recordset(CAST(:jobs AS jsonb)) AS one(source text, lock text)"
)


def hand_out(conn: Connection, sites: Mapping[str, str], now: datetime, limit: int) -> list[str]:
    """Take the sources that are due and write a job for each; `sites` names each source's lock.

    The ids handed out. A source whose job is still there is left alone, lease or no lease.
    """
    there = set(conn.scalars(_UNDER_WAY))
    wanted = [source for source in sites if source not in there]
    taken = [row.source for row in sources.claim(conn, HANDED, wanted, now, limit)] if wanted else []
    if taken:
        rows = [{"source": source, "lock": sites[source]} for source in taken]
        conn.execute(text(f"SET LOCAL search_path TO {SCHEMA}"))
        conn.execute(_DEFER, {"queue": QUEUE, "task": TASK, "jobs": json.dumps(rows)})
        conn.execute(text("SET LOCAL search_path TO DEFAULT"))
    return taken
