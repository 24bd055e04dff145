"""Text out of a fragment of markup (a feed's summary, an API's body), paragraph by line."""

from __future__ import annotations

import re

from lxml import etree, html

_BLOCKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "section"})
_DROPPED = ("script", "style", "noscript")


def plain_text(fragment: str) -> str:
    """The visible words of a fragment; plain text comes back as it is, with blanks tidied."""
    if "<" not in fragment and "&" not in fragment:
        return _tidy(fragment)
    try:
        root = html.fragment_fromstring(fragment, create_parent="div")
    except (etree.ParserError, ValueError):
        return _tidy(re.sub(r"<[^>]*>", " ", fragment))
    for node in root.iter():
        if node.tag in _DROPPED:
            node.text = None
        elif node.tag in _BLOCKS:
            node.tail = "\n" + (node.tail or "")
            node.text = "\n" + (node.text or "")
    return _tidy("".join(root.itertext(with_tail=True)))


def _tidy(text: str) -> str:
    lines = (re.sub(r"[ \t\u00a0\u3000]+", " ", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)
