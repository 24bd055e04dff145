"""Numbers without gaps whoever signs at once, and nothing lost when the machine dies between two steps."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Connection

from monitor.errors import CaifengError
from monitor.stages import bulletin_acts, notice_acts, notice_issue, notify, publish, render
from monitor.store import notices
from monitor.store.engine import Store
from tests.conftest import MovedClock
from tests.fakes.papers import SIGNER, Office
from tests.fakes.town import gas_leak


def many_checked(office: Office, number: int) -> list[int]:
    incident = gas_leak(office.store, office.clock(), level_confirmed=3, state="warned")
    made = []
    for _ in range(number):
        with office.store.write() as conn:
            made.append(notify.draft(conn, office.house, incident, "lin", office.clock()))
        notice_acts.check(office.house, made[-1], **office.by("he"))
    return made


def test_fifty_signed_at_once_are_numbered_one_to_fifty(
    store: Store, tmp_path: Path, clock: MovedClock
) -> None:
    office = Office(store, clock, tmp_path)
    drafts = many_checked(office, 50)

    def sign(number: int) -> str:
        return notice_issue.issue(office.house, number, SIGNER, **office.by()).number

    with ThreadPoolExecutor(10) as people:
        numbers = list(people.map(sign, drafts))
    assert set(numbers) == {f"青舆警〔2026〕{n}号" for n in range(1, 51)}


def test_ten_who_sign_the_same_notice_give_it_one_number(
    store: Store, tmp_path: Path, clock: MovedClock
) -> None:
    office = Office(store, clock, tmp_path)
    first, second = many_checked(office, 2)

    def sign(_: int) -> str:
        try:
            return notice_issue.issue(office.house, first, SIGNER, **office.by()).number
        except CaifengError:
            return ""

    with ThreadPoolExecutor(10) as people:
        numbers = [n for n in people.map(sign, range(10)) if n]
    assert numbers == ["青舆警〔2026〕1号"]
    assert notice_issue.issue(office.house, second, SIGNER, **office.by()).number == "青舆警〔2026〕2号"


def test_fifty_bulletins_signed_at_once_have_no_gaps(store: Store, tmp_path: Path, clock: MovedClock) -> None:
    office = Office(store, clock, tmp_path)
    incident = gas_leak(store, clock())
    drafts = []
    for _ in range(50):
        with store.write() as conn:
            drafts.append(publish.draft_special(conn, office.house, incident, "flash", "lin", clock()))
        bulletin_acts.check(office.house, drafts[-1], **office.by("he"))

    def sign(number: int) -> tuple[int, int]:
        done = bulletin_acts.issue(office.house, number, SIGNER, **office.by())
        return done.issue, done.total

    with ThreadPoolExecutor(10) as people:
        numbers = sorted(people.map(sign, drafts))
    assert numbers == [(n, n) for n in range(1, 51)]


class Killed(BaseException):
    """The process dies: nothing catches it."""


@dataclass(frozen=True)
class DyingStore(Store):
    """The same database, on a machine that dies at the end of its n-th write."""

    left: list[int] | None = None

    @contextmanager
    def write(self, *, durable: bool = True) -> Iterator[Connection]:
        with super().write(durable=durable) as conn:
            yield conn
            if self.left is not None:
                self.left[0] -= 1
                if self.left[0] == 0:
                    raise Killed


@pytest.mark.parametrize("die_at", range(1, 9))
def test_killed_anywhere_between_signing_and_sending_nothing_is_lost(
    sqlite_store: Store, tmp_path: Path, clock: MovedClock, die_at: int
) -> None:
    office = Office(sqlite_store, clock, tmp_path)
    number = office.checked()
    office.store = DyingStore(sqlite_store.engine, sqlite_store.epoch, [die_at])
    for _ in range(4):  # each time the machine starts again it goes on where it stopped
        try:
            if office.notice(number).number is None:
                notice_issue.issue(office.house, number, SIGNER, **office.by())
            for _ in range(3):
                for stage in (notify, render):
                    stage.run(office.house, clock())
        except Killed:
            continue
    found = office.notice(number)
    assert (found.number, found.state) == ("青舆警〔2026〕1号", "delivered")
    assert [m.recipient.split("@")[0] for m in office.mails()] == ["emergency", "fire", "dongguan"]
    with sqlite_store.read() as conn:
        assert all(p.delivered_at for p in notices.parts(conn, number))
