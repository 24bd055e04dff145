"""Around a page's extraction: the selectors it is given, what is said of it, and what leaves this room."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from spiders.authors import is_institution
from spiders.decode import decode
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


def validators_of(headers: Mapping[str, str]) -> dict[str, str]:
    """What an answer can be asked for again by: `etag`, `last_modified`."""
    named = {"etag": headers.get("etag"), "last_modified": headers.get("last-modified")}
    return {name: value[:200] for name, value in named.items() if value}


def conditional(marks: Mapping[str, str]) -> dict[str, str]:
    """The headers of a conditional request (RFC 9110 §13.1)."""
    named = {"If-None-Match": marks.get("etag"), "If-Modified-Since": marks.get("last_modified")}
    return {name: value for name, value in named.items() if value}


_THING = "主题|帖子|贴子|文章|内容|页面|信息|稿件|新闻|视频|动态|微博|回答|问题"
_REMOVED = re.compile(
    rf"(?:{_THING})[^。，！\n]{{0,10}}(?:不存在|被[^。，\n]{{0,6}}删除|已删除|删除了|已下架|已下线|已失效|已关闭|被屏蔽|无法查看)|"
    rf"(?:您|你)(?:访问|查看|浏览)的(?:{_THING})[^。\n]{{0,8}}(?:不存在|已被?删除|找不到)"
)
_NOTHING_ELSE, _SMALL_PAGE = 200, 30_000
_MARKUP = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL | re.IGNORECASE)


def is_removed(body: bytes, content_type: str | None, found: Extracted | None) -> bool:
    """Does a page that was there say that it is gone, though the server answers 200? Only where it says
    nothing else: news may tell of deleted posts."""
    if found is not None and len(found.text) > _NOTHING_ELSE:
        return False
    if found is not None and _REMOVED.search(f"{found.title}\n{found.text}"):
        return True
    shown = _MARKUP.sub(" ", decode(body, content_type).text) if len(body) < _SMALL_PAGE else ""
    return _REMOVED.search(shown) is not None


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
