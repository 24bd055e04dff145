"""archive: pages become documents, once each; an edited page is judged afresh, changed counters are kept.

Called by the crawl role, by imports and by people's hands; the documents it leaves are what `judge` takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from monitor.domain.document import seal_author, storable, text_digest, url_key
from monitor.store import documents, leads
from monitor.store.engine import Store
from monitor.store.types import AnyRow
from spiders.mask import mask
from spiders.page import Page

# 20 rows keep a write transaction far below 50 ms: the console's click must not wait for the crawl
BATCH = 20
_SECRET = ("phone", "author_sealed")
# what the page can be asked for again by: figures of the server's, nobody's number
_OF_THE_ANSWER = ("etag", "last_modified")


@dataclass(frozen=True, slots=True)
class Archived:
    """What became of the pages handed in."""

    new: int = 0
    changed: int = 0
    seen: int = 0

    def __add__(self, other: Archived) -> Archived:
        return Archived(self.new + other.new, self.changed + other.changed, self.seen + other.seen)


def keep(store: Store, key: bytes, pages: Iterable[Page], now: datetime) -> Archived:
    """Archive pages in small transactions; handing in the same page again changes nothing."""
    total = Archived()
    for batch in _batches(page for page in pages if page.kind != "list"):
        rows = [(page, _row(key, page, now)) for page in batch]
        with store.write(durable=False) as conn:
            for page, row in rows:
                total += _keep_one(conn, key, page, row, now)
    return total


def _batches(pages: Iterator[Page]) -> Iterator[Sequence[Page]]:
    while batch := list(islice(pages, BATCH)):
        yield batch


def _row(key: bytes, page: Page, now: datetime) -> dict[str, Any]:
    title, text = storable(page.title).strip(), storable(page.text)
    extra: dict[str, Any] = {
        k: storable(v) if k in _OF_THE_ANSWER else mask(storable(v))
        for k, v in page.extra.items()
        if k not in _SECRET
    }
    if page.author and not page.author_is_institution:
        extra["author_sealed"] = seal_author(key, storable(page.author))
    return {
        "source": page.source,
        "url": storable(page.url).strip(),
        "url_key": _key(page),
        "title": title,
        "text": text,
        "kind": page.kind,
        "media": storable(page.media)[:200] if page.media else None,
        "author_alias": storable(page.author)[:80] if page.author and page.author_is_institution else None,
        "published_at": page.published_at,
        "has_minute": page.has_minute,
        "fetched_at": page.fetched_at,
        "archived_at": now,
        "digest": text_digest(title, text),
        "counts": _counts(page),
        "extra": extra,
    }


def _key(page: Page) -> str:
    """A row of a hot list is its words, not its address: boards give rows the address of their place, of a
    search, or of an article that is to be archived too."""
    return url_key(f"hot:{page.source}/{page.title}") if page.kind == "hot" else url_key(page.url)


def _counts(page: Page) -> dict[str, Any] | None:
    return {name: value for name, value in asdict(page.counts).items() if value is not None} or None


def _keep_one(conn: Connection, key: bytes, page: Page, row: dict[str, Any], now: datetime) -> Archived:
    new = documents.add(conn, row)
    if new is not None:
        if row["counts"]:
            documents.sight(conn, new, page.fetched_at, row["counts"])
        if page.kind == "lead":
            leads.from_page(conn, key, page, new, now)
        return Archived(new=1)
    return _met_again(conn, page, row)


def _met_again(conn: Connection, page: Page, row: dict[str, Any]) -> Archived:
    old = documents.by_key(conn, row["url_key"])
    if old is None:  # deleted by retention in between
        return Archived()
    if row["counts"] and row["counts"] != old.counts:
        documents.sight(conn, old.id, page.fetched_at, {**(old.counts or {}), **row["counts"]})
    if row["digest"] == old.digest or (old.text and not row["text"]):
        _restate(conn, page, old)
        return Archived(seen=1)
    former = [
        *(old.extra or {}).get("former", []),
        {"digest": old.digest, "until": page.fetched_at.isoformat()},
    ]
    text = {name: row[name] for name in ("title", "text", "digest", "fetched_at")}
    documents.rewrite(conn, old.id, text | {"extra": {**row["extra"], "former": former[-20:]}})
    return Archived(changed=1)


def _restate(conn: Connection, page: Page, old: AnyRow) -> None:
    """A work order handed in again with another status (已回复、已办结) keeps it, and when that was seen."""
    status = storable(page.extra.get("status", ""))
    if status and status != (old.extra or {}).get("status"):
        seen = {"status": status, "status_at": page.fetched_at.isoformat()}
        documents.restate(conn, old.id, {**(old.extra or {}), **seen})
