"""The audit, for auditors alone: who did what, when, from where, with what result; and its export."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form
from sqlalchemy import RowMapping
from starlette.requests import Request
from starlette.responses import Response

from monitor.clock import SHANGHAI
from monitor.console import show
from monitor.console.actions import called
from monitor.console.answers import download
from monitor.console.auth import AtDesk, Auditor, note
from monitor.console.pages.shape import Page
from monitor.console.people import people_of
from monitor.console.render import render
from monitor.store import audit
from monitor.store.reading import audits

router = APIRouter(prefix="/audit")
PAGE = Page("audit", "审计", "/audit", router, right="audit")

PER_PAGE = 50
MOST_EXPORTED = 100_000
HEADINGS = ("序号", "时间", "何人", "操作", "操作代码", "对象", "结果", "来源地址", "详情", "摘要值")
# a spreadsheet takes a cell that begins so for a formula
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@router.get("")
def page(
    request: Request,
    desk: AtDesk,
    visitor: Auditor,
    who: str = "",
    action: str = "",
    subject: str = "",
    since: str = "",
    until: str = "",
    ok: str = "",
    page: int = 1,
    check: int = 0,
) -> Response:
    """The list, newest first; with `check=1` the chain of hashes is recomputed."""
    page = min(max(page, 1), 100_000)
    wanted = _wanted(who, action, subject, since, until, ok)
    with desk.store.read() as conn:
        rows = audits.some(conn, wanted, limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
        total = audits.how_many(conn, wanted)
        facts: dict[str, Any] = {"actions": audits.actions(conn), "people": people_of(desk, conn)}
        broken = audit.first_broken(conn) if check else None
    kept = {"who": who, "action": action, "subject": subject, "since": since, "until": until, "ok": ok}
    given = {name: value for name, value in kept.items() if value}
    return render(
        request, "audit.html", visitor, rows=rows, total=total, wanted=kept, called=called, detail=_detail,
        page_number=page, pages=-(-total // PER_PAGE), address=f"/audit?{urlencode(given)}&",
        checked=bool(check), broken=broken, **facts,
    )  # fmt: skip


@router.post("/export")
def export(
    desk: AtDesk,
    visitor: Auditor,
    who: Annotated[str, Form(max_length=80)] = "",
    action: Annotated[str, Form(max_length=60)] = "",
    subject: Annotated[str, Form(max_length=120)] = "",
    since: Annotated[str, Form(max_length=10)] = "",
    until: Annotated[str, Form(max_length=10)] = "",
    ok: Annotated[str, Form(max_length=1)] = "",
) -> Response:
    """The rows found, as a table a spreadsheet opens without running anything. Itself recorded."""
    wanted = _wanted(who, action, subject, since, until, ok)
    with desk.store.read() as conn:
        body = table(audits.each(conn, wanted, MOST_EXPORTED))
    with desk.store.write() as conn:
        note(conn, visitor, "audit-exported", "audit", bytes=len(body))
    return download(f"审计记录-{visitor.now.astimezone(SHANGHAI):%Y%m%d-%H%M}.csv", "application/csv", body)


def table(rows: Iterable[RowMapping]) -> bytes:
    """CSV with a byte order mark, so that Excel reads the Chinese; no cell can be a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for row in rows:
        result = "成功" if row["ok"] else "未成功"
        cells = (
            row["id"], show.full(row["at"]), row["who"], called(row["action"]), row["action"], row["subject"],
            result, row["address"], _detail(row["detail"]), row["digest"],
        )  # fmt: skip
        writer.writerow([inert(str(cell)) for cell in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def inert(cell: str) -> str:
    """The same words, never a formula: an apostrophe before what a spreadsheet would compute."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def _detail(value: Mapping[str, Any] | None) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""


def _wanted(who: str, action: str, subject: str, since: str, until: str, ok: str) -> audits.Wanted:
    """What the filters say; a date that is none narrows nothing."""
    last = _midnight(until)
    return audits.Wanted(
        who=who.strip()[:80],
        action=action[:60],
        subject=subject.strip()[:120],
        since=_midnight(since),
        until=last + timedelta(days=1) if last else None,
        ok={"1": True, "0": False}.get(ok),
    )


def _midnight(text: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(text), time(), SHANGHAI)
    except ValueError:
        return None
