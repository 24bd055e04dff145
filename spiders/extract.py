"""A page's markup in; its title, text, time, media and author out.

One parse, one pass, no recursion. The order of trust: a source's own selectors, known containers of Chinese
systems, what scripts carry, and else the densest part of the page.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from spiders.dates import parse_stamp
from spiders.decode import clean, decode
from spiders.errors import ExtractError
from spiders.extract_body import Ground, body_lines, find_body, is_known, survey
from spiders.extract_credit import find_author, find_media, site_media
from spiders.extract_json import Found
from spiders.extract_kind import Kind, Signs, article_points, is_forum, is_stamped, list_points
from spiders.extract_lines import article_lines
from spiders.extract_scripts import body_lines_of, described, read_scripts
from spiders.extract_time import find_time
from spiders.extract_title import find_title, title_near
from spiders.lists import Listing, absolute, find_list, next_page
from spiders.page import Link
from spiders.tree import Element, Tree, parse, tidy

MAX_BYTES = 10 * 1024 * 1024
THIN = 80
SURE = 6


@dataclass(frozen=True, slots=True)
class Selectors:
    """CSS selectors of one source, each overriding what would be found by itself; `remove` is cut first.

    `listing` says the page is known to be a list: it is read as one, whatever it looks like.
    """

    title: str | None = None
    body: str | None = None
    time: str | None = None
    author: str | None = None
    media: str | None = None
    links: str | None = None
    next_page: str | None = None
    remove: tuple[str, ...] = ()
    listing: bool = False


@dataclass(frozen=True, slots=True)
class Extracted:
    """What one page says. `published_at` is aware (+08:00); `has_minute` is False for a bare date."""

    url: str | None
    title: str
    text: str
    published_at: datetime | None = None
    has_minute: bool = False
    author: str | None = None
    media: str | None = None
    kind: Kind = "other"
    links: tuple[Link, ...] = field(default=())
    next_page: str | None = None
    encoding: str = ""
    garbled: bool = False


def extract(
    html: bytes | str,
    *,
    url: str | None = None,
    content_type: str | None = None,
    fetched_at: datetime | None = None,
    selectors: Selectors | None = None,
) -> Extracted:
    """Read one page. `fetched_at` anchors 3小时前 and dates without a year; without it they count as absent.

    Raises ExtractError (`empty`, `binary`, `too_large`).
    """
    own = selectors or Selectors()
    text, encoding, bad = _text(html, content_type)
    tree = parse(text, own.remove)
    page = _read(tree, url, fetched_at, own)
    return replace(page, url=url or tree.canonical, encoding=encoding, garbled=bad)


def extract_links(
    html: bytes | str,
    *,
    url: str | None = None,
    content_type: str | None = None,
    selectors: Selectors | None = None,
) -> tuple[Link, ...]:
    """The links of a page's main list, absolute, in order. Raises ExtractError as `extract` does."""
    own = selectors or Selectors()
    tree = parse(_text(html, content_type)[0], own.remove)
    return find_list(tree, url, own.links).links


def _read(tree: Tree, url: str | None, now: datetime | None, own: Selectors) -> Extracted:
    found = read_scripts(tree)
    title, heading = find_title(tree, [found.title] if found.title else ())
    named = tree.select(own.body) if own.body else []
    ground = survey(tree)
    body = named[0] if named else find_body(tree, heading, ground)
    if heading is None and body is not None:
        title, heading = title_near(tree, body.line, title)
    lines = _own_lines(tree, named, title) if named else _lines(tree, body, heading, title, found, ground)
    span = (body.line, body.last_line) if body is not None else (len(tree.lines), len(tree.lines))
    moment = find_time(tree, heading, span, found.times, url, now)
    above, below = _around(tree, heading, span)
    media = find_media(tree, above, below, span[1], found.media)
    article = Extracted(
        url=url,
        title=title,
        text="\n".join(lines),
        published_at=moment.at if moment else None,
        has_minute=bool(moment and moment.has_minute),
        author=find_author(tree, above + below, lines[:2] + lines[-2:], media, found.author),
        media=media,
        kind="article" if lines else "other",
        next_page=next_page(tree, url) if body is not None else None,
    )
    article = _overridden(tree, article, own, now)
    return article if named and lines else _sorted(tree, article, body, heading, own)


def _own_lines(tree: Tree, elements: list[Element], title: str) -> list[str]:
    return article_lines([line for e in elements for line in body_lines(tree, e)], title)


def _named(tree: Tree, css: str | None) -> str:
    found = tree.select(css) if css else []
    return tidy(tree.text(found[0])) if found else ""


def _overridden(tree: Tree, page: Extracted, own: Selectors, now: datetime | None) -> Extracted:
    """What the source's own selectors find, in place of what was found by itself."""
    page = replace(
        page,
        title=_named(tree, own.title) or page.title,
        author=_named(tree, own.author) or page.author,
        media=_named(tree, own.media) or page.media,
    )
    for e in tree.select(own.time)[:1] if own.time else ():
        moment = parse_stamp(e.attribute("datetime") or tree.text(e), now)
        if moment is not None:
            page = replace(page, published_at=moment.at, has_minute=moment.has_minute)
    for e in tree.select(own.next_page)[:1] if own.next_page else ():
        page = replace(page, next_page=absolute(page.url or tree.base, e.attribute("href")))
    return page


def _around(tree: Tree, heading: Element | None, span: tuple[int, int]) -> tuple[list[str], list[str]]:
    """The lines where source and author are credited: between headline and text, then at the text's end."""
    start, stop = span
    top = heading.line if heading is not None and heading.line <= start else start - 25
    above = tree.lines[max(0, top, start - 40) : start + 3]
    below = tree.lines[max(start, stop - 4) : stop + 4]
    return [x.text for x in above if x.size < 300], [x.text for x in below if x.size < 120]


def _sorted(
    tree: Tree, page: Extracted, body: Element | None, heading: Element | None, own: Selectors
) -> Extracted:
    """The page as the sort it is: a thread, a list with its links, or what it was read as."""
    if own.listing:
        listed = _as_list(page, find_list(tree, page.url, own.links))
        return replace(listed, next_page=page.next_page) if own.next_page else listed
    known = body is not None and is_known(body)
    headed = heading is not None and body is not None and heading.line <= body.line
    signs = Signs(len(page.text), known, headed, page.has_minute and headed, page.url or tree.canonical)
    if article_points(tree, signs) < SURE:
        listing = find_list(tree, page.url, own.links)
        outside = _outside(tree, body, listing, len(page.text))
        above = body is not None and all(row.start >= body.last_line for row in listing.rows)
        signs = replace(signs, text=outside, stamped=is_stamped(tree, heading, listing), above=above)
        if list_points(listing, signs) > article_points(tree, signs):
            return _as_list(replace(page, media=site_media(tree)), listing)
        if signs.text < THIN and not (signs.known or signs.stamped or page.published_at):
            return replace(page, kind="other")
        page = replace(page, kind="article" if page.text or signs.stamped else "other")
    if page.text and is_forum(tree, body, signs.url):
        return replace(page, kind="forum")
    return page


def _outside(tree: Tree, body: Element | None, listing: Listing, size: int) -> int:
    """Characters of the text that do not stand in the list's own rows."""
    if body is None:
        return size
    rows = {i for row in listing.rows for i in row if body.line <= i < body.last_line}
    return max(0, size - sum(tree.lines[i].size for i in rows))


def _as_list(page: Extracted, listing: Listing) -> Extracted:
    return replace(
        page, kind="list", text="", published_at=None, has_minute=False, author=None, links=listing.links,
        next_page=listing.next_page,
    )  # fmt: skip


def _text(html: bytes | str, content_type: str | None) -> tuple[str, str, bool]:
    if len(html) > MAX_BYTES:
        raise ExtractError(f"页面超过 {MAX_BYTES // 1024 // 1024} MB，不予处理", code="too_large")
    if isinstance(html, bytes):
        decoded = decode(html, content_type)
        return decoded.text, decoded.encoding, decoded.garbled
    if not html.strip():
        raise ExtractError("页面内容为空", code="empty")
    return clean(html), "", False


def _lines(
    tree: Tree, body: Element | None, heading: Element | None, title: str, found: Found, ground: Ground
) -> list[str]:
    """The text, from what is shown, or from a script where that carries clearly more."""
    shown = article_lines(body_lines(tree, body, heading, ground), title) if body is not None else []
    if not found.body:
        return shown or article_lines(described(tree), title)
    scripted = article_lines(body_lines_of(found.body), title)
    size = sum(map(len, shown))
    return scripted if size < THIN or sum(map(len, scripted)) > 1.5 * size else shown
