"""judge: every new document gets a verdict, with the hash of the rules that gave it.

A document the rules fail on gets a calm verdict that says so, and a fault: it must not block the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from monitor.log import logger
from monitor.settings import Station
from monitor.stages import Done, House
from monitor.store import documents, faults, verdicts
from monitor.store.types import AnyRow
from rules.verdict import Text, Verdict

BATCH = 20
Said = tuple[AnyRow, Verdict, str]
_log = logger(__name__)


def run(house: House, now: datetime) -> Done:
    """One batch, oldest first.

    On PostgreSQL it is claimed for as long as it is judged: whoever else judges takes the next one. SQLite
    has one writer, which must not be kept waiting: there the rules are asked outside the transaction.
    """
    if house.store.is_sqlite:
        with house.store.read() as conn:
            rows = documents.to_judge(conn, BATCH)
        said = _said(house, rows)
        if said:
            with house.store.write(durable=False) as conn:
                _keep(conn, house, said, now)
    else:
        with house.store.write(durable=False) as conn:
            rows = documents.to_judge(conn, BATCH, claim=True)
            said = _said(house, rows)
            _keep(conn, house, said, now)
    lag = max(((now - row.archived_at).total_seconds() for row in rows), default=0.0)
    return Done("judge", len(said), sum(bool(t) for _, _, t in said), max(lag, 0.0), len(rows) == BATCH)


def _said(house: House, rows: Sequence[AnyRow]) -> list[Said]:
    return [(row, *judged(house, row)) for row in rows]


def _keep(conn: Connection, house: House, said: Sequence[Said], now: datetime) -> None:
    if not said:
        return
    for row, verdict, trouble in said:
        verdicts.keep(conn, row.id, verdict, house.judge.ruleset, now)
        if trouble:
            faults.open_(conn, "judge", f"document-{row.id}", trouble, now)
    faults.close_all(conn, "judge", [f"document-{row.id}" for row, _, trouble in said if not trouble], now)
    documents.mark(conn, [row.id for row, _, _ in said], "judged_at", now)


def judged(house: House, row: AnyRow) -> tuple[Verdict, str]:
    """What the rules say of one document at home; and the trouble, where they failed on it."""
    text = _text(row, house.station)
    try:
        return _at_home(house.judge.judge(text), row, house.station), ""
    except Exception as error:  # noqa: BLE001 - a daemon's job: one document must not stop the rest
        _log.error("judge.failed", document=row.id, error=repr(error))
        trouble = f"研判时出错：{type(error).__name__}：{error}"
        return Verdict(text.id, False, "unsure", False, (), None, (), None, False, (trouble,)), trouble


def _text(row: AnyRow, station: Station) -> Text:
    source = station.source(row.source)
    media = row.media or (source.media if source else None)
    when = row.published_at or row.fetched_at
    return Text(str(row.id), row.title, row.text, row.url, media, when)


def _at_home(verdict: Verdict, row: AnyRow, station: Station) -> Verdict:
    """What a local source leaves open, and every lead, is about our own place (issue: unsure and local).

    A lead marked 突发重大 is ours whatever the rules say: an officer or a platform answers for the mark.
    """
    if row.kind == "lead" and (row.extra or {}).get("sudden") == "true":
        why = (*verdict.why, "线索标记为突发重大")
        return replace(
            verdict, flag=True, incident=True, in_place="yes", level=min(2, verdict.level or 2), why=why
        )
    source = station.source(row.source)
    local = row.kind == "lead" or (source is not None and source.local)
    if verdict.flag or not verdict.incident or verdict.in_place != "unsure" or not local:
        return verdict
    name = source.name if source else "值班登记"
    return replace(verdict, flag=True, why=(*verdict.why, f"来自本地信源“{name}”，未写明地点的按本地处理"))
