"""What the archive knows of rules: what they said of each document, and whether people agreed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from monitor.store.schema import document, incident, incident_document, verdict


@dataclass(frozen=True, slots=True)
class Judged:
    """A document with the verdict that stands."""

    id: int
    title: str
    text: str
    url: str
    media: str | None
    published_at: datetime | None
    flag: bool


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of the documents that a rule flagged."""

    rule: str
    hits: int
    confirmed: int
    dismissed: int

    @property
    def precision(self) -> float | None:
        """Confirmed ÷ decided; None while nobody has decided."""
        decided = self.confirmed + self.dismissed
        return self.confirmed / decided if decided else None


def judged_since(conn: Connection, since: datetime) -> Iterator[Judged]:
    """Documents archived since then that have a verdict, oldest first."""
    columns = (
        document.c.id, document.c.title, document.c.text, document.c.url, document.c.media,
        document.c.published_at, verdict.c.flag,
    )  # fmt: skip
    query = select(*columns).join(verdict, verdict.c.document_id == document.c.id)
    for row in conn.execute(query.where(document.c.archived_at >= since).order_by(document.c.id)):
        yield Judged(*row)


def decided(conn: Connection) -> Iterator[tuple[str, str, bool]]:
    """Title, text and whether confirmed of every flagged document whose incident people decided on."""
    query = (
        select(document.c.title, document.c.text, incident.c.state)
        .join(verdict, verdict.c.document_id == document.c.id)
        .join(incident_document, incident_document.c.document_id == document.c.id)
        .join(incident, incident.c.id == incident_document.c.incident_id)
        .where(verdict.c.flag, (incident.c.state == "dismissed") | incident.c.confirmed_at.is_not(None))
        .order_by(document.c.id)
    )
    for title, text, state in conn.execute(query):
        yield title, text, state != "dismissed"


def fates_of_rules(conn: Connection) -> list[Fate]:
    """Each rule that flagged anything, the most frequent first."""
    hits: Counter[str] = Counter()
    confirmed: Counter[str] = Counter()
    dismissed: Counter[str] = Counter()
    query = (
        select(verdict.c.body, incident.c.state, incident.c.confirmed_at)
        .outerjoin(incident_document, incident_document.c.document_id == verdict.c.document_id)
        .outerjoin(incident, incident.c.id == incident_document.c.incident_id)
        .where(verdict.c.flag)
    )
    for body, state, confirmed_at in conn.execute(query):
        rules = {rule for topic in body["topics"] for rule in topic.get("rules", ())}
        hits.update(rules)
        if state in ("dismissed", "elsewhere"):
            dismissed.update(rules)
        elif confirmed_at is not None:
            confirmed.update(rules)
    return [Fate(rule, n, confirmed[rule], dismissed[rule]) for rule, n in hits.most_common()]
