"""listing (列表页): a page of headlines; article links are found by themselves or by `selectors.links`."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urljoin

from spiders.kinds import article
from spiders.kinds.shape import Answer, Fetch, Reading, Unreadable, follow_links
from spiders.source import Source


def first(source: Source, words: Sequence[str] = ()) -> tuple[Fetch, ...]:
    """The list page; extraction finds its links."""
    return (Fetch(source.url, extract=True),)


def read(source: Source, answer: Answer) -> Reading:
    """The articles of the list, and its next page while `limits.depth` allows."""
    if answer.fetch.role == "article":
        return article.read(source, answer)
    if answer.extracted is None:
        raise Unreadable("列表页未能解析")
    return Reading(follow=follow_links(source, answer.extracted.links, answer) + next_page(source, answer))


def next_page(source: Source, answer: Answer) -> tuple[Fetch, ...]:
    """The following page of the list (下一页), while the depth allows."""
    found, depth = answer.extracted, answer.fetch.depth
    if found is None or not found.next_page:
        return ()
    url = urljoin(answer.url, found.next_page)
    return (Fetch(url, extract=True, depth=depth + 1),) if depth < source.limits.depth else ()
