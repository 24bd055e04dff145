"""The buttons of an alert mail, pressed by people and by mail scanners."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from monitor.domain.links import make_token
from monitor.store import links, schema
from tests.conftest import MovedClock
from tests.fakes.console import Night


@pytest.fixture
def address(night: Night) -> str:
    """A link mailed to the officer on duty about the gas leak."""
    gas = night.made["gas"]
    token = make_token(b"k" * 32, "alert", "incident", gas, "lin", night.now)
    with night.store.write() as conn:
        links.give(conn, token, "alert", "incident", gas, "lin", night.now)
    return f"/l/{token}"


def acknowledged(night: Night) -> Any:
    """Who acknowledged the gas leak."""
    with night.store.read() as conn:
        query = select(schema.alert.c.acknowledged_by).where(schema.alert.c.incident_id == night.made["gas"])
        return conn.scalar(query)


def test_a_scanner_that_opens_every_address_changes_nothing(
    night: Night, visit: Callable[..., Any], address: str
) -> None:
    scanner = visit()
    for want in ("acknowledge", "dismiss", "draft", "nonsense"):
        page = scanner.get(address, params={"do": want})
        assert page.status_code == 200 and "林值班" in page.text and "确认收到" in page.text
        assert "unsafe" not in page.headers["content-security-policy"]
    assert acknowledged(night) is None


def test_a_person_presses_the_button_and_the_record_names_the_holder(
    night: Night, visit: Callable[..., Any], address: str
) -> None:
    page = visit().post(address, data={"do": "acknowledge"})
    assert "不再转告下一人" in page.text and acknowledged(night) == "lin"
    with night.store.read() as conn:
        row = conn.execute(select(schema.audit).order_by(schema.audit.c.id.desc())).first()
        link = conn.execute(select(schema.link)).one()
    assert row and (row.who, row.action) == ("lin", "incident-acknowledge")
    assert link.opened_at == night.now and link.opened_from == "127.0.0.1"


def test_dismissing_by_link_needs_a_reason_too(night: Night, visit: Callable[..., Any], address: str) -> None:
    assert "须写明理由" in visit().post(address, data={"do": "dismiss", "why": ""}).text
    assert "已判为无需预警" in visit().post(address, data={"do": "dismiss", "why": "演练"}).text
    assert visit().get(address).status_code == 410, "at rest: links that were mailed no longer open"


def test_another_sites_page_cannot_press_it(night: Night, visit: Callable[..., Any], address: str) -> None:
    answer = visit().post(address, data={"do": "acknowledge"}, headers={"origin": "https://evil.test"})
    assert answer.status_code == 403 and acknowledged(night) is None


def test_expired_revoked_and_made_up_links_open_nothing(
    night: Night, visit: Callable[..., Any], address: str, night_clock: MovedClock
) -> None:
    assert visit().get("/l/" + "A" * 32).status_code == 404
    night_clock.forward(days=4)
    gone = visit().get(address)
    assert gone.status_code == 410 and "已过期" in gone.text and "东关" not in gone.text
