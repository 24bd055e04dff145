"""What a page keeps in its scripts: JSON-LD, toutiao, WeChat, __NEXT_DATA__, __NUXT__ and their like."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from spiders.marks import names
from spiders.tree import Tree, parse, tidy

_TITLE_KEYS = (
    "headline",
    "title",
    "articleTitle",
    "widgetTitle",
    "newsTitle",
    "subject",
    "share_title",
    "name",
)
_BODY_KEYS = (
    "articleBody",
    "content",
    "contentHtml",
    "widgetContent",
    "articleContent",
    "newsContent",
    "body",
    "text",
    "detail",
    "html",
    "txt",
)
_TIME_KEYS = names("time_keys")
_MEDIA_KEYS = (
    "publisher",
    "source",
    "media_name",
    "mediaName",
    "screenName",
    "copyFrom",
    "origin",
    "sourceName",
)
_AUTHOR_KEYS = ("author", "authorName", "author_name", "editor", "userName")
_STATE = re.compile(
    r"(?:__NUXT__|__INITIAL_STATE__|__INITIAL_DATA__|__APP_DATA__|__PRELOADED_STATE__|BASE_DATA|_ROUTER_DATA|_SSR_DATA|allData|"
    r"RENDER_DATA|__STATE__|pageData|articleInfo|window\.DATA|articleData|newsData|initialState)\s*=\s*"
)
# what a script must hold for an expression to be tried: most hold none, and a look is cheaper
_STATE_SIGNS = (
    "_DATA", "_STATE__", "__NUXT__", "Data", "articleInfo", "window.DATA", "initialState",
)  # fmt: skip
_TIME_SIGNS = ("pub", "Published", "newsTime", "news_time", "article_time")
_TEXT_SIGNS = ("，", "。", "\\uff0c", "\\uFF0C", "\\u3002")
_VARS = re.compile(
    r"""\b(?:var|let|const|window\.)?\s*(?P<name>msg_title|ct|nickname|createTime|publish_time|pubtime|oriCreateTime|user_name|round_head)\s*[=:]\s*["'](?P<value>[^"'\n]{1,200})["']"""
)
_LOOSE_TIME = re.compile(
    r"""["']?\b(?:pubtime|pub_time|publishTime|publish_time|publishDate|publish_date|datePublished|newsTime|pubDate|article_time|news_time)["']?"""
    r"""\s*[:=]\s*["'](?P<value>20[^"'<>]{8,30}|\d{10}|\d{13})["']"""
)
_LOOSE_BODY = re.compile(
    r"""["']?\b(?:content|contentHtml|articleContent|articleBody|newsContent|detail|body|text)["']?\s*:\s*"(?P<value>(?:[^"\\]|\\.){200,400000})\""""
)
_LENIENT = json.JSONDecoder(strict=False)
_LITERAL = re.compile(r"""[{}\[\];\n]|"[^"\\]*(?:\\.[^"\\]*)*"|'[^'\\]*(?:\\.[^'\\]*)*'|["']""", re.S)
_WRITTEN_TIME = re.compile(r"20\d\d-\d{1,2}-\d{1,2}(?: \d{1,2}:\d{2}(?::\d{2})?)?")
_TAGS = re.compile(r"<[a-zA-Z/][^>]*>")
MIN_BODY = 60


@dataclass(slots=True)
class Found:
    """What the scripts say; any part may be missing."""

    title: str | None = None
    body: str = ""
    times: list[str] = field(default_factory=list)
    media: str | None = None
    author: str | None = None


def read_scripts(tree: Tree) -> Found:
    """The best article any of the page's scripts carries, and loose facts of known systems."""
    found = Found()
    for attrs, text in tree.scripts:
        if not text:
            continue
        kind = (attrs.get("type") or "").lower()
        if (named := (attrs.get("class") or attrs.get("id") or "").lower()).startswith("article-"):
            _take_area(found, named, text)
        elif "json" in kind or attrs.get("id") in {"RENDER_DATA", "__NEXT_DATA__", "__NUXT_DATA__"}:
            _take(found, _loads(text), "ld+json" in kind)
        elif "msg_title" in text or "var ct" in text or "oriCreateTime" in text:
            _take_vars(found, text)
        elif _holds(text, _STATE_SIGNS) and (m := _STATE.search(text)):
            _take(found, _state(text, m.end()), False)
        if not found.body and len(text) > 300 and _holds(text, _TEXT_SIGNS):
            _take_string(found, _LOOSE_BODY.search(text))
        if len(text) < 300 and "document.write" in text and (m := _WRITTEN_TIME.search(text)):
            found.times.append(m[0])
        if len(found.times) < 20 and _holds(text, _TIME_SIGNS) and (m := _LOOSE_TIME.search(text)):
            found.times.append(m["value"])
    return found


def _holds(text: str, signs: tuple[str, ...]) -> bool:
    return any(sign in text for sign in signs)


def body_lines_of(markup: str) -> list[str]:
    """The lines of a body kept as a string of markup or plain text."""
    if "&lt;" in markup and not _TAGS.search(markup):
        markup = html.unescape(markup)
    if not _TAGS.search(markup):
        return [line.strip() for line in html.unescape(markup).splitlines() if line.strip()]
    return [line.text for line in parse(f"<body>{markup}</body>").lines]


def _take_area(found: Found, named: str, text: str) -> None:
    """Text areas that a page's script unpacks: article-title, article-content, article-time, …"""
    text = text.strip()
    if named == "article-content" and len(text) > len(found.body):
        found.body = text
    elif named == "article-title":
        found.title = text
    elif named == "article-time":
        found.times.insert(0, text)
    elif named == "article-source-name":
        found.media = tidy(_TAGS.sub("", text))


def _take_string(found: Found, m: re.Match[str] | None) -> None:
    """A body that stands as one string in a script that is no JSON."""
    text = _loads(f'"{m["value"]}"') if m else None
    if isinstance(text, str) and re.search("[，。]", text):
        found.body = text


def _take_vars(found: Found, text: str) -> None:
    for m in _VARS.finditer(text):
        name, value = m["name"], html.unescape(m["value"])
        if name in {"ct", "createTime", "publish_time", "pubtime", "oriCreateTime"}:
            found.times.append(value)
        elif name == "msg_title":
            found.title = found.title or value
        elif name in {"nickname"}:
            found.media = found.media or value


def _loads(text: str) -> Any:
    text = text.strip().rstrip(";")
    if text.startswith("%"):
        text = unquote(text)
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        pass
    try:
        return json.loads(
            re.sub(r":\s*undefined\b", ":null", re.sub(r",\s*([}\]])", r"\1", text)), strict=False
        )
    except (ValueError, RecursionError):
        return None


def _state(text: str, start: int) -> Any:
    """The value that begins at `start` of a script: mostly JSON, else a literal that may be read as such."""
    try:
        return _LENIENT.raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return _loads(_literal(text, start))


def _literal(text: str, start: int) -> str:
    """The object or array literal that begins at `start`, up to its matching bracket."""
    depth = 0
    for m in _LITERAL.finditer(text, start):
        c = m[0]
        if c in "{[":
            depth += 1
        elif c in "}]":
            depth -= 1
            if depth == 0:
                return text[start : m.end()]
        elif c in "\"'" or (depth == 0 and c in ";\n"):
            return ""
    return ""


def _take(found: Found, data: Any, linked_data: bool) -> None:
    best: tuple[int, dict[str, Any], str] | None = None
    for node in _dicts(data):
        body = _body_of(node)
        if best is None or len(body) > best[0]:
            best = (len(body), node, body)
        if linked_data and (stamp := _first(node, ("datePublished", "pubDate", "upDate"))):
            found.times.append(stamp)
        if linked_data and "headline" in node:
            found.title = found.title or _first(node, ("headline",))
    if best is None or best[0] < MIN_BODY:
        return
    _, node, body = best
    if len(body) > len(found.body):
        found.body = body
        found.title = _first(node, _TITLE_KEYS) or found.title
        family = _dicts(node)
        found.times = [s for d in family for k in _TIME_KEYS if (s := _first(d, (k,)))][:5] + found.times
        found.media = found.media or next((s for d in family if (s := _first(d, _MEDIA_KEYS))), None)
        found.author = found.author or _first(node, _AUTHOR_KEYS)


def _dicts(data: Any) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    stack = [data]
    while stack and len(out) < 5000:
        node = stack.pop()
        if isinstance(node, dict):
            out.append(node)
            stack.extend(v for v in node.values() if isinstance(v, dict | list))
        elif isinstance(node, list):
            stack.extend(v for v in node if isinstance(v, dict | list))
    return out


def _body_of(node: dict[str, Any]) -> str:
    for name in _BODY_KEYS:
        value = node.get(name)
        if isinstance(value, str) and len(value) >= MIN_BODY and re.search("[，。！？]", value):
            return value
        if isinstance(value, list) and value and all(isinstance(v, dict | str) for v in value):
            parts = [
                v if isinstance(v, str) else str(v.get("data") or v.get("text") or v.get("content") or "")
                for v in value
            ]
            joined = "\n".join(p for p in parts if p and not p.startswith("http"))
            if len(joined) >= MIN_BODY and "。" in joined:
                return joined
    return ""


def _first(node: dict[str, Any], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = node.get(name)
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, list) and value and isinstance(value[0], dict):
            value = value[0].get("name")
        if isinstance(value, str | int) and not isinstance(value, bool) and 1 < len(str(value)) <= 200:
            return html.unescape(str(value))
    return None
