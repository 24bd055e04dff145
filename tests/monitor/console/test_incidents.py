"""The officer's pages: what waits, what an incident says of itself, and what the buttons do."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from monitor.store import audit, schema
from tests.conftest import MovedClock
from tests.fakes.console import Night


def row_of(night: Night, name: str) -> Any:
    """The incident's row as it is now."""
    with night.store.read() as conn:
        return conn.execute(select(schema.incident).where(schema.incident.c.id == night.made[name])).one()


def test_home_says_first_what_needs_a_person(night: Night, visit: Callable[..., Any]) -> None:
    page = visit("duty", "chief").get("/").text
    order = [page.index(word) for word in ("待确认收到", "时限", "待审待签文书", "正在处置")]
    assert order == sorted(order)
    waiting = page[page.index("待确认收到") : page.index("<h2>时限")]
    assert waiting.index("东关农贸市场燃气泄漏") < waiting.index("柳林工业园")
    assert "建议Ⅱ级" in waiting and "橙" in waiting and "转告下一人" in waiting
    assert "已超 4小时20分" in page and "剩 7分钟" in page and "连续6次采集失败" in page
    assert "当班：林值班" in page


def test_a_quiet_night_says_so(visit: Callable[..., Any]) -> None:
    page = visit("duty").get("/").text
    assert "目前没有等您处理的事" in page and "尚未收到任何信息" in page


def test_an_incident_gives_its_reasons_and_marks_the_words(night: Night, visit: Callable[..., Any]) -> None:
    page = visit("duty", "chief").get(f"/incidents/{night.made['gas']}").text
    assert "为什么是这个等级" in page and "近3小时信息量为此前的4.2倍" in page
    assert (
        '<mark title="安全生产与消防">燃气泄漏</mark>' in page
        and '<mark title="安全生产与消防">闷响</mark>' in page
    )
    assert "起算点待核" in page and "垂直管理，需商上级" in page and "归入本事件：" in page
    assert page.count('<article class="doc">') == 10 and "第 1 / 5 页" in page


def test_the_spread_is_drawn_on_the_server_with_the_answer_marked(
    night: Night, visit: Callable[..., Any]
) -> None:
    page = visit("duty").get(f"/incidents/{night.made['water']}").text
    chart = page[page.index('<svg class="chart"') :]
    assert chart.count("<title>") > 10 and "公开回应" in chart
    drawn = sum(int(n) for n in re.findall(r"起：(\d+) 条", chart))
    assert drawn == 32


def test_copies_stand_behind_their_original(night: Night, visit: Callable[..., Any]) -> None:
    one = night.incident("暴雨积水", 4, 60, documents=3)
    first = night.document(one, "滨河路积水", "积水很深", 50, ("积水",))
    for minutes in (40, 30):
        copy = night.document(one, "转：滨河路积水", "积水很深", minutes, ("积水",))
        with night.store.write() as conn:
            member = schema.incident_document
            conn.execute(member.update().where(member.c.document_id == copy).values(duplicate_of=first))
    browser = visit("duty")
    page = browser.get(f"/incidents/{one}").text
    assert page.count('<article class="doc">') == 1 and "另有转载 2 条" in page
    assert browser.get(f"/incidents/{one}/copies/{first}").text.count("转：滨河路积水") == 2


def test_a_page_gone_at_its_source_is_not_shown(night: Night, visit: Callable[..., Any]) -> None:
    one = night.incident("某事", 4, 60)
    night.document(one, "标题", "已经删掉的话", 50, ("话",), gone_at=night.now)
    page = visit("duty").get(f"/incidents/{one}").text
    assert "已经删掉的话" not in page and "原文已删除" in page


def test_the_list_is_narrowed_by_state_level_topic_and_words(night: Night, visit: Callable[..., Any]) -> None:
    browser = visit("duty")

    def titles(query: str) -> list[str]:
        return re.findall(r"<b>([^<]+)</b></a>", browser.get(f"/incidents?{query}").text)

    assert len(titles("")) == 4 and titles("")[0] == "东关农贸市场燃气泄漏 商户疏散"
    assert titles("group=rest") == ["安陵市青石区江岸一厂房起火"]
    assert titles("level=4") == ["网传钟楼街道下周停水一周"]
    assert titles("topic=12") == ["柳林工业园一工地农民工反映被拖欠工资"]
    assert len(titles("group=all&q=钟楼")) == 2 and titles("q=%25") == []


def test_acknowledging_stops_the_escalation_and_the_second_learns_who_was_first(
    night: Night, visit: Callable[..., Any], night_clock: MovedClock
) -> None:
    gas = night.made["gas"]
    first, second = visit("duty", login="lin"), visit("duty", login="he")
    assert first.act(f"/incidents/{gas}/acknowledge", back="/").headers["location"] == f"/incidents/{gas}"
    assert "不再转告下一人" in first.get(f"/incidents/{gas}").text
    night_clock.forward(minutes=1)
    second.act(f"/incidents/{gas}/acknowledge")
    assert "林值班已于今天 03:12确认收到" in second.get(f"/incidents/{gas}").text
    assert row_of(night, "gas").state == "judging" and row_of(night, "gas").owner == "lin"


def test_dismissing_needs_a_reason_and_leaves_it_on_the_timeline(
    night: Night, visit: Callable[..., Any]
) -> None:
    browser, wages = visit("duty"), night.made["wages"]
    browser.act(f"/incidents/{wages}/move", event="dismiss", why=" ")
    assert "须写明理由" in browser.get(f"/incidents/{wages}").text
    browser.act(f"/incidents/{wages}/move", event="dismiss", why="已由人社局当面调解")
    page = browser.get(f"/incidents/{wages}").text
    assert row_of(night, "wages").state == "dismissed" and "已由人社局当面调解" in page
    assert "已判为无需预警" in page


def test_a_chief_confirms_and_a_step_the_table_forbids_is_explained(
    night: Night, visit: Callable[..., Any]
) -> None:
    chief, wages = visit("duty", "chief"), night.made["wages"]
    chief.act(f"/incidents/{wages}/confirm", level=3)
    assert row_of(night, "wages").level_confirmed == 3 and row_of(night, "wages").state == "warned"
    chief.act(f"/incidents/{wages}/move", event="file", why="x")
    assert "不能执行" in chief.get(f"/incidents/{wages}").text
    assert "Ⅲ级" in chief.get(f"/incidents/{wages}").text


def test_category_g_starts_the_short_clocks(night: Night, visit: Callable[..., Any]) -> None:
    browser, school = visit("duty", "chief"), night.made["school"]
    browser.act(f"/incidents/{school}/categorise", category="G")
    page = browser.get(f"/incidents/{school}").text
    assert "发布权威信息" in page and "举行新闻发布会" in page


def test_remark_call_merge_and_split(night: Night, visit: Callable[..., Any]) -> None:
    browser, gas, wages = visit("duty", "chief"), night.made["gas"], night.made["wages"]
    browser.act(f"/incidents/{gas}/remark", words="消防已到场")
    browser.act(f"/incidents/{gas}/told", person="赵副区长", channel="call", result="已接通，知悉")
    page = browser.get(f"/incidents/{gas}").text
    assert "消防已到场" in page and "赵副区长" in page and "已接通，知悉" in page
    moved = browser.act(f"/incidents/{gas}/split", document=[1, 2], title="另一件事", why="不是一回事")
    new = int(moved.headers["location"].rsplit("/", 1)[1])
    assert "另一件事" in browser.get(f"/incidents/{new}").text
    browser.act(f"/incidents/{wages}/merge", target=gas, why="同一件事")
    assert row_of(night, "wages").merged_into == gas


def test_every_act_is_in_the_audit_in_its_own_transaction(night: Night, visit: Callable[..., Any]) -> None:
    browser, gas = visit("duty", "chief"), night.made["gas"]
    browser.act(f"/incidents/{gas}/acknowledge")
    browser.act(f"/incidents/{gas}/remark", words="已核")
    browser.act(
        f"/incidents/{gas}/move", event="file", why="x"
    )  # not allowed: nothing happened, nothing recorded
    with night.store.read() as conn:
        rows = conn.execute(select(schema.audit).order_by(schema.audit.c.id)).all()
        assert audit.first_broken(conn) is None
    acts = [
        (row.who, row.action, row.subject, row.address) for row in rows if row.action.startswith("incident")
    ]
    subject = f"incident:{gas}"
    assert acts == [
        ("duty", "incident-acknowledge", subject, "127.0.0.1"),
        ("duty", "incident-remark", subject, "127.0.0.1"),
    ]


def test_confirming_a_grave_one_drafts_the_papers_and_says_so(
    night: Night, visit: Callable[..., Any]
) -> None:
    browser, gas = visit("duty", "chief"), night.made["gas"]
    browser.act(f"/incidents/{gas}/confirm", level=2)
    page = browser.get(f"/incidents/{gas}").text
    assert "已确认为Ⅱ级（重大）" in page and "起草" in page and "电话首报" in page
    assert "待审待签文书" in browser.get("/").text


def test_a_paper_is_drafted_on_request_and_opens_as_a_draft(night: Night, visit: Callable[..., Any]) -> None:
    browser, gas = visit("duty"), night.made["gas"]
    made = browser.act(f"/incidents/{gas}/draft", paper="flash").headers["location"]
    assert re.fullmatch(r"/bulletins/\d+", made)
    browser.act(f"/incidents/{gas}/draft", paper="leaflet")
    page = browser.get(f"/incidents/{gas}").text
    assert "没有这种文书" in page and "互联网舆情信息（快报）" in page and "草拟" in page


def test_passing_on_needs_a_reason_and_gives_the_incident_back(
    night: Night, visit: Callable[..., Any]
) -> None:
    browser, gas = visit("duty"), night.made["gas"]
    browser.act(f"/incidents/{gas}/acknowledge")
    browser.act(f"/incidents/{gas}/pass-on", why=" ")
    assert "须写明理由" in browser.get(f"/incidents/{gas}").text
    browser.act(f"/incidents/{gas}/pass-on", why="正在处理另一起")
    assert row_of(night, "gas").owner is None and "已转下一人" in browser.get(f"/incidents/{gas}").text


def test_the_time_it_happened_and_the_answer_are_entered_in_local_time(
    night: Night, visit: Callable[..., Any]
) -> None:
    browser, school, water = visit("duty", "chief"), night.made["school"], night.made["water"]
    browser.act(f"/incidents/{school}/happened", at="2026-11-22T11:30")
    assert row_of(night, "school").event_at.hour == 3, "11:30 in Shanghai"
    browser.act(f"/incidents/{school}/happened", at="昨天")
    assert "不是日期时间" in browser.get(f"/incidents/{school}").text
    browser.act(f"/incidents/{water}/answered", where="区政府网站", at="2026-11-23T02:00", words="已发布说明")
    assert (
        row_of(night, "water").state == "answered" and "已发布说明" in browser.get(f"/incidents/{water}").text
    )
