"""One fast pass over a page's markup: a flat list of elements and the lines of text they show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

# noembed and noframes hold what looks like markup and is none
_SKIP = (
    "script, style, noscript, svg, template, textarea, select, option, button, iframe, object, embed, "
    "canvas, map, audio, video, input, datalist, math, noembed, noframes"
)
_VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input link meta param source track wbr".split()  # noqa: SIM905
)
_TOKEN = re.compile(r"<(/?)([a-z][^\s/>]*)([^>]*)>([^<]*)")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_Token = tuple[str, str, str, str]
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark q s samp small span strike "  # noqa: SIM905
    "strong sub sup time tt u var wbr img ruby rt rp rb nobr "
    "o:p st1:chsdate ucapcontent founder-content founder-title".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)
_DATE_FIRST = re.compile(r"20\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d")
_DATE_LAST = re.compile(r"20\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:\s+\d{1,2}:\d\d(?::\d\d)?)?$")
# tags that neither nest nor close themselves before the next
_TAG = re.compile(
    r"<(/?)(?!(?:p|li|td|tr|th|dd|dt|tbody|option|br|img|input|meta|link|hr|source|area|col|param|wbr|base|embed)\b)[a-z][\w:-]*[^<>]*>",
    re.I,
)
MAX_DEPTH = 500
MANY_TAGS = 20_000


@dataclass(slots=True)
class Element:
    """One element in document order; `stop` is the index after its last descendant.

    `names` is its id and class in lower case; `markup` its attributes as the parser writes them; from its
    token `first` to its token `last` (of the tree) lies what it holds.
    """

    index: int
    tag: str
    markup: str
    parent: int
    depth: int
    first: int
    last: int
    names: str = ""
    stop: int = 0
    line: int = 0
    last_line: int = 0
    hidden: bool = False

    def attribute(self, name: str) -> str:
        """An attribute's value; empty where it is empty or missing."""
        return _attribute(self.markup, name)


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
    tokens: list[_Token] = field(default_factory=list)
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
            return self.words(element)
        return joiner.join(line.text for line in self.lines[element.line : element.last_line])

    def words(self, element: Element) -> str:
        """All text of an element of a line or two, whatever lines it stands in."""
        held = self.tokens[element.first : element.last]
        return tidy(_plain("".join([token[3] for token in held])))

    def select(self, css: str) -> list[Element]:
        """Elements by a CSS selector, in order; an unreadable selector finds nothing."""
        wanted = {node.mem_id for node in matches(self.parser, css)}
        if not wanted:
            return []
        nodes = self.parser.css("body, body *")
        return [e for e, node in zip(self.elements, nodes, strict=False) if node.mem_id in wanted]


def parse(html: str, remove: tuple[str, ...] = ()) -> Tree:
    """The page as a flat tree, without what the CSS selectors of `remove` name. Never recurses."""
    for invisible in ("\u200b", "\ufeff"):
        if invisible in html:
            html = html.replace(invisible, "")
    tree = Tree(LexborHTMLParser(shallow(html)))
    for css in remove:
        for node in matches(tree.parser, css):
            node.decompose()
    _read_head(tree)
    for node in reversed(tree.parser.css(_SKIP)):  # what lies within another goes before it
        node.decompose()
    body = tree.parser.body
    if body is not None:
        tree.tokens = _tokens(body.html or "")
        _Walk(tree).run()
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
    for node in tree.parser.css("script, textarea"):
        tree.scripts.append((node.attributes, node.text()))


def _tokens(markup: str) -> list[_Token]:
    """The markup as the parser writes it, which is well formed, cut at its tags by one expression."""
    if "<!--" in markup:
        markup = _COMMENT.sub("", markup)
    return _TOKEN.findall(markup)


def _plain(text: str) -> str:
    """The characters the parser writes as entities."""
    if "&" not in text:
        return text
    text = text.replace("&nbsp;", "\xa0").replace("&lt;", "<").replace("&gt;", ">")
    return text.replace("&quot;", '"').replace("&amp;", "&")


def _attribute(markup: str, name: str) -> str:
    start = markup.find(f' {name}="')
    if start < 0:
        return ""
    start += len(name) + 3
    return _plain(markup[start : markup.index('"', start)])


@lru_cache(8192)
def _names(markup: str) -> str:
    return f"{_attribute(markup, 'id')} {_attribute(markup, 'class')}".lower().strip()


class _Walk:
    """Over the tokens without recursion; text is gathered into lines at each block's border.

    This loop is where the time of a reading goes; it trades some beauty for few calls per tag.
    """

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.elements = tree.elements
        self.lines = tree.lines
        self.parts: list[str] = []
        self.open: list[Element] = []
        self.linked = 0
        self.links = 0
        self.cell = False

    def run(self) -> None:
        parts, open_ = self.parts, self.open
        for at, (end, tag, markup, text) in enumerate(self.tree.tokens):
            if not end:
                self._enter(at, tag, markup)
            elif open_ and open_[-1].tag == tag:
                self._leave(open_.pop(), at)
            if text:
                if "&" in text:
                    text = _plain(text)
                if not text.isspace():
                    if parts and text[0].isdigit() and parts[-1][-1].isdigit():
                        self._unglue(text)
                    parts.append(text)
                    if self.links:
                        self.linked += len(text.strip())
                elif parts:
                    parts.append(" ")
        while open_:
            self._leave(open_.pop(), len(self.tree.tokens))
        self._flush(0)

    def _unglue(self, text: str) -> None:
        """A space between a date and the number of the element beside it, which styles set apart."""
        if _DATE_FIRST.match(text) or _DATE_LAST.search(self.parts[-1]):
            self.parts.append(" ")

    def _enter(self, at: int, tag: str, markup: str) -> None:
        open_, elements = self.open, self.elements
        above, hidden = (open_[-1].index, open_[-1].hidden) if open_ else (-1, False)
        names = ""
        if markup:
            if 'id="' in markup or 'class="' in markup:
                names = _names(markup)
            if not hidden and 'style="' in markup:
                hidden = _HIDDEN.search(_attribute(markup, "style")) is not None
        if tag in _INLINE:
            if tag == "a":
                self.links += 1
        else:
            if self.parts:
                self._flush(above)
            if tag not in _VOID:
                self.cell = tag == "td" or tag == "th"
        index, line = len(elements), len(self.lines)
        element = Element(
            index, tag, markup, above, len(open_), at, at, names, index + 1, line, line, hidden
        )  # fmt: skip
        elements.append(element)
        if tag not in _VOID:
            open_.append(element)

    def _leave(self, element: Element, at: int) -> None:
        tag = element.tag
        if tag not in _INLINE:
            if self.parts:
                self._flush(element.index)
            self.cell = False
        elif tag == "a":
            self.links -= 1
        element.last = at
        element.stop = len(self.elements)
        element.last_line = len(self.lines) + bool(self.parts)

    def _flush(self, owner: int) -> None:
        text = " ".join("".join(self.parts).split())
        self.parts.clear()
        if text:
            size = len(text)
            self.lines.append(Line(text, max(owner, 0), size, min(self.linked, size), self.cell))
        self.linked = 0
