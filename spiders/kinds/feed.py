"""feed (订阅源): RSS 0.9–2, RDF, Atom and JSON Feed, ill-formed ones too.

Entries become articles to fetch; where the feed carries the whole text (`follow: false`), pages at once.
"""

from __future__ import annotations

import json
import re
from calendar import timegm
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib.parse import urljoin

import feedparser

from spiders import xml
from spiders.kinds import article
from spiders.kinds.shape import Answer, Fetch, Reading, Unreadable
from spiders.page import Page
from spiders.plain import plain_text
from spiders.source import Source


def first(source: Source, words: Sequence[str] = ()) -> tuple[Fetch, ...]:
    """The feed itself."""
    return (Fetch(source.url),)


def read(source: Source, answer: Answer) -> Reading:
    """The feed's entries, newest as the feed orders them."""
    if answer.fetch.role == "article":
        return article.read(source, answer)
    told = _json_feed(source, answer) if _is_json(answer) else _xml_feed(source, answer)
    if not source.follow:
        return Reading(pages=tuple(page for page in told if page.title or page.text))
    return Reading(follow=tuple(Fetch(page.url, "article", extract=True, told=page) for page in told))


def _is_json(answer: Answer) -> bool:
    return answer.body.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{"


def _xml_feed(source: Source, answer: Answer) -> list[Page]:
    body = xml.without_doctype(answer.body)
    feed = feedparser.parse(body, response_headers={"content-type": answer.content_type or "text/xml"})
    if not feed.version and not feed.entries:
        raise Unreadable("不是 RSS、Atom 或 JSON Feed")
    media = source.media or _clean(feed.feed.get("title", "")) or None
    return [page for entry in feed.entries if (page := _entry(source, answer, entry, media))]


def _entry(source: Source, answer: Answer, entry: Any, media: str | None) -> Page | None:
    link = entry.get("link") or _permalink(entry.get("id", ""))
    if not link:
        return None
    bodies = [part.get("value", "") for part in entry.get("content", [])]
    text = max([*bodies, entry.get("summary", "")], key=len)
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    return Page(
        source.id,
        urljoin(answer.url, link.strip()),
        _clean(entry.get("title", "")),
        plain_text(text),
        "article",
        answer.fetched_at,
        published_at=_moment(when, answer.fetched_at),
        media=_clean(entry.get("source", {}).get("title", "")) or media,
        author=_clean(entry.get("author", "")) or None,
    )


def _permalink(identity: str) -> str:
    return identity if identity.startswith(("http://", "https://")) else ""


def _moment(parsed: Any, fetched_at: datetime) -> datetime | None:
    """A feed's time in UTC; one from the future (a wrong clock or zone) is not believed."""
    if not parsed:
        return None
    try:
        moment = datetime.fromtimestamp(timegm(parsed), UTC)
    except ValueError:
        return None
    return moment if (moment - fetched_at).total_seconds() < 86400 else None


def _clean(text: str) -> str:
    return re.sub(r"\s+", " ", unescape(plain_text(text))).strip()


def _json_feed(source: Source, answer: Answer) -> list[Page]:
    try:
        feed = json.loads(answer.body.decode("utf-8-sig", "replace"))
        items = feed["items"]
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable("不是 JSON Feed：缺少 items") from error
    media = source.media or feed.get("title")
    return [_json_entry(source, answer, item, media) for item in items if item.get("url") or item.get("id")]


def _json_entry(source: Source, answer: Answer, item: Mapping[str, Any], media: str | None) -> Page:
    authors = item.get("authors") or ([item["author"]] if item.get("author") else [])
    text = item.get("content_text") or plain_text(item.get("content_html") or item.get("summary") or "")
    return Page(
        source.id,
        urljoin(answer.url, str(item.get("url") or item["id"])),
        _clean(str(item.get("title") or "")),
        text,
        "article",
        answer.fetched_at,
        published_at=_iso(item.get("date_published") or item.get("date_modified")),
        media=media,
        author=next((a.get("name") for a in authors if isinstance(a, dict)), None),
    )


def _iso(text: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
