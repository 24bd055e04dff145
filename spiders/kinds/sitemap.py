"""sitemap (站点地图): news site maps, plain ones and index files, .xml or .xml.gz, bare lists of addresses.

Newest first; an index leads to the maps changed within the last days, within `limits.depth`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from lxml import etree

from spiders import xml
from spiders.dates import parse_stamp
from spiders.kinds import article
from spiders.kinds.shape import Answer, Fetch, Reading, Unreadable
from spiders.page import Page
from spiders.source import Source

FRESH = timedelta(days=3)
"""Entries older than this are history: a site map lists a site's whole life, a duty desk wants today."""


def first(source: Source, words: Sequence[str] = ()) -> tuple[Fetch, ...]:
    """The map, or the index of maps."""
    return (Fetch(source.url),)


def read(source: Source, answer: Answer) -> Reading:
    """The fresh addresses of a map, or the fresh maps of an index."""
    if answer.fetch.role == "article":
        return article.read(source, answer)
    body = answer.body
    if body[:2] == b"\x1f\x8b":
        body = xml.gunzip(body, source.limits.bytes)
    if body.lstrip(b"\xef\xbb\xbf \r\n\t")[:4] in (b"http", b"HTTP"):
        return _bare(source, body, answer)
    return _tree(source, xml.parse(body), answer)


def _bare(source: Source, body: bytes, answer: Answer) -> Reading:
    urls = [line.strip() for line in body.decode("utf-8-sig", "replace").splitlines()]
    return Reading(follow=tuple(_article(source, url, None, "", answer) for url in urls if url))


def _tree(source: Source, root: etree._Element, answer: Answer) -> Reading:
    kind = etree.QName(root).localname
    if kind not in ("urlset", "sitemapindex"):
        raise Unreadable("不是站点地图：缺少 urlset 或 sitemapindex")
    oldest = answer.fetched_at - FRESH
    entries = [_facts(node) for node in root]
    fresh = sorted(
        (entry for entry in entries if entry.get("loc") and _is_fresh(entry, answer.fetched_at, oldest)),
        key=lambda entry: _when(entry, answer.fetched_at) or oldest,
        reverse=True,
    )
    return Reading(follow=tuple(_steps(source, kind, fresh, answer)))


def _steps(source: Source, kind: str, entries: Sequence[dict[str, str]], answer: Answer) -> Iterator[Fetch]:
    for entry in entries:
        if kind == "sitemapindex":
            yield Fetch(entry["loc"], depth=answer.fetch.depth + 1)
        else:
            when = _when(entry, answer.fetched_at) if "publication_date" in entry else None
            yield _article(source, entry["loc"], when, entry.get("title", ""), answer, entry.get("name"))


def _article(
    source: Source, url: str, when: datetime | None, title: str, answer: Answer, media: str | None = None
) -> Fetch:
    told = Page(
        source.id,
        url,
        title,
        "",
        "article",
        answer.fetched_at,
        published_at=when,
        media=source.media or media,
    )
    return Fetch(url, "article", extract=True, told=told)


def _facts(node: etree._Element) -> dict[str, str]:
    """The words of an entry by local name; the first wins (news:title before image:title)."""
    facts: dict[str, str] = {}
    for part in node.iter():
        if isinstance(part.tag, str) and part.text and part.text.strip():
            facts.setdefault(etree.QName(part).localname, part.text.strip())
    return facts


def _when(entry: dict[str, str], now: datetime) -> datetime | None:
    text = entry.get("publication_date") or entry.get("lastmod")
    moment = parse_stamp(text, now) if text else None
    return moment.at if moment else None


def _is_fresh(entry: dict[str, str], now: datetime, oldest: datetime) -> bool:
    when = _when(entry, now)
    return when is None or when >= oldest
