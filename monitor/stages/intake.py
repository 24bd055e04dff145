"""intake: what a superior platform pushes, record by record, into the archive.

A record that cannot be read is told with its place and does not stop the rest; a record pushed again is
recognised and changes nothing. Personal data is masked and a telephone number sealed before anything is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from monitor.collecting import delivered
from monitor.errors import CaifengError
from monitor.settings.parts import Secret
from monitor.settings.secrets import reveal
from monitor.stages import archive
from monitor.stages.office import Office
from monitor.store import leads, sources
from spiders.finish import finished
from spiders.kinds.rows import page_of
from spiders.page import Page
from spiders.source import Source

MOST_RECORDS = 500
SHORTEST_TOKEN = 20
FILE = "file:"
_TRUE = (True, 1, "1", "true", "是", "yes")
_LINES_AT_ONCE = 50  # faults told in one answer


class BadDelivery(CaifengError):
    """A body that is no delivery at all; `line` where it can be said."""

    def __init__(self, message: str, line: int | None = None) -> None:
        self.line = line
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Fault:
    """One record that was not taken: its number from 1, and why."""

    record: int
    message: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a delivery."""

    received: int
    kept: archive.Archived = field(default_factory=archive.Archived)
    faults: tuple[Fault, ...] = ()


def token_of(source: Source, folder: Path) -> str:
    """The token a source is pushed with: `secret: NAME` in the environment, `secret: file:PATH` in a private
    file of the station. Raises SecretMissing, CaifengError."""
    if not source.secret:
        raise CaifengError(f"信源“{source.id}”没有写明 secret，接口不能使用")
    where = source.secret.removeprefix(FILE)
    secret = Secret(file=where) if source.secret.startswith(FILE) else Secret(env=where)
    token = reveal(secret, folder)
    if len(token) < SHORTEST_TOKEN:
        raise CaifengError(f"信源“{source.id}”的令牌不足 {SHORTEST_TOKEN} 位，接口不能使用")
    return token


def records_of(body: bytes) -> list[Any]:
    """The records of a JSON object, array or JSON lines. Raises BadDelivery saying the line."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadDelivery("内容应为 UTF-8 编码的 JSON") from error
    if not text.strip():
        raise BadDelivery("没有内容")
    found = _whole(text)
    if len(found) > MOST_RECORDS:
        raise BadDelivery(f"一次最多 {MOST_RECORDS} 条，收到 {len(found)} 条，请分批推送")
    return found


def _whole(text: str) -> list[Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        lines = list(_lines(text)) if text.lstrip().startswith("{") and "\n" in text.strip() else []
        if not lines:
            raise BadDelivery("不是正确的 JSON", getattr(error, "lineno", None)) from error
        return lines
    return found if isinstance(found, list) else [found]


def _lines(text: str) -> Iterator[Any]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError) as error:
                raise BadDelivery(f"第 {number} 行不是正确的 JSON", number) from error


def take(office: Office, source: Source, body: bytes, now: datetime, *, as_leads: bool = False) -> Taken:
    """Archive a delivery; handing it in again changes nothing. Raises BadDelivery."""
    records = records_of(body)
    pages, faults = [], []
    for number, record in enumerate(records, 1):
        try:
            pages.append(_page(source, record, now, as_leads=as_leads))
        except (ValueError, TypeError, AttributeError) as error:
            faults.append(Fault(number, str(error)))
    kept = archive.keep(office.store, office.key, pages, now) if pages else archive.Archived()
    taken = Taken(len(records), kept, tuple(faults[:_LINES_AT_ONCE]))
    _log(office, source, taken, len(body), now)
    return taken


def _page(source: Source, record: Any, now: datetime, *, as_leads: bool) -> Page:
    if not isinstance(record, dict):
        raise ValueError("应为 JSON 对象")
    page = page_of(source, record, now)
    if page is None:
        raise ValueError("没有标题（title）也没有正文（text）")
    return finished(_lead(page, record) if as_leads else page)


def _lead(page: Page, record: Mapping[str, Any]) -> Page:
    channel = str(record.get("channel", ""))
    told = {"channel": channel if channel in leads.CHANNELS else "superior"}
    if record.get("sudden") in _TRUE:
        told["sudden"] = "true"
    if record.get("unit"):
        told["unit"] = str(record["unit"])[:200]
    return replace(page, kind="lead", extra={**page.extra, **told})


def _log(office: Office, source: Source, taken: Taken, size: int, now: datetime) -> None:
    """A line of the source's log, as a visit leaves one."""
    said: Sequence[str] = [f"第 {fault.record} 条：{fault.message}" for fault in taken.faults]
    with office.store.write(durable=False) as conn:
        if len(said) < taken.received:
            delivered(conn, source, taken.received, taken.kept.new, now)
        sources.note_visit(
            conn,
            {
                "source": source.id, "at": now, "status": "ok" if len(said) < taken.received else "failed",
                "new_pages": taken.kept.new, "requests": 1, "bytes": size, "seconds": 0.0,
                "reason": "；".join(said[:5]) or None,
            },
        )  # fmt: skip
