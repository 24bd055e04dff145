"""What every kind does with an article page: extraction's findings, completed by what the index told."""

from __future__ import annotations

from dataclasses import replace

from spiders.kinds.shape import Answer, Fetch, Reading, Unreadable
from spiders.page import Page, PageKind
from spiders.source import Source
from spiders.thread import replies_of, with_replies


def read(source: Source, answer: Answer, kind: PageKind = "article") -> Reading:
    """One page. A list page met by mistake yields nothing; a page without title and text is unreadable."""
    found = answer.extracted
    if found is None:
        raise Unreadable("页面未能解析")
    if found.kind == "list":
        return Reading()
    told = answer.fetch.told
    page = _page(source, answer, "forum" if found.kind == "forum" else kind)
    if told is not None:
        page = completed(page, told)
    if page.kind == "forum":
        page = _threaded(page, answer)
    if not page.title and not page.text:
        raise Unreadable("页面中没有读到标题和正文")
    return Reading(pages=(page,))


def _page(source: Source, answer: Answer, kind: PageKind) -> Page:
    found = answer.extracted
    assert found is not None
    return Page(
        source.id,
        answer.fetch.url,
        found.title or "",
        found.text or "",
        kind,
        answer.fetched_at,
        published_at=found.published_at,
        has_minute=found.has_minute,
        media=found.media or source.media,
        author=found.author,
    )


def completed(page: Page, told: Page) -> Page:
    """The page with what only the index knew: a headline, a time (the finer one), medium, author, counts."""
    when = page
    if told.published_at and (page.published_at is None or (told.has_minute and not page.has_minute)):
        when = told
    return replace(
        page,
        title=page.title or told.title,
        text=page.text or told.text,
        published_at=when.published_at,
        has_minute=when.has_minute,
        media=page.media or told.media,
        author=page.author or told.author,
        counts=page.counts if page.counts != type(page.counts)() else told.counts,
        extra={**told.extra, **page.extra},
    )


def _threaded(page: Page, answer: Answer) -> Page:
    """The page as a thread: what was answered stands after the opening post and is counted."""
    answers = replies_of(answer.body, answer.content_type)
    counted = page.counts.comments is not None or not answers
    counts = page.counts if counted else replace(page.counts, comments=len(answers))
    return replace(page, text=with_replies(page.text, answers), counts=counts)


def told_only(fetch: Fetch) -> Page | None:
    """What the index alone tells of an article that cannot be read: enough when it holds a text."""
    return fetch.told if fetch.told is not None and fetch.told.title and fetch.told.text else None
