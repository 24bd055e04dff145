"""mailbox (邮箱): a platform's alert mails, read over IMAP.

Each mail is read as it is: a table in an attachment as `files` reads it, else one lead of subject and text,
with the links the text names to follow (`follow: true`). Mails are left unread and untouched on the server.
"""

from __future__ import annotations

import email.policy
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

from spiders.errors import SpiderError
from spiders.kinds import article, files
from spiders.kinds.paste import links_of
from spiders.kinds.shape import Answer, Fetch, Reading
from spiders.page import Page
from spiders.plain import plain_text
from spiders.source import Source


def first(source: Source, words: Sequence[str] = ()) -> tuple[Fetch, ...]:
    """The mailbox; the crawler hands over each new mail in it."""
    return (Fetch(source.url),)


def read(source: Source, answer: Answer) -> Reading:
    """One mail: the rows of its tables, or itself."""
    if answer.fetch.role == "article":
        return article.read(source, answer)
    mail = BytesParser(EmailMessage, policy=email.policy.default).parsebytes(answer.body)
    tables = [part for part in mail.iter_attachments() if _is_table(part)]
    if not tables:
        return _letter(source, answer, mail)
    pages: list[Page] = []
    faults: list[str] = []
    for part in tables:
        try:
            reading = files.read(source, replace(answer, body=_content(part)))
        except SpiderError as error:
            faults.append(f"附件 {part.get_filename()}：{error.message}")
            continue
        pages.extend(reading.pages)
        faults.extend(reading.faults)
    return Reading(pages=tuple(pages), faults=tuple(faults))


def _is_table(part: EmailMessage) -> bool:
    return (part.get_filename() or "").lower().endswith(files.SUFFIXES)


def _content(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _letter(source: Source, answer: Answer, mail: EmailMessage) -> Reading:
    body = mail.get_body(("plain", "html"))
    text = plain_text(str(body.get_content())) if body is not None else ""
    identity = str(mail.get("Message-ID") or "") or hashlib.sha256(answer.body).hexdigest()
    page = Page(
        source.id,
        f"lead:{source.id}/{hashlib.sha256(identity.encode()).hexdigest()[:24]}",
        " ".join(str(mail.get("Subject", "")).split()) or text[:60],
        text,
        "lead",
        answer.fetched_at,
        published_at=_sent(mail),
        media=source.media or source.name,
    )
    follow = tuple(Fetch(url, "article", extract=True) for url in links_of(text)) if source.follow else ()
    return Reading(pages=(page,), follow=follow)


def _sent(mail: EmailMessage) -> datetime | None:
    try:
        moment = parsedate_to_datetime(str(mail["Date"]))
    except (ValueError, TypeError):
        return None
    return moment if moment.tzinfo else None
