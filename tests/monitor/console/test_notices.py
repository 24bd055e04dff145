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
from monitor.store import notices, schema
from monitor.store.engine import Store
from tests.conftest import MovedClock
from tests.fakes.papers import Office
from tests.monitor.console.conftest import HOST, Browser, _log_in, _open_account

HAND = {"name": "钱\x00科长",
    }
    assert "已签收" in visit().post(link_of(office), data=form).text
    with office.store.read() as conn:
        part = notices.part_of(conn, number, "emergency")
    assert part and part.signer and "\x00" not in part.signer and part.signer.startswith("钱")


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
