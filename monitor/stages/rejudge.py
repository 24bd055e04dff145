"""rejudge: after a change of rules the documents of the last days are judged anew, little by little.

Only documents that belong to no incident, that nobody separated from one and that are no entered lead: what
people acted on stays as they left it. One that is flagged now goes to gather like a new one; the verdict of
one that no longer is becomes calm. A new installation begins with the rules it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from monitor.stages import Done, House
from monitor.stages.judge import judged
from monitor.store import documents, facts, rejudging, verdicts
from monitor.store.types import AnyRow

BATCH, MOST = 20, 5
DONE = "rejudged"


def run(house: House, now: datetime) -> Done:
    """At most a hundred documents a tick, the newest first; new pages come first."""
    ruleset = house.judge.ruleset
    with house.store.read() as conn:
        finished = facts.get(conn, DONE)
    if finished == ruleset:
        return Done("rejudge")
    if finished is None:
        return _finish(house, 0)
    taken = 0
    for _ in range(MOST):
        with house.store.read() as conn:
            rows = rejudging.due(conn, ruleset, now - house.station.gathering.rejudge, BATCH)
        _batch(house, rows, now)
        taken += len(rows)
        if len(rows) < BATCH:
            return _finish(house, taken)
    return Done("rejudge", taken)


def _batch(house: House, rows: Sequence[AnyRow], now: datetime) -> None:
    said = [(row, *judged(house, row)) for row in rows]
    if not said:
        return
    with house.store.write(durable=False) as conn:
        for row, verdict, _ in said:
            verdicts.keep(conn, row.id, verdict, house.judge.ruleset, now)
        fresh = [row.id for row, verdict, _ in said if verdict.flag and not row.v_flag]
        if fresh:
            documents.gather_again(conn, fresh)


def _finish(house: House, taken: int) -> Done:
    with house.store.write() as conn:
        facts.set_(conn, DONE, house.judge.ruleset)
    return Done("rejudge", taken)
