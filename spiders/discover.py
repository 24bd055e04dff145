"""What kind of source is this address? Told from one answer; several candidates, the best first. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from spiders import xml
from spiders.decode import decode
from spiders.errors import SpiderError
from spiders.extract import Extracted
from spiders.kinds import hotlist
from spiders.kinds.shape import Answer, Fetch
from spiders.opml import free_id
from spiders.source import Source, SourceKind, slug

_FEED_ROOTS = frozenset({"rss", "feed", "rdf", "RDF"})
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_FORUM = re.compile(r"discuz|phpwind|/forum|/thread|/bbs|viewthread|forumdisplay", re.IGNORECASE)
_BOARD = re.compile(r"热榜|热搜|热点榜|热议榜|排行榜")
FEWEST_LINKS = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to listen to an address: the kind, the address to ask, a name, and why we think so."""

    kind: SourceKind
    url: str
    name: str
    why: str


def candidates(answer: Answer) -> tuple[Candidate, ...]:
    """Every way to listen to what this answer shows; empty where it is a single article or nothing."""
    name = _host(answer.url)
    body = answer.body.lstrip(b"\xef\xbb\xbf \r\n\t")
    if body[:2] == b"\x1f\x8b":
        return (Candidate("sitemap", answer.url, name, "压缩的站点地图"),)
    if body[:1] in (b"{", b"["):
        return tuple(_data(answer, name))
    if body[:5] == b"<?xml" or body[:4] in (b"<rss", b"<fee", b"<rdf", b"<url", b"<sit"):
        return tuple(_markup(answer, name))
    if b"<" not in body[:200]:
        return tuple(_text(answer, name))
    return tuple(_page(answer, name))


def _host(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _markup(answer: Answer, name: str) -> Iterator[Candidate]:
    root = xml.parse(answer.body)
    tag = etree.QName(root).localname
    title = next(
        (node.text.strip() for node in root.iter("{*}title") if node.text and node.text.strip()), name
    )
    if tag in _FEED_ROOTS:
        yield Candidate("feed", answer.url, title[:80], f"根元素是 {tag}，为订阅源")
    elif tag in ("urlset", "sitemapindex"):
        yield Candidate("sitemap", answer.url, name, f"根元素是 {tag}，为站点地图")


def _data(answer: Answer, name: str) -> Iterator[Candidate]:
    try:
        data: Any = json.loads(decode(answer.body, answer.content_type).text)
    except ValueError:
        return
    if isinstance(data, dict) and str(data.get("version", "")).startswith("https://jsonfeed.org"):
        yield Candidate("feed", answer.url, str(data.get("title") or name)[:80], "JSON Feed")
        return
    rows = _rows(answer)
    if rows and any(page.counts.heat is not None for page in rows):
        yield Candidate("hotlist", answer.url, name, f"JSON 榜单，读到 {len(rows)} 条，带热度")
    if rows:
        yield Candidate("api", answer.url, name, f"JSON 接口，读到 {len(rows)} 条带标题的记录")


def _text(answer: Answer, name: str) -> Iterator[Candidate]:
    rows = _rows(answer)
    if len(rows) >= FEWEST_LINKS:
        yield Candidate("hotlist", answer.url, name, f"文本榜单，读到 {len(rows)} 条")


def _rows(answer: Answer) -> tuple[Any, ...]:
    probe = Source(id="probe", name="试读", kind="hotlist", url=answer.url, enabled=False)
    try:
        return hotlist.read(probe, replace(answer, fetch=Fetch(answer.url))).pages
    except SpiderError:
        return ()


def _page(answer: Answer, name: str) -> Iterator[Candidate]:
    tree = html.document_fromstring(decode(answer.body, answer.content_type).text)
    title = " ".join((tree.findtext(".//title") or name).split())[:80] or name
    yield from _announced(tree, answer.url, title)
    found = answer.extracted
    links = len(found.links) if found is not None else 0
    if links < FEWEST_LINKS or found is None or _is_article(found):
        return
    if _BOARD.search(title):
        yield Candidate("hotlist", answer.url, title, f"标题像榜单，页面有 {links} 个条目")
    if _FORUM.search(answer.url) or _FORUM.search(answer.body[:4096].decode("latin-1")):
        yield Candidate("forum", answer.url, title, f"像论坛版块，读到 {links} 个帖子")
    yield Candidate("listing", answer.url, title, f"列表页，读到 {links} 个文章链接")


def _is_article(found: Extracted) -> bool:
    return found.kind == "article" and len(found.text) > 200


def _announced(tree: html.HtmlElement, url: str, title: str) -> Iterator[Candidate]:
    """Feeds the page announces in its head (autodiscovery)."""
    for link in tree.iter("link"):
        if (link.get("type") or "").lower() in _FEED_TYPES and link.get("href"):
            name = (link.get("title") or title)[:80]
            yield Candidate("feed", urljoin(url, link.get("href").strip()), name, "页面声明的订阅源")


def draft(
    candidate: Candidate, taken: Iterable[str], *, purpose: str = "", legal_ground: str = "", **more: Any
) -> dict[str, Any]:
    """The entry to write into sources.yaml; enabled only once purpose and legal ground are there."""
    parts = urlsplit(candidate.url)
    wanted = slug(f"{_host(candidate.url)}{parts.path}")
    entry = {
        "id": free_id(wanted, taken),
        "name": candidate.name,
        "kind": candidate.kind,
        "url": candidate.url,
    }
    ready = bool(purpose and legal_ground)
    return {**entry, "enabled": ready, "purpose": purpose, "legal_ground": legal_ground, **more}
