"""The article in the data that a page's scripts carry: the object with the longest prose, and its kin."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from spiders.marks import names

_TITLE_KEYS = (
    "headline", "title", "articleTitle", "widgetTitle", "newsTitle", "subject", "share_title", "name",
)  # fmt: skip
_BODY_KEYS = (
    "articleBody", "content", "contentHtml", "widgetContent", "articleContent", "newsContent", "body", "text",
    "detail", "html", "txt",
)  # fmt: skip
_TIME_KEYS = names("time_keys")
_MEDIA_KEYS = (
    "publisher", "source", "media_name", "mediaName", "screenName", "copyFrom", "origin", "sourceName",
)  # fmt: skip
_AUTHOR_KEYS = ("author", "authorName", "author_name", "editor", "userName")
# keys of systems not met before, told by what their names say
_LIKE_TITLE = re.compile(r"(?<!sub)title$|headline|subject", re.I)
_LIKE_BODY = re.compile(r"body|content|text|html|detail|article|message|desc|nr$", re.I)
_LIKE_TIME = re.compile(
    r"(?:pub|release|issue|post|show|display|online|news|send).{0,8}(?:time|date|at)$|^fbsj$", re.I
)
_ANY_TIME = re.compile(
    r"^(?!.*(?:up|mod|end|start|expire|edit|last|begin|del|valid)).*(?:date|time)(?:line|str|stamp)?$", re.I
)
_MARKS = re.compile("[，。！？]")
MIN_BODY = 60
MOST_OBJECTS = 5000
NEAREST = 3


@dataclass(slots=True)
class Found:
    """What the scripts say; any part may be missing."""

    title: str | None = None
    body: str = ""
    times: list[str] = field(default_factory=list)
    media: str | None = None
    author: str | None = None


@dataclass(slots=True)
class _Object:
    """One object of the data, and the objects it lies in, the nearest first."""

    values: dict[str, Any]
    above: tuple[dict[str, Any], ...]


def take(found: Found, data: Any, linked_data: bool = False) -> None:
    """Add the best article of `data`; `linked_data` is JSON-LD, whose times count without a body too."""
    best, body = None, ""
    for node in _objects(data):
        if len(said := _body_of(node.values)) > len(body):
            best, body = node, said
        if linked_data:
            _take_linked(found, node.values)
    if best is not None and len(body) >= MIN_BODY and len(body) > len(found.body):
        found.body = body
        _take_facts(found, best)


def _take_linked(found: Found, node: dict[str, Any]) -> None:
    if stamp := _first(node, ("datePublished", "pubDate", "upDate")):
        found.times.append(stamp)
    if "headline" in node:
        found.title = found.title or _first(node, ("headline",))


def _take_facts(found: Found, node: _Object) -> None:
    """Title, times and names, from the object itself, else from those below it, else from those around it."""
    below = [o.values for o in _objects(node.values)]
    found.title = _titled((node.values, *node.above)) or found.title
    stamps = [s for d in below for k in _TIME_KEYS if (s := _first(d, (k,)))][:5]
    near = (*below, *node.above)
    for form in (_LIKE_TIME, _ANY_TIME):
        stamps = stamps or [s for d in near if (s := _first_like(d, form))]
    around = [s for d in node.above for k in _TIME_KEYS if (s := _first(d, (k,)))][:3] if not stamps else []
    found.times = stamps + around + found.times
    found.media = found.media or next((s for d in near if (s := _first(d, _MEDIA_KEYS))), None)
    found.author = found.author or _first(node.values, _AUTHOR_KEYS)


def _titled(nodes: Iterable[dict[str, Any]]) -> str | None:
    for node in nodes:
        if title := _first(node, _TITLE_KEYS) or _first_like(node, _LIKE_TITLE):
            return title
    return None


def _objects(data: Any) -> list[_Object]:
    out: list[_Object] = []
    stack: list[tuple[Any, tuple[dict[str, Any], ...]]] = [(data, ())]
    while stack and len(out) < MOST_OBJECTS:
        node, above = stack.pop()
        if isinstance(node, dict):
            out.append(_Object(node, above))
            above = (node, *above[: NEAREST - 1])
            stack.extend((v, above) for v in node.values() if isinstance(v, dict | list))
        elif isinstance(node, list):
            # what lies around a list of articles says nothing of the single one
            lone = above if len(node) == 1 else ()
            stack.extend((v, lone) for v in node if isinstance(v, dict | list))
    return out


def _body_of(node: dict[str, Any]) -> str:
    for name in _BODY_KEYS:
        value = node.get(name)
        if isinstance(value, str) and _is_prose(value):
            return value
        if isinstance(value, list) and value and all(isinstance(v, dict | str) for v in value):
            joined = _joined(value)
            if len(joined) >= MIN_BODY and "。" in joined:
                return joined
    others = (v for k, v in node.items() if isinstance(v, str) and _LIKE_BODY.search(k) and _is_prose(v))
    return max(others, key=len, default="")


def _is_prose(value: str) -> bool:
    return len(value) >= MIN_BODY and _MARKS.search(value) is not None


def _joined(parts: list[Any]) -> str:
    """A body kept as a list of paragraphs or of blocks."""
    texts = (
        v if isinstance(v, str) else str(v.get("data") or v.get("text") or v.get("content") or "")
        for v in parts
    )
    return "\n".join(t for t in texts if t and not t.startswith("http"))


def _first(node: dict[str, Any], keys: tuple[str, ...]) -> str | None:
    return next((text for k in keys if (text := _short(node.get(k)))), None)


def _first_like(node: dict[str, Any], form: re.Pattern[str]) -> str | None:
    return next((text for k, v in node.items() if form.search(k) and (text := _short(v))), None)


def _short(value: Any) -> str | None:
    """A value short enough for a title, a name or a time; an object's is its name's."""
    first = chain(value[:1], (None,)) if isinstance(value, list) else (value,)
    value = next(iter(first))
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, str | int) and not isinstance(value, bool) and 1 < len(str(value)) <= 200:
        return html.unescape(str(value))
    return None
