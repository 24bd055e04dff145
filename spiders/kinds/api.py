"""api (数据接口): JSON with a `mapping`: RSSHub, newsnow, a superior platform's pull interface.

`mapping.items` names the list (else the longest list of objects), the other keys name a row's fields by
dotted paths (title, text, url, published_at, media, author, number, views, …). `mapping.next` names the
address or cursor of the next page; `{cursor}` in the address takes a cursor. `mapping.link` makes an
address of a row's field: `https://example.test/item/{id}`. With `follow: true` a row that has an address
and no text is fetched and extracted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urljoin

from spiders.decode import decode
from spiders.kinds import article
from spiders.kinds.paths import pick
from spiders.kinds.rows import page_of
from spiders.kinds.shape import Answer, Fetch, Reading, Unreadable
from spiders.page import Page
from spiders.source import Source

_RESERVED = ("items", "next", "link")


def first(source: Source, words: Sequence[str] = ()) -> tuple[Fetch, ...]:
    """The interface's first page."""
    return (Fetch(source.url.replace("{cursor}", "")),)


def read(source: Source, answer: Answer) -> Reading:
    """The rows, and the next page where the answer names one."""
    if answer.fetch.role == "article":
        return article.read(source, answer)
    try:
        data = json.loads(decode(answer.body, answer.content_type).text)
    except ValueError as error:
        raise Unreadable("接口返回的不是 JSON") from error
    rows = _rows(source, data)
    plain = source.model_copy(update={"mapping": _columns(source)})
    told = [page for row in rows if (page := _page(plain, source, row, answer))]
    bare = [page for page in told if source.follow and not page.text and page.url.startswith("http")]
    ready = tuple(page for page in told if page not in bare)
    follow = tuple(Fetch(page.url, "article", extract=True, told=page) for page in bare)
    return Reading(pages=ready, follow=follow + _next(source, data, answer))


def _rows(source: Source, data: Any) -> list[Mapping[str, Any]]:
    found = pick(data, source.mapping["items"]) if "items" in source.mapping else _longest(data)
    if not isinstance(found, list):
        raise Unreadable("接口返回中没有条目列表，请用 mapping.items 指明")
    return [row for row in found if isinstance(row, dict)]


def _longest(data: Any) -> list[Any] | None:
    if isinstance(data, list):
        return data
    parts = data.values() if isinstance(data, dict) else ()
    lists = [
        found for part in parts if isinstance(part, dict | list) and (found := _longest(part)) is not None
    ]
    return max(lists, key=len, default=None)


def _columns(source: Source) -> dict[str, str]:
    return {name: path for name, path in source.mapping.items() if name not in _RESERVED}


def _page(plain: Source, source: Source, row: Mapping[str, Any], answer: Answer) -> Page | None:
    page = page_of(plain, row, answer.fetched_at)
    if page is None or "link" not in source.mapping:
        return page
    return replace(page, url=_filled(source.mapping["link"], row))


def _filled(template: str, row: Mapping[str, Any]) -> str:
    return re.sub(r"\{([\w.]+)\}", lambda hole: quote(str(pick(row, hole[1]) or "")), template)


def _next(source: Source, data: Any, answer: Answer) -> tuple[Fetch, ...]:
    step = pick(data, source.mapping["next"]) if "next" in source.mapping else None
    if not step or answer.fetch.depth >= source.limits.depth:
        return ()
    text = str(step)
    if "{cursor}" in source.url:
        url = source.url.replace("{cursor}", quote(text))
    else:
        url = urljoin(answer.url, text)
    return (Fetch(url, depth=answer.fetch.depth + 1),) if url != answer.url else ()
