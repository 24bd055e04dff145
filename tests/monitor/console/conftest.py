"""A console over a bad night, and browsers in front of it that are logged in as whom a test needs."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.exceptions import StarletteDeprecationWarning

from monitor.console import auth
from monitor.console.app import assemble
from monitor.store import users
from monitor.store.engine import Store
from tests.conftest import MovedClock
from tests.fakes.console import Night, desk
from tests.fakes.night import fill

with warnings.catch_warnings():
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from starlette.testclient import TestClient

PASSWORD = "Qingshi-2026!"
HOST = "http://127.0.0.1:8600"
HASH = auth.hash_password(PASSWORD)


class Browser(TestClient):
    """A browser with its own cookies; `act` posts a form as our pages do, with the session's token."""

    def act(self, path: str, **fields: object) -> object:
        """Post a form; redirects are not followed."""
        found = re.search(r'name="csrf" value="([^"]+)"', self.get("/account/password").text)
        assert found, "no form with a token: not logged in?"
        return self.post(path, data={"csrf": found[1], **fields}, follow_redirects=False)


@pytest.fixture
def night_clock() -> MovedClock:
    """Monday 2026-11-23, 03:12 in Shanghai."""
    return MovedClock(datetime(2026, 11, 22, 19, 12, tzinfo=UTC))


@pytest.fixture
def night(sqlite_store: Store, night_clock: MovedClock) -> Night:
    """Rows of a bad night."""
    return fill(Night(sqlite_store, night_clock()))


@pytest.fixture
def visit(sqlite_store: Store, night_clock: MovedClock, tmp_path: Path) -> Callable[..., Browser]:
    """`visit("duty", "chief")`: a browser logged in with those roles; `visit()`: one that is not."""
    app = assemble(desk(sqlite_store, night_clock, mailbox=tmp_path / "mailbox"))

    def open_browser(*roles: str, login: str = "") -> Browser:
        browser = Browser(app, base_url=HOST, client=("127.0.0.1", 50000), raise_server_exceptions=True)
        if roles:
            _open_account(sqlite_store, login or roles[0], roles, night_clock())
            _log_in(browser, login or roles[0])
        return browser

    return open_browser


def _open_account(store: Store, login: str, roles: Sequence[str], now: datetime) -> None:
    with store.write() as conn:
        if users.by_login(conn, login) is None:
            number = users.add(conn, login, f"{login}员", HASH, roles, now)
            users.set_password(conn, number, HASH, must_change=False)


def _log_in(browser: Browser, login: str, password: str = PASSWORD) -> object:
    token = re.search(r'name="token" value="([^"]+)"', browser.get("/login").text)
    assert token
    form = {"login": login, "password": password, "token": token[1]}
    return browser.post("/login", data=form, follow_redirects=False)


@pytest.fixture
def log_in() -> Callable[..., object]:
    """Type a login and a password at the door."""
    return _log_in
