"""What a page keeps in its scripts: JSON-LD, toutiao, WeChat, __NEXT_DATA__, __NUXT__ and their like."""

from __future__ import annotations

import html
import json
import re
from itertools import islice
from typing import Any
from urllib.parse import unquote

from spiders.extract_json import Found, take
from spiders.tree import Tree, parse, tidy

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
_ASSIGNED = re.compile(r"(?:^|[;{}\s(,])(?:var |let |const |window\.|self\.)\s*[\w$.]{1,40}\s*=\s*(?=[{\[])")
_PARSED = re.compile(
    r"""JSON\.parse\(\s*(?:decodeURIComponent\(\s*)?(?:"(?P<value>(?:[^"\\]|\\.)*)"|'(?P<single>(?:[^'\\]|\\.)*)')"""
)
_DECODED = re.compile(r"\b(?P<name>\w+)\s*[:=]\s*(?:JsDecode\()?'(?P<value>(?:[^'\\]|\\.)*)'")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.S)
_ESCAPES = {"n": "\n", "r": "\n", "t": " ", "b": "", "f": ""}
_MARKUP = ("<p", "<div", "<article", "<section", "&lt;p", "&lt;div")
MOST_TRIES = 8
MOST_ROWS = 2000
MIN_SAID = 40
MOST_SAID = 10_000
MOST_LINES = 12
_TOLD = frozenset({"article", "news", "video", "videos"})
_FLIGHT = re.compile(r"""__next_f\.push\(\[\s*1\s*,\s*"(?P<value>(?:[^"\\]|\\.)*)"\s*\]\)""", re.S)
_FLIGHT_ROW = re.compile(r"(?:^|\n|(?<=[}\]]))[0-9a-f]{1,4}:(?:T(?P<size>[0-9a-f]+),|(?=[\[{]))")
_WECHAT_SIGNS = ("msg_title", "var ct", "window.ct", "createTime", "oriCreateTime")
_LENIENT = json.JSONDecoder(strict=False)
_LITERAL = re.compile(r"""[{}\[\];\n]|"[^"\\]*(?:\\.[^"\\]*)*"|'[^'\\]*(?:\\.[^'\\]*)*'|["']""", re.S)
_WRITTEN_TIME = re.compile(r"20\d\d-\d{1,2}-\d{1,2}(?: \d{1,2}:\d{2}(?::\d{2})?)?")
_TAGS = re.compile(r"<[a-zA-Z/][^>]*>")


def read_scripts(tree: Tree) -> Found:
    """The best article any of the page's scripts carries, and loose facts of known systems."""
    found = Found()
    for attrs, text in tree.scripts:
        if text:
            _read_script(found, attrs, text)
    flight = (m["value"] for _, text in tree.scripts if "__next_f" in text for m in _FLIGHT.finditer(text))
    if chunks := "".join(map(_unescaped, flight)):
        _take_flight(found, chunks)
    return found


def _read_script(found: Found, attrs: dict[str, str | None], text: str) -> None:
    kind = (attrs.get("type") or "").lower()
    if (named := (attrs.get("class") or attrs.get("id") or "").lower()).startswith("article-"):
        _take_area(found, named, text)
    elif "json" in kind or attrs.get("id") in {"RENDER_DATA", "__NEXT_DATA__", "__NUXT_DATA__"}:
        take(found, _loads(text), "ld+json" in kind)
    elif _holds(text, _WECHAT_SIGNS):
        _take_vars(found, text)
    elif "JsDecode(" in text:
        _take_decoded(found, text)
    elif _holds(text, _STATE_SIGNS) and (m := _STATE.search(text)):
        take(found, _state(text, m.end()), False)
    if not found.body and len(text) > 300 and _holds(text, _TEXT_SIGNS):
        _take_any(found, text)
    if len(text) < 300 and "document.write" in text and (m := _WRITTEN_TIME.search(text)):
        found.times.append(m[0])
    if len(found.times) < 20 and _holds(text, _TIME_SIGNS) and (m := _LOOSE_TIME.search(text)):
        found.times.append(m["value"])


def _take_flight(found: Found, rows: str) -> None:
    """Next.js sends its data as rows `id:JSON`, a long text as `id:Tsize,text`."""
    if not _holds(rows, _TEXT_SIGNS):
        return
    at = 0
    for _ in range(MOST_ROWS):
        m = _FLIGHT_ROW.search(rows, at)
        if m is None:
            break
        at = m.end()
        if m["size"] is None:
            take(found, _state(rows, at))
            continue
        size = int(m["size"][:6], 16)
        text = rows[at : at + size].encode("utf-8", "replace")[:size].decode("utf-8", "ignore")
        at += len(text)
        if len(text) > len(found.body) and _holds(text, _TEXT_SIGNS):
            found.body = text


def _holds(text: str, signs: tuple[str, ...]) -> bool:
    return any(sign in text for sign in signs)


def body_lines_of(markup: str) -> list[str]:
    """The lines of a body kept as a string of markup or plain text."""
    if "&lt;" in markup and not _TAGS.search(markup):
        markup = html.unescape(markup)
    if not _TAGS.search(markup):
        return [line.strip() for line in html.unescape(markup).splitlines() if line.strip()]
    return [line.text for line in parse(f"<body>{markup}</body>").lines]


def described(tree: Tree) -> list[str]:
    """What an article's meta elements say of it, where the page itself shows no text (WeChat's pictures)."""
    if tree.metas.get("og:type", "").lower() not in _TOLD or tree.lines[MOST_LINES:]:
        return []
    said = _unescaped(tree.metas.get("description") or tree.metas.get("og:description") or "")
    said = html.unescape(html.unescape(said[:MOST_SAID]))
    return body_lines_of(said) if len(said) >= MIN_SAID and _holds(said, _TEXT_SIGNS) else []


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


def _take_any(found: Found, text: str) -> None:
    """A script of no known system that holds Chinese prose: what it assigns, parses or names as a text."""
    start = text.lstrip()[:8].lower()
    if start.startswith(_MARKUP):
        found.body = "" if "{{" in text else text
        return
    for m in islice(_ASSIGNED.finditer(text), MOST_TRIES):
        take(found, _state(text, m.end()))
    for m in islice(_PARSED.finditer(text), MOST_TRIES):
        value = _unescaped(m["value"] or m["single"] or "")
        take(found, _loads(unquote(value) if value.startswith("%") else value))
    if not found.body:
        _take_string(found, _LOOSE_BODY.search(text))


def _take_decoded(found: Found, text: str) -> None:
    """WeChat's messages of texts and pictures: `title: JsDecode('…'), content_noencode: JsDecode('…')`."""
    said: dict[str, str] = {}
    for m in _DECODED.finditer(text):
        said.setdefault(m["name"], html.unescape(_unescaped(m["value"])))
    found.title = said.get("title") or found.title
    found.media = said.get("nick_name") or found.media
    found.times = [said[k] for k in ("create_time", "ori_create_time") if k in said] + found.times
    bodies = (said.get(k, "") for k in ("content_noencode", "content", "desc"))
    found.body = next((b for b in bodies if len(b) > len(found.body)), found.body)


def _unescaped(value: str) -> str:
    r"""What a string of a script says: \n, \x0a, \u4e00, \"."""
    return _ESCAPE.sub(
        lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _ESCAPES.get(m[3], m[3]), value
    )


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
