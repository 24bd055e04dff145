"""A call to the duty desk, taken down at night."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from monitor.domain.sealed import open_phone
from monitor.store import schema
from tests.fakes.console import Night

MATTER = "东关农贸市场北门地面塌陷，一辆车掉进去了。报警人李某手机13812345678。"


def test_a_lead_is_archived_like_a_page_with_personal_data_masked(
    night: Night, visit: Callable[..., Any]
) -> None:
    browser = visit("duty")
    browser.act(
        "/leads", channel="hotline", matter=MATTER, place="东关街道", phone="138 1234 5678", unit="市场"
    )
    with night.store.read() as conn:
        lead = conn.execute(select(schema.lead)).one()
        document = conn.execute(select(schema.document).where(schema.document.c.id == lead.document_id)).one()
    assert document.kind == "lead" and document.media == "区长公开电话" and document.judged_at is None
    assert document.title == "东关农贸市场北门地面塌陷，一辆车掉进去了"
    assert "12345678" not in document.text + lead.matter and "138****5678" in document.text
    assert open_phone(b"k" * 32, lead.phone_sealed) == "138 1234 5678"
    page = browser.get("/leads").text
    assert "地面塌陷" in page and "留有回访电话" in page and "1234 5678" not in page
    assert lead.entered_by == "duty" and lead.incident_id is None


def test_what_the_officer_marks_as_sudden_is_an_incident_at_once_and_watched(
    night: Night, visit: Callable[..., Any]
) -> None:
    browser = visit("duty")
    answer = browser.act("/leads", channel="duty", matter=MATTER, place="东关农贸市场", sudden="1")
    number = int(answer.headers["location"].rsplit("/", 1)[1])
    page = browser.get(f"/incidents/{number}").text
    assert "标记为突发重大" in page and "建议Ⅱ级" in page and "专题监测已启动" in page
    with night.store.read() as conn:
        watch = conn.execute(select(schema.watch)).one()
        lead = conn.execute(select(schema.lead)).one()
    assert watch.incident_id == number == lead.incident_id and "东关农贸市场" in watch.words["places"]


def test_an_empty_lead_and_an_unknown_channel_are_refused_with_a_reason(
    night: Night, visit: Callable[..., Any]
) -> None:
    browser = visit("duty")
    browser.act("/leads", channel="duty", matter="   ")
    assert "请写明反映的事项" in browser.get("/leads").text
    browser.act("/leads", channel="rumour", matter="x")
    assert "没有这种线索来源" in browser.get("/leads").text
    assert visit("leader").act("/leads", channel="duty", matter="x").status_code == 403
