"""Notices in the console and behind a unit's link: the whole way by forms, as people press the buttons."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from monitor.console.app import assemble
from monitor.console.desk import Desk
from monitor.store import deadlines, notices, schema
from monitor.store.engine import Store
from tests.conftest import MovedClock
from tests.fakes.papers import Office
from tests.monitor.console.conftest import HOST, Browser, _log_in, _open_account

HAND = {"name": "钱科长", "post": "办公室主任", "phone": "0399-5550201"}
EICAR = "机密★3年 关于某事项的报告"


@pytest.fixture
def office(sqlite_store: Store, tmp_path: Path, clock: MovedClock) -> Office:
    return Office(sqlite_store, clock, tmp_path)


@pytest.fixture
def visit(office: Office) -> Callable[..., Any]:
    """A browser logged in with those roles, as `login`."""
    desk = Desk(office.store, lambda: office.settings, office.clock, key=b"k" * 32, folder=office.folder)
    app = assemble(desk)

    def open_browser(*roles: str, login: str = "") -> Browser:
        browser = Browser(app, base_url=HOST, client=("127.0.0.1", 50000))
        if roles:
            _open_account(office.store, login or roles[0], roles, office.clock())
            _log_in(browser, login or roles[0])
        return browser

    return open_browser


def link_of(office: Office, unit: str = "emergency") -> str:
    """The path of the link that was mailed to a unit."""
    mails = [m for m in office.mails() if m.recipient.startswith(unit)]
    found = re.search(r"(/l/\S+)", mails[-1].message["text"])
    assert found
    return found[1]


def test_a_notice_is_drafted_signed_answered_and_filed_by_forms(
    office: Office, visit: Callable[..., Any]
) -> None:
    number = office.drafted()
    chief, signer = visit("duty", "chief", login="he"), visit("signer", login="zhou")
    page = chief.get(f"/notices/{number}").text
    assert "送审稿" in page and "修改送审稿" in page and "签发并编号" not in page
    chief.act(f"/notices/{number}/check")
    refused = chief.act(f"/notices/{number}/issue", signer="zhou", mode="paper")
    assert refused.status_code == 403
    assert "签发并编号" in signer.get(f"/notices/{number}").text
    signer.act(f"/notices/{number}/issue", signer="zhou", mode="console")
    assert office.notice(number).number == "青舆警〔2026〕1号"
    office.tick()
    with office.store.read() as conn:
        forms = [f"/deadlines/{clock.id}/pause" for clock in deadlines.of(conn, "notice", number)]
    assert forms and all(form in chief.get(f"/notices/{number}").text for form in forms)
    unit, path = visit(), link_of(office)
    page = unit.get(path).text
    assert "青舆警〔2026〕1号" in page and "签收" in page and "不得要求网民删帖" in page
    form = {"notice": str(number), **HAND}
    assert "已签收" in unit.post(path, data={**form, "do": "sign"}).text
    report = {**form, "do": "report", "stage": "first", "account": "已关阀，正在排查。"}
    sent = {"files": ("现场.png", b"\x89PNG\r\n\x1a\n....", "image/png")}
    assert "反馈已报送" in unit.post(path, data=report, files=sent).text
    draft = {**form, "do": "draft-answer", "text": "东关农贸市场燃气泄漏已处置，正在全面排查整改。"}
    assert "已报送审核" in unit.post(path, data=draft).text
    page = chief.get(f"/notices/{number}").text
    assert "现场.png" in page and "保密审查人" in page
    asked = office.asked(number, "draft-answer")
    chief.act(f"/notices/{number}/reports/{asked.id}", decision="yes", wording="1", secrecy_by="孙保密")
    told = {"channel": "区政府网站", "published_at": "2026-11-23T09:00", "text": "已处置。", "link": ""}
    assert "公开回应已登记" in unit.post(path, data={**form, "do": "answer", **told}).text
    whole = {"account": "软管老化。", "finding": "属实", "measures": "已更换。", "head": "吴局长"}
    assert "反馈已报送" in unit.post(path, data={**form, "do": "report", "stage": "final", **whole}).text
    chief.act(f"/notices/{number}/accept", opinion="同意办结")
    chief.act(f"/notices/{number}/close")
    chief.act(f"/notices/{number}/file")
    assert office.notice(number).state == "filed"
    assert "已办结" in chief.get("/notices?group=done").text
    with office.store.read() as conn:
        audit = schema.audit
        by_unit = conn.scalar(select(func.count()).where(audit.c.who == "unit:emergency"))
    assert by_unit == 5


def test_a_scanner_that_opens_the_link_signs_nothing(office: Office, visit: Callable[..., Any]) -> None:
    number = office.issued()
    office.tick()
    path, scanner = link_of(office), visit()
    for _ in range(3):
        assert scanner.get(path).status_code == scanner.get(path + "?do=sign").status_code == 200
        assert scanner.head(path).status_code in (200, 405)
    with office.store.read() as conn:
        part = notices.part_of(conn, number, "emergency")
    assert part and part.signed_at is None and part.opened_at is not None
    assert office.notice(number).state == "delivered"


def test_a_link_opens_only_what_is_the_units_own(office: Office, visit: Callable[..., Any]) -> None:
    number = office.issued()
    office.tick()
    with office.store.write() as conn:
        conn.execute(
            schema.notice_unit.delete().where(
                schema.notice_unit.c.notice_id == number, schema.notice_unit.c.unit == "fire"
            )
        )
    stranger = visit()
    path = link_of(office, "fire")
    assert stranger.get(path).status_code == 404
    answer = stranger.post(path, data={"do": "sign", "notice": str(number), **HAND})
    assert answer.status_code == 404
    own = visit()
    with office.store.read() as conn:
        alien = conn.scalar(select(func.max(schema.file.c.id)))
    kept = [int(n) for n in re.findall(r"/files/(\d+)", own.get(link_of(office)).text)]
    assert kept and own.get(f"{link_of(office)}/files/{kept[0]}").status_code == 200
    assert own.get(f"{link_of(office)}/files/{alien + 1}").status_code == 404


def test_a_withdrawn_notices_link_is_closed(office: Office, visit: Callable[..., Any]) -> None:
    number = office.issued()
    office.tick()
    path = link_of(office)
    visit("signer", login="zhou").act(f"/notices/{number}/withdraw", why="经核非本区")
    assert visit().get(path).status_code == 410


def test_state_secrets_are_refused_and_not_kept(office: Office, visit: Callable[..., Any]) -> None:
    number = office.issued()
    office.tick()
    unit, path = visit(), link_of(office)
    form = {"do": "sign", "notice": str(number), **HAND}
    with office.store.read() as conn:
        before = conn.scalar(select(func.count()).select_from(schema.file))
    for name, body in (
        ("报告.txt", EICAR.encode()),
        ("报告.txt", EICAR.encode("gb18030")),
        ("绝密★.txt", b"x"),
    ):
        page = unit.post(path, data=form, files={"files": (name, body, "text/plain")}).text
        assert "不得存储、处理国家秘密" in page
    bad = unit.post(path, data=form, files={"files": ("a.exe", b"MZ", "text/plain")}).text
    assert "不是可接收的类型" in bad
    lie = unit.post(path, data=form, files={"files": ("a.pdf", b"MZ", "application/pdf")}).text
    assert "与扩展名不符" in lie
    with office.store.read() as conn:
        assert conn.scalar(select(func.count()).select_from(schema.file)) == before
    assert office.notice(number).state == "delivered"


def test_the_office_enters_what_came_by_fax(office: Office, visit: Callable[..., Any]) -> None:
    number = office.issued()
    office.tick()
    office.clock.forward(minutes=30)
    duty = visit("duty", login="lin")
    page = duty.get(f"/notices/{number}").text
    assert "代登记：区应急管理局" in page and "代登记：区消防救援大队" in page
    entry = {"do": "sign", "unit": "emergency", "how": "fax", "at": "2026-11-23T09:20", **HAND}
    duty.act(f"/notices/{number}/enter", **entry)
    assert office.notice(number).state == "signed"
    assert "传真" in duty.get(f"/notices/{number}").text
    refused = duty.act(f"/notices/{number}/enter", **{**entry, "how": "link"})
    assert refused.status_code == 303 and office.events("notice", number).count("sign") == 1


def test_a_draft_is_rewritten_by_the_form(office: Office, visit: Callable[..., Any]) -> None:
    number = office.drafted()
    duty = visit("duty", login="lin")
    fields = {
        "lead": "housing", "assist": ["fire", "urban"], "street": "st-dongguan", "urgency": "特急",
        "title": "农贸市场燃气泄漏", "brief": "网民反映市场燃气泄漏。", "checks": "燃气软管\n报警装置",
    }  # fmt: skip
    duty.act(f"/notices/{number}/edit", **fields)
    found = office.notice(number)
    assert found.title == "农贸市场燃气泄漏" and found.facts["orders"]["checks"] == ["燃气软管", "报警装置"]
    assert found.facts["assessment"]["answer_in_public"] is False
    with office.store.read() as conn:
        assert {p.unit for p in notices.parts(conn, number)} == {"housing", "fire", "urban", "st-dongguan"}


def test_crawled_words_stay_words_on_every_page(office: Office, visit: Callable[..., Any]) -> None:
    title = "<script>alert(1)</script>{{7*7}}#sys.inputs\r\nBcc: x@y.z"
    number = office.issued(title=title)
    office.tick()
    chief = visit("duty", "chief", login="he")
    for page in (
        chief.get(f"/notices/{number}"),
        chief.get("/notices?group=all"),
        visit().get(link_of(office)),
    ):
        assert page.status_code == 200 and "<script>alert" not in page.text and "49" not in page.text[:200]
        assert "&lt;script&gt;" in page.text
    frame = chief.get(f"/notices/{number}/paper")
    assert "<script" not in frame.text and "sandbox" in frame.headers["content-security-policy"]


def test_what_no_database_takes_is_left_out_of_forms(office: Office, visit: Callable[..., Any]) -> None:
    number = office.issued()
    office.tick()
    form = {"do": "sign", "notice": str(number), **HAND, "name": "钱\x00科长"}
    assert "已签收" in visit().post(link_of(office), data=form).text
    with office.store.read() as conn:
        part = notices.part_of(conn, number, "emergency")
    assert part and part.signer == "钱\ufffd科长"


def test_a_restricted_matters_notice_is_not_shown(office: Office, visit: Callable[..., Any]) -> None:
    number = office.drafted()
    with office.store.write() as conn:
        conn.execute(schema.incident.update().values(restricted=True))
    assert visit("duty", "chief", login="he").get(f"/notices/{number}").status_code == 404
    assert visit("duty", "restricted", login="ji").get(f"/notices/{number}").status_code == 200


def test_whoever_may_not_act_may_not(office: Office, visit: Callable[..., Any]) -> None:
    number = office.checked()
    leader: Any = visit("leader", login="zhao")
    assert leader.get(f"/notices/{number}").status_code == 200
    assert leader.act(f"/notices/{number}/issue", signer="zhou", mode="paper").status_code == 403
    assert visit().post(f"/notices/{number}/issue", follow_redirects=False).status_code == 303
    assert office.notice(number).state == "checked"
