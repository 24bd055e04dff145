"""What a colleague sends to the duty desk, a link, a text or a screenshot, goes the road of every page.

Links are read by whoever calls (`Reader`), so that a hanging site never holds a transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.domain.document import url_key
from monitor.errors import CaifengError
from monitor.settings import Station
from monitor.stages import archive, uploads
from monitor.stages.office import Office
from monitor.store import documents, leads
from spiders.errors import SpiderError
from spiders.finish import finished
from spiders.kinds import paste
from spiders.kinds.shape import Answer, Fetch
from spiders.page import Page
from spiders.source import Source

CHANNEL = "paste"
LONGEST = 20_000
# for a station that has no source of kind `paste` of its own
OWN = Source(
    id="paste",
    name="同事转来",
    kind="paste",
    media="同事转来",
    local=True,
    purpose="登记同事转到值班室的公开信息",
    legal_ground="履行法定职责所必需（个人信息保护法第十三条第一款第三项）",
)
Reader = Callable[[Source, str], tuple[Sequence[Page], str]]


@dataclass(frozen=True, slots=True)
class Pasted:
    """What became of it: documents that are new, whether all was known, and what went wrong with a link."""

    new: int
    seen: int
    trouble: str


def source_of(station: Station) -> Source:
    """The station's own source of that kind, else ours."""
    return next((s for s in station.sources if s.kind == "paste" and s.enabled), OWN)


def enter(
    office: Office,
    text: str,
    picture: uploads.Upload | None,
    *,
    who: str,
    now: datetime,
    read_links: Reader,
) -> Pasted:
    """Archive it. Raises CaifengError where there is nothing in it, UploadRefused for a wrong file."""
    text, source = text.strip()[:LONGEST], source_of(office.station)
    checked = uploads.check([picture] if picture else [])
    if any(not one.media_type.startswith("image/") for one in checked):
        raise CaifengError("截图应为 png 或 jpg 图片")
    if not text and not checked:
        raise CaifengError("请粘贴链接或文字，或选择截图")
    pages, trouble = _pages(source, text, picture, now, read_links)
    pages = [replace(page, source=who if page.kind == "lead" else page.source) for page in pages]
    if not pages:
        raise CaifengError(f"链接未能读取：{trouble or '没有正文'}。请把要点用文字粘贴")
    kept = archive.keep(office.store, office.key, pages, now)
    if checked:
        _attach(office, pages[0], checked, who, now)
    return Pasted(kept.new, kept.seen + kept.changed, trouble)


def _pages(
    source: Source, text: str, picture: uploads.Upload | None, now: datetime, read_links: Reader
) -> tuple[list[Page], str]:
    """The lead first, then what its links lead to."""
    handed: list[Page] = []
    if text:
        handed = [_lead(page, source) for page in _read(source, text.encode(), now)]
    if picture and not handed:
        handed = [_lead(page, source) for page in _read(source, picture.body, now)]
    if not paste.links_of(text):
        return handed, ""
    found, trouble = read_links(source, text)
    return [*handed, *(page for page in found if page.kind not in ("lead", "list"))], trouble


def _read(source: Source, body: bytes, now: datetime) -> Sequence[Page]:
    try:
        return paste.read(source, Answer(Fetch(""), "", body, now)).pages
    except SpiderError as error:
        raise CaifengError(str(error)) from error


def _lead(page: Page, source: Source) -> Page:
    return finished(
        replace(page, media=source.media or source.name, extra={**page.extra, "channel": CHANNEL})
    )


def _attach(office: Office, page: Page, checked: Sequence[uploads.Checked], who: str, now: datetime) -> None:
    with office.store.write() as conn:
        document = documents.by_key(conn, url_key(page.url))
        lead = leads.of_document(conn, document.id) if document else None
        if lead is not None:
            uploads.keep(conn, "lead", lead, checked, who, now)
