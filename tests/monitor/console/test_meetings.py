"""A joint meeting by forms: its members proposed, called, held, signed; who assists is told too."""

# ruff: noqa: F811 - fixtures of the notices' tests

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from monitor.store import meetings, tasks
from tests.fakes.papers import Office
from tests.monitor.console.test_notices import office, visit  # noqa: F401 - fixtures


def test_a_meeting_from_its_plan_to_its_signed_minutes(office: Office, visit: Callable[..., Any]) -> None:
    papers = office.settings.papers.model_copy(update={"members": ("emergency", "publicity")})
    office.settings = office.settings.model_copy(update={"papers": papers})
    duty, signer = visit("duty", login="lin"), visit("signer", login="zhou")
    page = duty.get("/meetings").text
    assert 'value="emergency" checked' in page and 'value="fire" checked' not in page
    form = {"kind": "regular", "at": "2026-11-24T09:00", "place": "三楼会议室", "chair": "赵副区长"}
    home = duty.act("/meetings", **form, unit=["emergency", "publicity"]).headers["location"]
    duty.act(f"{home}/call", unit=["emergency"])
    action = {"action-0": "检查全区用气安全", "unit-0": "emergency", "assist-0": ["fire", "emergency"]}
    duty.act(f"{home}/hold", decisions="先核实、再回应", present="赵副区长", **action)
    assert duty.act(f"{home}/issue", signer="zhou", mode="paper").status_code == 403
    signer.act(f"{home}/issue", signer="zhou", mode="console")
    with office.store.read() as conn:
        (found,) = meetings.listing(conn)
        (task,) = tasks.of_origin(conn, "meeting", found.id)
    assert found.state == "issued" and list(task.assisting or ()) == ["fire"]
    told = {m.recipient.split("@")[0]: m.message["subject"] for m in office.mails("task")}
    assert "请办理并反馈" in told["emergency"] and "请配合办理" in told["fire"]
    office.tick()
    assert {m.recipient.split("@")[0] for m in office.mails("paper")} == {"emergency", "publicity", "fire"}
    page = duty.get(home).text
    assert "纪要第1期：送达情况" in page and "现在做什么" not in page
    assert "区消防救援大队配合" in duty.get(f"{home}/minutes-paper").text
