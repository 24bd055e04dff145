"""Who is asking: passwords, log-in, the session behind each request, and what a request may do.

Every page group is mounted behind `guard` (see app.py), so that no page can forget it: a read needs a
session, an act needs the session's token and our own origin as well.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, NoReturn

from fastapi import Depends
from pwdlib import PasswordHash
from sqlalchemy import Connection
from starlette.requests import Request

from monitor.console.desk import Desk, desk_of
from monitor.console.rights import FIRST_ROLES, Right, rights_of
from monitor.console.security import SAFE_METHODS, Refused, address_of, check_origin, check_token
from monitor.domain import lockout, password
from monitor.errors import CaifengError
from monitor.store import audit, sessions, users
from monitor.store.engine import Store

COOKIE = "caifeng_session"
FIRST_LOGIN = "admin"
LIVE_HEADER = "x-live"
ONE_TIME_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"

_hasher = PasswordHash.recommended()
# compared against when the login is unknown, so that an answer takes as long as for a known one
_NOBODY = _hasher.hash(secrets.token_urlsafe(16))


def hash_password(password: str) -> str:
    """What the database keeps of a password (argon2id)."""
    return _hasher.hash(password)


def one_time_password() -> str:
    """Twelve letters and digits that are not mistaken for each other: read out, typed once."""
    return "-".join("".join(secrets.choice(ONE_TIME_LETTERS) for _ in range(4)) for _ in range(3))


class LoginNeeded(CaifengError):
    """No session, or one that has idled too long. `expired` when there had been one."""

    def __init__(self, *, expired: bool) -> None:
        self.expired = expired
        super().__init__("登录已过期，请重新登录" if expired else "请先登录")


class PasswordChangeNeeded(CaifengError):
    """Logged in with a one-time password: nothing else may be done before another one is chosen."""


class LoginRefused(CaifengError):
    """Wrong login or password, a closed account, or too many attempts."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """The person behind one request, and the instant it came: pages read no clock."""

    user: users.User
    session: sessions.Session
    now: datetime
    address: str

    @property
    def rights(self) -> frozenset[Right]:
        """All that this person may do."""
        return rights_of(self.user.roles)

    def may(self, right: Right) -> bool:
        """Whether the person has this right."""
        return right in self.rights

    @property
    def restricted(self) -> bool:
        """Whether the person may see reports of wrongdoing."""
        return self.may("restricted")


def first_start(store: Store, now: datetime) -> tuple[str, str] | None:
    """The login and a one-time password while nobody has ever logged in, else None.

    Only the hash is kept: a station stopped before the first log-in prints a new one at the next start.
    """
    one_time = one_time_password()
    with store.write() as conn:
        people = users.everyone(conn)
        if any(user.last_login_at is not None for user in people) or len(people) > 1:
            return None
        if people:
            users.set_password(conn, people[0].id, hash_password(one_time), must_change=True)
            return people[0].login, one_time
        users.add(conn, FIRST_LOGIN, "系统管理员", hash_password(one_time), FIRST_ROLES, now)
        audit.append(conn, "system", "account-opened", now, subject=FIRST_LOGIN)
    return FIRST_LOGIN, one_time


def log_in(desk: Desk, login: str, given: str, now: datetime, address: str) -> str:
    """Check a password and begin a session; returns the cookie's token. Raises LoginRefused."""
    login, given = login.strip()[:80], given[: password.LONGEST]
    with desk.store.read() as conn:
        attempts = users.attempts(conn, login, address)
        user = users.by_login(conn, login)
    if attempts.is_locked(now):
        _refuse(desk, login, now, address, attempts, "locked")
    right = _hasher.verify(given, user.password_hash if user else _NOBODY)
    if user is None or not right or user.disabled:
        _refuse(desk, login, now, address, lockout.after_failure(attempts, now), "wrong")
    with desk.store.write() as conn:
        users.forget_attempts(conn, login, address)
        users.note_login(conn, user.id, now)
        sessions.sweep(conn, now, desk.limits.longest)
        audit.append(conn, login, "login", now, address=address)
        return sessions.start(conn, user.id, now, address)


def _refuse(
    desk: Desk, login: str, now: datetime, address: str, attempts: lockout.Attempts, why: str
) -> NoReturn:
    with desk.store.write() as conn:
        users.keep_attempts(conn, login, address, attempts)
        audit.append(conn, login, "login", now, ok=False, address=address, detail={"why": why})
    if attempts.is_locked(now) and attempts.locked_until is not None:
        minutes = -(-int((attempts.locked_until - now).total_seconds()) // 60)
        raise LoginRefused(f"口令连续输错 {lockout.ALLOWED} 次，已锁定，请 {minutes} 分钟后再试")
    left = lockout.ALLOWED - attempts.failed
    raise LoginRefused(f"登录名或口令不正确，还可尝试 {left} 次")


def log_out(desk: Desk, visitor: Visitor) -> None:
    """End this browser's session."""
    with desk.store.write() as conn:
        sessions.close(conn, visitor.session.token_hash)
        note(conn, visitor, "logout")


def change_password(desk: Desk, visitor: Visitor, old: str, new: str) -> str:
    """Choose another password; every session of the person ends and one begins anew. Raises LoginRefused."""
    if not _hasher.verify(old[: password.LONGEST], visitor.user.password_hash):
        raise LoginRefused("原口令不正确")
    found = password.faults(new, visitor.user.login)
    if new == old:
        found.append("新口令不能与原口令相同")
    if found:
        raise LoginRefused("；".join(found))
    with desk.store.write() as conn:
        users.set_password(conn, visitor.user.id, hash_password(new), must_change=False)
        sessions.close_all(conn, visitor.user.id)
        note(conn, visitor, "password-changed")
        return sessions.start(conn, visitor.user.id, visitor.now, visitor.address)


def note(conn: Connection, visitor: Visitor, action: str, subject: str = "", **detail: object) -> None:
    """An audit row for an act of this visitor, in the act's own transaction: no record, no act."""
    login, address = visitor.user.login, visitor.address
    audit.append(conn, login, action, visitor.now, subject=subject, address=address, detail=detail or None)


async def at_desk(request: Request) -> Desk:
    """The desk, for a page. Async like all that only looks at memory: a thread costs more than the work."""
    return desk_of(request)


def recognise(request: Request, desk: Annotated[Desk, Depends(at_desk)]) -> Visitor:
    """The person behind this request, also one who has yet to choose a password. Raises LoginNeeded."""
    now, token = desk.clock(), request.cookies.get(COOKIE, "")
    with desk.store.read() as conn:
        session = sessions.find(conn, token, now, desk.limits.idle, desk.limits.longest) if token else None
        user = users.by_id(conn, session.user_id) if session else None
    if session is None or user is None or user.disabled:
        raise LoginNeeded(expired=bool(token))
    # a page that refreshes itself is nobody's hand on the mouse: it must not keep the session alive
    if LIVE_HEADER not in request.headers and now - session.seen_at > sessions.NOTE_EVERY:
        with desk.store.write(durable=False) as conn:
            sessions.note(conn, session, now)
    return Visitor(user, session, now, address_of(request))


async def visitor_of(visitor: Annotated[Visitor, Depends(recognise)]) -> Visitor:
    """The person behind this request. Raises LoginNeeded, PasswordChangeNeeded."""
    if visitor.user.must_change:
        raise PasswordChangeNeeded
    return visitor


async def guard(request: Request, visitor: Annotated[Visitor, Depends(recognise)]) -> None:
    """Let a read pass; let an act pass only from our own page with the session's token."""
    if request.method in SAFE_METHODS:
        return
    check_origin(request)
    given = request.headers.get("x-csrf-token") or (await request.form()).get("csrf")
    check_token(given, visitor.session.csrf)


def needs(right: Right) -> object:
    """Dependency: refuse a visitor without this right."""

    async def check(visitor: Annotated[Visitor, Depends(visitor_of)]) -> Visitor:
        if not visitor.may(right):
            raise Refused("您的岗位没有此项权限，请联系值班长或系统管理员")
        return visitor

    return Depends(check)


Anyone = Annotated[Visitor, Depends(visitor_of)]
Reader = Annotated[Visitor, needs("read")]
Actor = Annotated[Visitor, needs("act")]
Confirmer = Annotated[Visitor, needs("confirm")]
Administrator = Annotated[Visitor, needs("administer")]
Auditor = Annotated[Visitor, needs("audit")]
Signer = Annotated[Visitor, needs("issue")]
AtDesk = Annotated[Desk, Depends(at_desk)]
