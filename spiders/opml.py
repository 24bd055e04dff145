"""OPML in and out, as feed readers exchange their lists (OPML 2.0)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree

from spiders import xml
from spiders.source import Source, slug


def read_opml(body: bytes) -> list[dict[str, Any]]:
    """Draft entries of the feeds in an OPML file, not enabled: purpose and legal ground are still to be
    written. Raises UnsafeXml."""
    drafts: dict[str, dict[str, Any]] = {}
    for outline in xml.parse(body).iter("outline"):
        url = (outline.get("xmlUrl") or "").strip()
        if url.startswith(("http://", "https://")) and url not in drafts:
            name = (outline.get("title") or outline.get("text") or url).strip()[:80]
            drafts[url] = {"id": slug(url.split("//", 1)[1]), "name": name, "kind": "feed", "url": url}
    return _distinct(drafts.values())


def _distinct(drafts: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    taken: set[str] = set()
    for draft in (found := list(drafts)):
        draft["id"] = free_id(draft["id"], taken)
        taken.add(draft["id"])
        draft |= {"enabled": False, "checked": None, "purpose": "", "legal_ground": ""}
    return found


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """The id, or the first of it with a number behind that nobody has."""
    used = set(taken)
    number, name = 2, wanted
    while name in used:
        name, number = f"{wanted[:70]}-{number}", number + 1
    return name


def write_opml(sources: Iterable[Source], title: str) -> bytes:
    """An OPML file of the feeds among the sources."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for source in sources:
        if source.kind == "feed" and source.url:
            named = {"text": source.name, "title": source.name, "type": "rss", "xmlUrl": source.url}
            etree.SubElement(body, "outline", named)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
