"""Verdicts (研判建议): what the rules said of a document, with the ruleset that said it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from monitor.store.insert import put
from monitor.store.schema import verdict
from rules.verdict import Verdict


def keep(conn: Connection, document_id: int, said: Verdict, ruleset: str, at: datetime) -> None:
    """Store a verdict; a later one for the same document takes its place."""
    values = {
        "document_id": document_id,
        "ruleset": ruleset,
        "at": at,
        "flag": said.flag,
        "in_place": said.in_place,
        "incident": said.incident,
        "level": said.level,
        "official_response": said.official_response,
        "restricted": said.restricted,
        "body": said.as_json(),
    }
    put(conn, verdict, values, ["document_id"])
