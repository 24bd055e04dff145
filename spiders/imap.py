"""Mails of a mailbox source, over IMAP with TLS: peeked at (never marked read), each once by its UID."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from spiders.errors import SpiderError
from spiders.guard import check_address
from spiders.source import Source

MAX_MAILS = 200
MAX_BYTES = 20 << 20


@dataclass(frozen=True, slots=True)
class Mail:
    """One raw mail and its UID."""

    uid: int
    body: bytes


class MailboxError(SpiderError):
    """The mailbox could not be opened or read."""

    code = "mailbox"


def new_mails(source: Source, password: str, memory: Mapping[str, str]) -> tuple[list[Mail], dict[str, str]]:
    """Mails above the last UID read, and the marks to remember. `imaps://user@host:993/FOLDER`; `imap://`
    without TLS only to addresses the source's allow-list names. Raises MailboxError."""
    parts = urlsplit(source.url)
    try:
        with _connected(source) as server:
            server.login(unquote(parts.username or ""), password)
            folder = unquote(parts.path.strip("/")) or "INBOX"
            server.select(f'"{folder}"', readonly=True)
            validity = _number(server.response("UIDVALIDITY")[1])
            last = int(memory.get("uid", "0")) if memory.get("uidvalidity") == str(validity) else 0
            mails = [_mail(server, uid) for uid in _uids(server, last)]
    except (imaplib.IMAP4.error, OSError, ssl.SSLError) as error:
        raise MailboxError(f"邮箱读取失败：{error}") from error
    newest = max((mail.uid for mail in mails), default=last)
    return [mail for mail in mails if mail.body], {"uidvalidity": str(validity), "uid": str(newest)}


def _connected(source: Source) -> imaplib.IMAP4:
    parts = urlsplit(source.url)
    host, timeout = parts.hostname or "", source.limits.timeout
    if parts.scheme == "imaps":
        return _Guarded(source, host, parts.port or 993, timeout, ssl.create_default_context())
    if parts.scheme == "imap" and source.allow_private:
        return _Guarded(source, host, parts.port or 143, timeout, None)
    raise MailboxError("邮箱地址应为 imaps://用户名@主机/文件夹")


class _Guarded(imaplib.IMAP4):
    """IMAP over a socket whose peer the guard has seen before a word is said."""

    def __init__(
        self, source: Source, host: str, port: int, timeout: float, tls: ssl.SSLContext | None
    ) -> None:
        self._source, self._tls = source, tls
        super().__init__(host, port, timeout)

    def _create_socket(self, timeout: float | None) -> ssl.SSLSocket:
        sock = super()._create_socket(timeout)  # type: ignore[misc]
        try:
            check_address(sock.getpeername()[0], self._source.allow)
            return self._tls.wrap_socket(sock, server_hostname=self.host) if self._tls else sock
        except BaseException:
            sock.close()
            raise


def _uids(server: imaplib.IMAP4, last: int) -> list[int]:
    _, found = server.uid("SEARCH", f"UID {last + 1}:*")
    uids = sorted(int(uid) for uid in (found[0] or b"").split())
    return [uid for uid in uids if uid > last][:MAX_MAILS]


def _mail(server: imaplib.IMAP4, uid: int) -> Mail:
    _, size = server.uid("FETCH", str(uid), "(RFC822.SIZE)")
    if _number(size) > MAX_BYTES:
        return Mail(uid, b"")
    _, parts = server.uid("FETCH", str(uid), "(BODY.PEEK[])")
    return Mail(uid, next((part[1] for part in parts if isinstance(part, tuple)), b""))


def _number(parts: list[bytes | None]) -> int:
    """The last figure of a server's answer; 0 where it gives none."""
    words = (parts[0] or b"").replace(b")", b" ").split() if parts else []
    figures = [int(word) for word in words if word.isdigit()]
    return figures[-1] if figures else 0
