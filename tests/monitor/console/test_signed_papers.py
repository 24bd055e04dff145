"""突发事件信息 and the sheets that go once they are signed, by the forms of the console."""

# ruff: noqa: F811 - fixtures of the notices' tests

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from monitor.stages import circulars, handing_over
from monitor.stages.handing_over import Transfer
from monitor.store import deadlines, papers
from tests.fakes.papers import SIGNER, Office
from tests.fakes.town import gas_leak
from tests.monitor.console.test_notices import office, visit  # noqa: F401 - fixtures


def test_a_first_report_is_drafted_written_out_signed_and_handed_over(
    office: Office, visit: Callable[..., Any]
) -> None:
    found = gas_leak(office.store, office.clock(), level_confirmed=2, state="warned")
    duty, signer = visit("duty", login="lin"), visit("signer", login="zhou")
    home = f"/first-reports/{found}"
    assert f'href="{home}"' in duty.get(f"/incidents/{found}").text
    assert "起草初报" in duty.get(home).text
    duty.act(f"{home}/draft", stage="初报")
    form = {
        "title": "东关农贸市场燃气泄漏",
        "course": "8时许发现泄漏。",
        "casualties": "无人员伤亡",
        "phoned_at": "2026-11-23T08:20",
        "leaders": "赵副区长\n吴局长",
        "commander": "吴局长",
    }
    duty.act(f"{home}/edit", **form)
    assert f'href="{home}"' in duty.get("/").text, "what waits for its signer is on the first page"
    page = duty.get(home).text
    assert "无人员伤亡" in page and "2026-11-23T08:20" in page and "签发并报送" not in page
    assert duty.act(f"{home}/sign", signer="zhou", mode="paper").status_code == 403
    assert "送审稿" in duty.get(f"{home}/paper").text
    signer.act(f"{home}/sign", signer="zhou", mode="console")
    assert f'href="{home}"' not in duty.get("/").text
    page = duty.get(home).text
    assert "青舆报〔2026〕1号" in page and "起草续报" in page
    with office.store.read() as conn:
        paper = papers.latest(conn, "first-report", "incident", found)
    assert paper
    office.tick()
    sheet = f"/papers/{paper.id}"
    assert "发云州市总值班室" in duty.get(sheet).text and "无人员伤亡" in duty.get(f"{sheet}/paper").text
    duty.act(f"{sheet}/hand", to="市总值班室刘某", how="fax")
    assert "以传真送达市总值班室刘某" in duty.get(sheet).text


def test_a_sheet_on_wrongdoing_is_there_for_nobody_else(office: Office, visit: Callable[..., Any]) -> None:
    found = gas_leak(office.store, office.clock(), restricted=True)
    wanted = Transfer("discipline", "监察法第35条")
    handing_over.hand_over(office.house, found, wanted, SIGNER, **office.by())
    with office.store.read() as conn:
        paper = papers.latest(conn, "transfer", "incident", found)
    assert paper
    duty, trusted = visit("duty", login="lin"), visit("duty", "restricted", login="sun")
    for path in (f"/papers/{paper.id}", f"/papers/{paper.id}/paper", f"/first-reports/{found}"):
        assert duty.get(path).status_code == 404
    assert duty.act(f"/papers/{paper.id}/hand", to="某人", how="paper").status_code == 404
    assert "青舆移〔2026〕1号" in trusted.get(f"/papers/{paper.id}").text
    assert trusted.get("/papers/999").status_code == 404


def test_a_circular_is_signed_on_the_notices_page_and_its_receivers_are_told(
    office: Office, visit: Callable[..., Any]
) -> None:
    number = office.issued()
    office.tick()
    office.clock.forward(hours=60)
    with office.store.write() as conn:
        clock = deadlines.of(conn, "notice", number)[0]
        assert circulars.draft_censure(conn, office.house, clock, "rules", office.clock())
    signer, page = visit("signer", login="zhou"), f"/notices/{number}"
    assert "签发逾期通报" in signer.get(page).text and "通报（送审稿）" in signer.get(page).text
    form = {"demand": "请于今日17时前补报", "cc": "区委宣传部", "signer": "zhou", "mode": "console"}
    assert signer.act(f"{page}/circular", **form).status_code == 303
    shown = signer.get(page).text
    assert "通报 青舆通〔2026〕1号：送达情况" in shown and "签发逾期通报" not in shown
    with office.store.read() as conn:
        paper = papers.latest(conn, "circular", "notice", number)
    assert paper and "请于今日17时前补报" in signer.get(f"/papers/{paper.id}/paper").text
