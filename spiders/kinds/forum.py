"""forum (论坛): a board's threads, and each thread's posts page by page.

`selectors.links` finds threads and `selectors.next_page` the next page of board or thread; within a thread
`selectors.post`, `selectors.text`, `selectors.author`, `selectors.time` name one post and its parts.
Without them extraction reads the opening post, and the replies are told by the page's build.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urljoin

from lxml import html

from spiders.dates import parse_time
from spiders.decode import decode
from spiders.kinds import article, listing
from spiders.kinds.shape import Answer, Fetch, Reading, Unreadable
from spiders.page import Counts, Page
from spiders.source import Source


def first(source: Source, words: Sequence[str] = ()) -> tuple[Fetch, ...]:
    """The board's list of threads."""
    return listing.first(source, words)


def read(source: Source, answer: Answer) -> Reading:
    """Threads of a board, or the posts of a thread."""
    if answer.fetch.role == "index":
        return listing.read(source, answer)
    if "post" in source.selectors:
        return _thread(source, answer)
    pages = article.read(source, answer, "forum").pages
    return Reading(pages=pages, follow=_rest(source, answer, pages[0]) if pages else ())


def _thread(source: Source, answer: Answer) -> Reading:
    tree = html.document_fromstring(decode(answer.body, answer.content_type).text)
    posts = tree.cssselect(source.selectors["post"])
    if not posts:
        raise Unreadable("帖子页面中没有读到任何楼层")
    words = [_part(post, source, "text") or _words(post) for post in posts]
    when = parse_time(_part(posts[0], source, "time"), answer.fetched_at)
    page = Page(
        source.id,
        answer.fetch.url,
        _title(tree, source, answer.fetch),
        "\n".join(filter(None, words)),
        "forum",
        answer.fetched_at,
        published_at=when.at if when else None,
        has_minute=when.has_minute if when else True,
        media=source.media or source.name,
        author=_part(posts[0], source, "author") or None,
        counts=Counts(comments=len(posts) - 1),
    )
    return Reading(pages=(page,), follow=_rest(source, answer, page))


def _part(post: html.HtmlElement, source: Source, name: str) -> str:
    selector = source.selectors.get(name)
    node = next(iter(post.cssselect(selector)), None) if selector else None
    return _words(node) if node is not None else ""


def _words(node: html.HtmlElement) -> str:
    lines = (" ".join(part.split()) for part in node.itertext())
    return "\n".join(line for line in lines if line)


def _title(tree: html.HtmlElement, source: Source, fetch: Fetch) -> str:
    selector = source.selectors.get("title", "h1")
    node = next(iter(tree.cssselect(selector)), None)
    own = " ".join(_words(node).split()) if node is not None else ""
    return own or (fetch.told.title if fetch.told else "")


def _rest(source: Source, answer: Answer, page: Page) -> tuple[Fetch, ...]:
    """The thread's next page, told its title and time by this one."""
    return tuple(
        Fetch(
            urljoin(answer.url, step.url), "article", True, step.depth, replace(page, text="", url=step.url)
        )
        for step in listing.next_page(source, answer)
    )
