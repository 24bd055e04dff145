"""One fast pass over a page's markup: a flat list of elements and the lines of text they show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

_SKIP = frozenset(
    "script style noscript svg template textarea select option button iframe object embed canvas map "  # noqa: SIM905
    "audio video input datalist math".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark q s samp small span strike "  # noqa: SIM905
    "strong sub sup time tt u var wbr img ruby rt rp rb nobr "
    "o:p st1:chsdate ucapcontent founder-content founder-title".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)
# tags that neither nest nor close themselves before the next
_TAG = re.compile(
    r"<(/?)(?!(?:p|li|td|tr|th|dd|dt|tbody|option|br|img|input|meta|link|hr|source|area|col|param|wbr|base|embed)\b)[a-z][\w:-]*[^<>]*>",
    re.I,
)
MAX_DEPTH = 500
MANY_TAGS = 20_000


@dataclass(slots=True)
class Element:
    """One element in document order; `stop` is the index after its last descendant."""

    index: int
    tag: str
    attrs: dict[str, str | None]
    parent: int
    depth: int
    handle: Any
    names: str = ""
    stop: int = 0
    line: int = 0
    last_line: int = 0
    hidden: bool = False


@dataclass(slots=True)
class Line:
    """One line of text as a reader sees it: `owner` is its innermost block, `linked` its part in links."""

    text: str
    owner: int
    size: int
    linked: int
    cell: bool = False


@dataclass(slots=True)
class Tree:
    """A page flattened; `scripts` holds what scripts and text areas keep out of sight."""

    parser: Any
    elements: list[Element] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    scripts: list[tuple[dict[str, str | None], str]] = field(default_factory=list)
    metas: dict[str, str] = field(default_factory=dict)
    head_title: str = ""
    canonical: str | None = None
    base: str | None = None

    def subtree(self, element: Element) -> list[Element]:
        """The element and all below it."""
        return self.elements[element.index : element.stop]

    def children(self, element: Element) -> Iterator[Element]:
        """Direct children."""
        i = element.index + 1
        while i < element.stop:
            yield self.elements[i]
            i = self.elements[i].stop

    def ancestors(self, index: int) -> Iterator[Element]:
        """From the element itself up to the body."""
        while index >= 0:
            element = self.elements[index]
            yield element
            index = element.parent

    def text(self, element: Element, joiner: str = " ") -> str:
        """All text of an element."""
        if element.tag in _INLINE:
            return tidy(element.handle.text())
        return joiner.join(line.text for line in self.lines[element.line : element.last_line])

    def select(self, css: str) -> list[Element]:
        """Elements by a CSS selector, in order; an unreadable selector finds nothing."""
        wanted = {node.mem_id for node in matches(self.parser, css)}
        return [e for e in self.elements if e.handle.mem_id in wanted] if wanted else []


def parse(html: str, remove: tuple[str, ...] = ()) -> Tree:
    """The page as a flat tree, without what the CSS selectors of `remove` name. Never recurses."""
    for invisible in ("\u200b", "\ufeff"):
        html = html.replace(invisible, "")
    tree = Tree(LexborHTMLParser(shallow(html)))
    for css in remove:
        for node in matches(tree.parser, css):
            node.decompose()
    _read_head(tree)
    body = tree.parser.body
    if body is not None:
        _Walk(tree).run(body)
    return tree


def matches(parser: Any, css: str) -> list[Any]:
    """Nodes by a CSS selector; none where it cannot be read (sources are checked when they are applied)."""
    try:
        return list(parser.css(css))
    except (SelectolaxError, ValueError):
        return []


def shallow(html: str) -> str:
    """The page without the tags that nest deeper than any real page's; the parser is quadratic in depth."""
    if html.count("<") < MANY_TAGS:
        return html
    depth = 0

    def keep(m: re.Match[str]) -> str:
        nonlocal depth
        if m[1]:
            depth = max(0, depth - 1)
            return m[0] if depth < MAX_DEPTH else " "
        depth += 1
        return m[0] if depth <= MAX_DEPTH else " "

    shallower = _TAG.sub(keep, html)
    return shallower if depth > MAX_DEPTH or len(shallower) < len(html) * 0.8 else html


def tidy(text: str) -> str:
    """Runs of any space as one space, ends trimmed."""
    return " ".join(text.split())


def _read_head(tree: Tree) -> None:
    for node in tree.parser.css("meta"):
        attrs = node.attributes
        name = attrs.get("name") or attrs.get("property") or attrs.get("itemprop")
        content = attrs.get("content")
        if name and content:
            tree.metas.setdefault(name.strip().lower(), content.strip())
    title = tree.parser.css_first("title")
    tree.head_title = tidy(title.text()) if title is not None else ""
    link = tree.parser.css_first("link[rel=canonical]")
    tree.canonical = link.attributes.get("href") if link is not None else None
    base = tree.parser.css_first("base[href]")
    tree.base = (base.attributes.get("href") if base is not None else None) or tree.canonical
    head = tree.parser.head
    for node in head.css("script") if head is not None else ():
        tree.scripts.append((node.attributes, node.text()))


class _Walk:
    """Depth first without recursion; text is gathered into lines at each block's border.

    This loop is where the time of a reading goes; it trades some beauty for few calls per node.
    """

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.elements = tree.elements
        self.lines = tree.lines
        self.parts: list[str] = []
        self.linked = 0
        self.links = 0
        self.cell = False

    def run(self, root: Any) -> None:
        open_: list[Element] = []
        parts = self.parts
        node = root
        while node is not None:
            tag = node.tag
            child = None
            if tag == "-text":
                text = node.text_content
                if text and not text.isspace():
                    parts.append(text)
                    if self.links:
                        self.linked += len(text.strip())
                elif parts:
                    parts.append(" ")
            elif tag not in _SKIP and tag[0] != "-":
                child = self._enter(node, tag, open_)
            elif tag == "script" or tag == "textarea":
                self.tree.scripts.append((node.attributes, node.text()))
            node = child or self._following(node, open_)
        self._flush(0)

    def _following(self, node: Any, open_: list[Element]) -> Any:
        """The next node in document order, closing what ends before it."""
        following = node.next if open_ else None
        while following is None and open_:
            element = open_.pop()
            self._leave(element)
            following = element.handle.next if open_ else None
        return following

    def _enter(self, node: Any, tag: str, open_: list[Element]) -> Any:
        parent = open_[-1] if open_ else None
        attrs = node.attributes
        names, hidden = "", parent is not None and parent.hidden
        if attrs:
            names = f"{attrs.get('id') or ''} {attrs.get('class') or ''}".lower().strip()
            if not hidden and (style := attrs.get("style")):
                hidden = _HIDDEN.search(style) is not None
        at = parent.index if parent is not None else -1
        block = tag not in _INLINE
        if block and self.parts:
            self._flush(at)
        index, line = len(self.elements), len(self.lines)
        element = Element(index, tag, attrs, at, len(open_), node, names, index + 1, line, line, hidden)
        self.elements.append(element)
        child = node.child
        if child is None:
            return None
        if block:
            self.cell = tag == "td" or tag == "th"
        elif tag == "a":
            self.links += 1
        open_.append(element)
        return child

    def _leave(self, element: Element) -> None:
        tag = element.tag
        if tag not in _INLINE:
            if self.parts:
                self._flush(element.index)
            self.cell = False
        elif tag == "a":
            self.links -= 1
        element.stop = len(self.elements)
        element.last_line = len(self.lines) + any(not p.isspace() for p in self.parts)

    def _flush(self, owner: int) -> None:
        text = " ".join("".join(self.parts).split())
        self.parts.clear()
        if text:
            size = len(text)
            self.lines.append(Line(text, max(owner, 0), size, min(self.linked, size), self.cell))
        self.linked = 0
