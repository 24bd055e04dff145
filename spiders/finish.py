"""Around a page's extraction: the selectors it is given, what is said of it, and what leaves this room."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from spiders.authors import is_institution
from spiders.extract import Extracted, Selectors
from spiders.kinds.shape import Fetch
from spiders.mask import mask
from spiders.page import Page
from spiders.source import Source


def seen(found: Extracted | None) -> str:
    """What extraction made of a page, in one line."""
    if found is None:
        return "解析：没有结果"
    if found.kind == "list":
        return f"解析：列表，{len(found.links)} 个链接"
    when = found.published_at.isoformat() if found.published_at else "未见时间"
    return (
        f"解析：{found.title or '（无标题）'}，正文 {len(found.text)} 字，{when}，{found.media or '未见媒体'}"
    )


_FOR_INDEX = ("links", "next_page", "remove")
_FOR_ARTICLE = ("title", "body", "time", "author", "media", "remove")


def selectors_of(source: Source, fetch: Fetch) -> Selectors | None:
    """The source's own selectors for this page; an index is said to be a list."""
    names = _FOR_INDEX if fetch.role == "index" else (*_FOR_ARTICLE, "next_page")
    given = {name: source.selectors[name] for name in names if name in source.selectors}
    listing = fetch.role == "index"
    if not given and not listing:
        return None
    removed = tuple(filter(None, (part.strip() for part in given.pop("remove", "").split(";"))))
    return Selectors(**given, remove=removed, listing=listing)


_PART = re.compile(r"[_-](\d{1,2})$")


def continues(first: str, more: str, number: int) -> bool:
    """Is `more` page `number` of the article at `first`: content_88.htm, content_88_2.htm, or ?page=2?"""
    a, b = urlsplit(first), urlsplit(more)
    if a.netloc != b.netloc:
        return False
    if a.path == b.path:
        return bool(re.search(rf"(?:^|&)(?:p|page|pn)={number}(?:&|$)", b.query))
    own, ending = a.path.rpartition(".")[::2] if "." in a.path.rpartition("/")[2] else (a.path, "")
    stem = b.path.removesuffix(f".{ending}") if ending else b.path
    part = _PART.search(stem)
    return part is not None and stem[: part.start()] == own and int(part[1]) in (number, number - 1)


def finished(page: Page) -> Page:
    """The page as it may leave this room: personal data masked, institutions told from persons."""
    return replace(
        page,
        title=mask(page.title),
        text=mask(page.text),
        author_is_institution=is_institution(page.author or ""),
    )
