"""paste (人工录入): a link, a text or a screenshot that a colleague sends to the duty desk.

A link is fetched and extracted; a text is a lead with its first line as headline; a screenshot is a lead
without words (the picture is kept by whoever received it, `extra.image` holds its digest).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from spiders.decode import decode
from spiders.kinds import article
from spiders.kinds.shape import Answer, Fetch, Reading, Unreadable
from spiders.page import Page
from spiders.source import Source

_PICTURES = ((b"\x89PNG\r\n", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"RIFF", "WEBP"))
_URL = re.compile(r"https?://[^\s<>\"'，。；、（）【】《》“”]+")
_HEADLINE = 60


def first(source: Source, words: Sequence[str] = ()) -> tuple[Fetch, ...]:
    """Nothing: a person sends it."""
    return ()


def read(source: Source, answer: Answer) -> Reading:
    """The lead, and the pages behind the links it names."""
    if answer.fetch.role == "article":
        return article.read(source, answer)
    form = next((name for magic, name in _PICTURES if answer.body.startswith(magic)), None)
    if form:
        return Reading(pages=(_picture(source, answer, form),))
    text = decode(answer.body, answer.content_type).text.strip()
    links = links_of(text)
    words = _URL.sub("", text).strip()
    if not words and not links:
        raise Unreadable("没有文字、链接或图片")
    pages = (_lead(source, answer, text, words),) if words else ()
    return Reading(pages=pages, follow=tuple(Fetch(url, "article", extract=True) for url in links))


def links_of(text: str) -> tuple[str, ...]:
    """The web addresses a text names, each once, in order."""
    return tuple(dict.fromkeys(url.rstrip(".,;") for url in _URL.findall(text)))


def _lead(source: Source, answer: Answer, text: str, words: str) -> Page:
    headline = re.split(r"[\n。！？!?]", words, maxsplit=1)[0][:_HEADLINE]
    key = hashlib.sha256(text.encode()).hexdigest()[:24]
    return Page(
        source.id,
        f"lead:{source.id}/{key}",
        headline,
        text,
        "lead",
        answer.fetched_at,
        published_at=answer.fetched_at,
    )


def _picture(source: Source, answer: Answer, form: str) -> Page:
    digest = hashlib.sha256(answer.body).hexdigest()
    return Page(
        source.id,
        f"lead:{source.id}/{digest[:24]}",
        f"截图（{form}，待值班员录入文字）",
        "",
        "lead",
        answer.fetched_at,
        published_at=answer.fetched_at,
        extra={"image": digest},
    )
