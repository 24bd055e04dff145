"""hotlist (热榜): boards of the weibo / toutiao / zhihu / baidu / tieba kind: rank, heat and address.

Three forms, told apart by their first characters unless `format` says: `json` (any board API; the longest
list of titled rows, or the one `mapping.items` names), `html` (`selectors.item`, else a table or list of
links), `text` (a snapshot of several boards: a line with the platform's name, then numbered rows).
A row is a Page of kind `hot`; it is delivered at every visit, so that rank and heat have a history.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urljoin

from spiders.decode import decode
from spiders.kinds.boards import rows
from spiders.kinds.paths import number, pick
from spiders.kinds.shape import Answer, Fetch, Reading, Unreadable
from spiders.page import Counts, Page
from spiders.source import Source

PLATFORMS: Mapping[str, str] = {
    "weibo": "微博",
    "zhihu": "知乎",
    "tieba": "百度贴吧",
    "douyin": "抖音",
    "bilibili": "哔哩哔哩",
    "toutiao": "今日头条",
    "baidu": "百度热搜",
    "thepaper": "澎湃新闻",
    "ifeng": "凤凰网",
    "cls": "财联社",
    "wallstreetcn": "华尔街见闻",
}
_TITLES = ("title", "word", "note", "name", "query", "topic_name", "hotword", "keyword", "desc")
_URLS = ("url", "link", "rawurl", "appurl", "mobileurl", "mobile_url", "href", "scheme")
_HEATS = (
    "hot",
    "heat",
    "num",
    "hotscore",
    "hot_value",
    "hotvalue",
    "raw_hot",
    "score",
    "hot_num",
    "discussnum",
)
_RANKS = ("rank", "realpos", "index", "pos", "order", "sort")
_ROW = re.compile(r"^\s*(\d{1,3})\s*[.、．]\s*(.+?)\s*$")
_TAIL = re.compile(
    r"\s*[\[(（【](URL|MOBILE|排名|热度|链接)\s*[:：]\s*([^\])）】]*)[\])）】]\s*$", re.IGNORECASE
)


def first(source: Source, words: Sequence[str] = ()) -> tuple[Fetch, ...]:
    """The board."""
    return (Fetch(source.url),)


def read(source: Source, answer: Answer) -> Reading:
    """The rows, in the board's order."""
    text = decode(answer.body, answer.content_type).text
    form = source.format or _form(text)
    rows = _READERS[form](source, answer, text)
    pages = tuple(rows)
    if not pages and form != "json":
        raise Unreadable("热榜中没有读到任何条目")
    return Reading(pages=pages)


def _form(text: str) -> str:
    start = text.lstrip("\ufeff \r\n\t")[:1]
    if start and start in "{[":
        return "json"
    return "html" if start == "<" else "text"


def _row(
    source: Source,
    answer: Answer,
    *,
    title: str,
    rank: int,
    board: str,
    url: str = "",
    heat: float | None = None,
) -> Page:
    where = urljoin(answer.url, url) if url else f"{source.url}#{quote(board)}/{quote(title)}"
    return Page(
        source.id,
        where,
        title,
        "",
        "hot",
        answer.fetched_at,
        media=source.media or board or source.name,
        counts=Counts(rank=rank, heat=heat),
        extra={"board": board or source.name},
    )


# ------------------------------------------------------------------ text
def _text(source: Source, answer: Answer, text: str) -> Iterator[Page]:
    board = ""
    for line in text.splitlines():
        match = _ROW.match(line)
        if match:
            yield _text_row(source, answer, board, int(match[1]), match[2])
        elif line.strip():
            board = _platform(line.strip())


def _text_row(source: Source, answer: Answer, board: str, rank: int, rest: str) -> Page:
    facts: dict[str, str] = {}
    while tail := _TAIL.search(rest):
        facts.setdefault(tail[1].upper(), tail[2].strip())
        rest = rest[: tail.start()]
    shown = number(facts.get("排名")) or rank
    url = facts.get("URL") or facts.get("链接") or facts.get("MOBILE") or ""
    heat = number(facts.get("热度"))
    return _row(source, answer, title=rest.strip(), rank=int(shown), board=board, url=url, heat=heat)


def _platform(line: str) -> str:
    """The board's Chinese name; a heading may carry a suffix (bilibili 热搜) or an alias (weibo | 微博)."""
    name = line.split("|")[0].strip(" =【】[]:：")
    return PLATFORMS.get(name.split()[0].lower(), name) if name else ""


# ------------------------------------------------------------------ json
def _json(source: Source, answer: Answer, text: str) -> Iterator[Page]:
    try:
        data = json.loads(text)
    except ValueError as error:
        raise Unreadable("热榜接口返回的不是 JSON") from error
    rows = pick(data, source.mapping["items"]) if "items" in source.mapping else _longest(data)
    if not isinstance(rows, list):
        raise Unreadable("热榜接口中没有条目列表，请用 mapping.items 指明")
    for place, row in enumerate(rows, 1):
        if isinstance(row, dict) and (title := _field(source, row, "title", _TITLES)):
            yield _json_row(source, answer, row, str(title), place)


def _json_row(source: Source, answer: Answer, row: Mapping[str, Any], title: str, place: int) -> Page:
    rank = number(_field(source, row, "rank", _RANKS)) if "rank" in source.mapping else place
    url = _field(source, row, "url", _URLS)
    return _row(
        source,
        answer,
        title=title.strip().strip("#"),
        rank=int(rank or place),
        board="",
        url=url if isinstance(url, str) and url.startswith(("http", "/")) else "",
        heat=number(_field(source, row, "heat", _HEATS)),
    )


def _field(source: Source, row: Mapping[str, Any], name: str, usual: Sequence[str]) -> Any:
    if name in source.mapping:
        return pick(row, source.mapping[name])
    flat = {key.lower(): value for part in _layers(row) for key, value in part.items()}
    return next((flat[key] for key in usual if flat.get(key) not in (None, "", [])), None)


def _layers(row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Inner objects first, so that the row's own keys win."""
    return [*(value for value in row.values() if isinstance(value, dict)), row]


def _longest(data: Any) -> list[Any] | None:
    lists = [part for part in _lists(data) if not part or any(_titled(row) for row in part)]
    return max(lists, key=len, default=None)


def _titled(row: Any) -> bool:
    if not isinstance(row, dict):
        return False
    keys = {key.lower() for layer in _layers(row) for key in layer}
    return any(key in keys for key in _TITLES)


def _lists(data: Any) -> Iterator[list[Any]]:
    parts = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    if isinstance(data, list):
        yield data
    for part in parts:
        yield from _lists(part)


# ------------------------------------------------------------------ html
def _html(source: Source, answer: Answer, text: str) -> Iterator[Page]:
    for place, row in enumerate(rows(text, source.selectors), 1):
        yield _row(
            source, answer, title=row.title, rank=row.rank or place, board="", url=row.url, heat=row.heat
        )


_READERS = {"json": _json, "html": _html, "text": _text}
