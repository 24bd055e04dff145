"""Bulletins and instructions by the forms of the console and of a leader's telephone."""

# ruff: noqa: F811 - fixtures of the notices' tests

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from monitor.clock import local
from monitor.settings.parts import Secret
from monitor.settings.station import Summary
from monitor.store import bulletins, tasks
from tests.fakes.papers import Office
from tests.fakes.town import gas_leak
from tests.fakes.web import web_server
from tests.monitor.console.test_notices import office, visit  # noqa: F401 - fixtures
from tests.monitor.scenarios.test_bulletin_life import drafted, tick


def link_of(office: Office, who: str = "zhao") -> str:
    mail = next(m for m in office.mails("bulletin") if m.recipient.startswith(who))
    found = re.search(r"(/l/\S+)", mail.message["text"])
    assert found
    return found[1]


def test_an_issue_is_checked_signed_read_on_the_telephone_and_marked(
    office: Office,
    visit: Callable[..., Any],
) -> None:
    number = drafted(office)
    chief, signer = visit("duty", "chief", login="he"), visit("signer", login="zhou")
    with office.store.read() as conn:
        item = bulletins.get(conn, number).facts["incidents"][0]["id"]
    fields = {
        "judgement": "事实清楚",
        "incident": item,
        f"parts-{item}": "risks",
        f"risk-{item}-1": "或被跟进",
        f"confidence-{item}-1": "低",
    }
    chief.act(f"/bulletins/{number}/edit", **fields)
    chief.act(f"/bulletins/{number}/check")
    signer.act(f"/bulletins/{number}/issue", signer="zhou", mode="console")
    tick(office, 2)
    page = chief.get(f"/bulletins/{number}").text
    assert "第1期（总第1期）" in page and "登记领导批示" in page
    leader, path = visit(), link_of(office)
    page = leader.get(path).text
    assert "赵副区长，请阅" in page and "事实清楚" in page
    assert "或被跟进" in leader.get(f"{path}/files/0").text
    with office.store.read() as conn:
        assert tasks.of_origin(conn, "instruction", number) == [], "looking does nothing"
    marked = leader.post(
        path, data={"kind": "words", "words": "请应急局牵头查清", "unit": "", "incident": item}
    )
    assert "批示已收到" in marked.text and "待确认" in marked.text
    with office.store.read() as conn:
        (task,) = tasks.of_origin(conn, "instruction", number)
    assert "请应急局牵头查清" in chief.get("/tasks").text
    chief.act(f"/tasks/{task.id}/confirm", unit="emergency")
    unit = visit()
    mail = office.mails("task")[0]
    found = re.search(r"(/l/\S+)", mail.message["text"])
    assert found
    assert "请应急局牵头查清" in unit.get(found[1]).text
    sent = unit.post(
        found[1], data={"do": "task", "task": str(task.id), "result": "已查清", "name": "钱科长"}
    )
    assert "办理情况已报送" in sent.text
    chief.act(f"/tasks/{task.id}/accept")
    assert "已办结" in leader.get(path).text and "已查清" in leader.get(path).text


def test_a_period_is_drafted_on_demand_once(office: Office, visit: Callable[..., Any]) -> None:
    gas_leak(office.store, office.clock())
    duty = visit("duty", login="lin")
    form = {"kind": "weekly", "since": "2026-11-16T00:00", "until": "2026-11-23T09:00"}
    first, again = (duty.act("/bulletins/period", **form) for _ in range(2))
    assert first.headers["location"] == again.headers["location"]
    messages = duty.act("/bulletins/period", **{**form, "kind": "messages"})
    tick(office)
    assert "留言办理通报" in duty.get(messages.headers["location"]).text
    wrong = duty.act("/bulletins/period", **{**form, "until": "2026-11-15T00:00"})
    assert wrong.headers["location"] == "/" or "bulletins" in wrong.headers["location"]
    with office.store.read() as conn:
        kinds = sorted(b.kind for b in bulletins.listing(conn))
    assert kinds == ["flash", "messages", "weekly"]
    assert "周报" in duty.get("/bulletins").text


def test_each_incident_of_a_regular_issue_has_its_own_form(office: Office, visit: Callable[..., Any]) -> None:
    for n in range(5):
        place = f"第{n}小区"
        gas_leak(office.store, office.clock(), title=f"{place}停水无人管", place=place)
        office.clock.forward(minutes=1)
    duty = visit("duty", login="lin")
    until = f"{local(office.clock()):%Y-%m-%dT%H:%M}"
    form = {"kind": "weekly", "since": "2026-11-16T00:00", "until": until}
    home = duty.act("/bulletins/period", **form).headers["location"].split("?")[0]
    number = int(home.rpartition("/")[2])
    with office.store.read() as conn:
        told = bulletins.get(conn, number).facts["incidents"]
    assert len(told) == 5
    last = told[-1]
    page = duty.get(f"{home}/items/{last['id']}").text
    assert "各方观点" in page and "批评意见须如实列入" in page
    assert all(f"/items/{i['id']}" in duty.get(home).text for i in told)
    source = last["opening"]["sources"][0]
    row = f"{last['id']}-0"
    written = {"incident": last["id"], f"parts-{last['id']}": ["views", "risks", "suggestions"]}
    view = {f"side-{row}": "网民", f"view-{row}": "质疑抢修太慢", f"source-{row}": source}
    duty.act(f"{home}/item", **written, **view)
    assert "质疑抢修太慢" not in duty.get(f"{home}/paper").text, "a view without its number of posts is none"
    whole = {**view, f"posts-{row}": "12", f"quote-{row}": "等了三天"}
    more = {
        f"risk-{last['id']}-1": "或被媒体跟进",
        f"unit-{row}": "区住建局",
        f"action-{row}": "核查抢修记录",
    }
    duty.act(f"{home}/item", **written, **whole, **more)
    text = duty.get(f"{home}/paper").text
    assert "质疑抢修太慢，12条" in text and "不足30条，只列条数" in text and "或被媒体跟进" in text
    assert "建议区住建局核查抢修记录" in text
    assert duty.get(f"{home}/items/999").status_code == 404


def test_a_model_proposes_a_person_keeps_and_the_paper_says_so(
    office: Office, visit: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    number = drafted(office)
    duty, page = visit("duty", login="lin"), f"/bulletins/{number}"
    assert "请模型拟摘要" not in duty.get(page).text, "off unless the station says so"
    monkeypatch.setenv("MODEL_KEY", "k-secret")
    with web_server() as web:
        summary = Summary(address=f"{web.url}/v1", model="local", key=Secret(env="MODEL_KEY"), timeout=2)
        office.settings = office.settings.model_copy(update={"summary": summary})
        web.answer = {"choices": [{"message": {"content": "市场燃气泄漏，涉及 977 人。\n<b>{{7*7}}</b>"}}]}
        proposed = duty.act(f"{page}/propose").text
        assert "涉及 977 人" in proposed and "尚未保存" in proposed and "请核对：977" in proposed
        (asked,) = web.asked
        sent = asked.json["messages"][1]["content"]
        assert asked.path == "/v1/chat/completions" and asked.headers["authorization"] == "Bearer k-secret"
        assert "东关农贸市场燃气泄漏" in sent and "http" not in sent
        assert "977" not in duty.get(f"{page}/paper").text, "nothing is kept before a person saves it"
        duty.act(f"{page}/edit", ai_summary="市场燃气泄漏。<b>{{7*7}}</b>")
        paper = duty.get(f"{page}/paper").text
        assert "摘要（AI辅助，待核）" in paper and "&lt;b&gt;{{7*7}}" in paper and "舆情概述" in paper
        for status, answer in ((500, {}), (200, {"choices": []}), (200, b"no json")):
            web.status, web.answer = status, answer
            assert "正文不受影响" in followed(duty, f"{page}/propose")
    assert "正文不受影响" in followed(duty, f"{page}/propose"), "the model is down"
    duty.act(f"{page}/edit", ai_summary="")
    assert "AI辅助" not in duty.get(f"{page}/paper").text
    with office.store.read() as conn:
        assert "k-secret" not in str(bulletins.get(conn, number))


def followed(browser: Any, path: str) -> str:
    """The page that an act leads to."""
    return str(browser.get(browser.act(path).headers["location"]).text)
