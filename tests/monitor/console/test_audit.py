"""An auditor asks who looked at what, checks that nothing was changed, and takes the rows away."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from monitor.console.actions import called
from monitor.console.pages import (
    bulletin_acts,
    first_reports,
    meetings,
    notice_acts,
    signed_papers,
    tasks,
)
from monitor.console.pages.audits import HEADINGS, inert
from monitor.store import audit, schema
from tests.conftest import MovedClock
from tests.fakes.console import Night


def test_the_audit_is_narrowed_by_who_what_and_when(
    night: Night, visit: Callable[..., Any], night_clock: MovedClock
) -> None:
    officer = visit("duty")
    officer.act(f"/incidents/{night.made['gas']}/acknowledge")
    officer.act(f"/incidents/{night.made['gas']}/remark", words="已联系街道")
    night_clock.forward(days=2)
    auditor = visit("auditor")
    page = auditor.get("/audit?who=duty").text
    assert "确认收到" in page and f"incident:{night.made['gas']}" in page and "127.0.0.1" in page
    assert page.count("<tr>") == 4  # heading, login, two acts
    assert auditor.get("/audit?subject=incident&action=incident-remark").text.count("<tr>") == 2
    assert "没有符合条件的记录" in auditor.get("/audit?who=duty&since=2026-11-24").text
    assert auditor.get("/audit?until=2026-11-23").text.count("<tr>") == 4
    assert auditor.get("/audit?ok=0&page=99999&since=soon").status_code == 200


def test_what_was_changed_in_the_database_is_found(night: Night, visit: Callable[..., Any]) -> None:
    auditor = visit("auditor")
    assert "首尾衔接" in auditor.get("/audit?check=1").text
    with night.store.write() as conn:
        for number in range(3):
            audit.append(conn, "zhou", "remark", night.now, subject=f"incident:{number}")
        conn.execute(update(schema.audit).where(schema.audit.c.subject == "incident:1").values(who="lin"))
    assert "不衔接" in auditor.get("/audit?check=1").text


def test_the_export_opens_in_a_spreadsheet_and_runs_nothing(night: Night, visit: Callable[..., Any]) -> None:
    with night.store.write() as conn:
        audit.append(conn, "=cmd|'/c calc'!A1", "remark", night.now, subject="@SUM(1)", ok=False)
    auditor = visit("auditor")
    answer = auditor.act("/audit/export", ok="0")
    assert (
        answer.content.startswith(b"\xef\xbb\xbf") and "attachment" in answer.headers["content-disposition"]
    )
    heading, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert tuple(heading) == HEADINGS and row[2] == "'=cmd|'/c calc'!A1" and row[5] == "'@SUM(1)"
    assert row[6] == "未成功" and "导出审计" in auditor.get("/audit").text
    for roles in (("admin",), ("duty", "chief", "signer"), ("leader",)):
        assert visit(*roles).act("/audit/export").status_code == 403


@given(st.text())
def test_no_cell_can_begin_a_formula(text: str) -> None:
    cell = inert(text)
    assert cell.lstrip(" ")[:1] not in set("=+-@\t\r") and cell.endswith(text)


def test_every_act_on_a_paper_has_a_name_in_the_audit() -> None:
    rooms = {
        "notice": notice_acts,
        "bulletin": bulletin_acts,
        "meeting": meetings,
        "task": tasks,
        "paper": signed_papers,
        "first-report": first_reports,
    }
    unnamed = [f"{n}-{e}" for n, room in rooms.items() for e in room.DOES if called(f"{n}-{e}") == f"{n}-{e}"]
    assert unnamed == []
    assert called("notice-issue") == "文书：签发" and called("nothing-known") == "nothing-known"
