"""Rows of a hot list that comes as a web page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import html

from spiders.kinds.paths import number

_FEWEST = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One row as the page shows it."""

    title: str
    url: str
    rank: int | None
    heat: float | None


def rows(text: str, selectors: Mapping[str, str]) -> list[Row]:
    """The rows under `selectors.item`, else the parent with the most alike children that hold a link."""
    tree = html.document_fromstring(text)
    nodes = tree.cssselect(selectors["item"]) if "item" in selectors else _alike(tree)
    found = [row for node in nodes if (row := _row(node, selectors))]
    return list({row.title: row for row in reversed(found)}.values())[::-1]


def _alike(tree: html.HtmlElement) -> list[html.HtmlElement]:
    best: list[html.HtmlElement] = []
    for parent in tree.iter():
        if not isinstance(parent.tag, str) or len(parent) < _FEWEST:
            continue
        tag = Counter(child.tag for child in parent if isinstance(child.tag, str)).most_common(1)[0][0]
        linked = [child for child in parent if child.tag == tag and _has_title(child)]
        if len(linked) > len(best):
            best = linked
    return best


def _has_title(node: html.HtmlElement) -> bool:
    anchors = [node] if node.tag == "a" else node.iter("a")
    return any(len((anchor.text_content() or "").strip()) >= 4 for anchor in anchors)


def _row(node: html.HtmlElement, selectors: Mapping[str, str]) -> Row | None:
    anchors = [node] if node.tag == "a" else list(node.iter("a"))
    titled = _first(node, selectors, "title")
    anchor = _first(node, selectors, "link")
    if anchor is None:
        anchor = max(anchors, key=lambda a: len(a.text_content()), default=None)
    title = _words(titled if titled is not None else anchor)
    if not title:
        return None
    rank, heat = (number(_words(_first(node, selectors, name))) for name in ("rank", "heat"))
    return Row(
        title,
        (anchor.get("href") or "").strip() if anchor is not None else "",
        int(rank) if rank is not None else _leading_rank(node, title),
        heat if heat is not None else _largest(node, title),
    )


def _first(node: html.HtmlElement, selectors: Mapping[str, str], name: str) -> html.HtmlElement | None:
    return next(iter(node.cssselect(selectors[name])), None) if name in selectors else None


def _words(node: html.HtmlElement | None) -> str:
    return " ".join(node.text_content().split()) if node is not None else ""


def _others(node: html.HtmlElement, title: str) -> list[str]:
    return [part.strip() for part in node.itertext() if part.strip() and part.strip() not in title]


def _leading_rank(node: html.HtmlElement, title: str) -> int | None:
    parts = _others(node, title)
    lead = parts[0].rstrip(".、") if parts else ""
    return int(lead) if lead.isdigit() and len(lead) <= 3 else None


def _largest(node: html.HtmlElement, title: str) -> float | None:
    figures = [
        figure for part in _others(node, title) if (figure := number(part)) is not None and figure > 999
    ]
    return max(figures, default=None)
