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
    """Mails above the last UID read, and the marks to remember. Raises MailboxError.

    `imaps://user@host:993/FOLDER`, or `imap://user@host:143/FOLDER` with STARTTLS; without TLS only where the
    source's allow-list names the address and the server offers none.
    """
    parts = urlsplit(source.url)
    try:
        with _connected(source) as server:
            _log_in(server, unquote(parts.username or ""), password)
            folder = unquote(parts.path.strip("/")) or "INBOX"
            server.select(f'"{folder}"', readonly=True)
            validity = _number(server.response("UIDVALIDITY")[1])
            last = int(memory.get("uid", "0")) if memory.get("uidvalidity") == str(validity) else 0
            mails = [_mail(server, uid) for uid in _uids(server, last)]
    except (imaplib.IMAP4.error, OSError, ssl.SSLError) as error:
        raise MailboxError(_words(error)) from error
    newest = max((mail.uid for mail in mails), default=last)
    return [mail for mail in mails if mail.body], {"uidvalidity": str(validity), "uid": str(newest)}


def _connected(source: Source) -> imaplib.IMAP4:
    parts = urlsplit(source.url)
    host, timeout = parts.hostname or "", source.limits.timeout
    if parts.scheme == "imaps":
        return _Guarded(source, host, parts.port or 993, timeout, ssl.create_default_context())
    if parts.scheme == "imap":
        return _secured(_Guarded(source, host, parts.port or 143, timeout, None), source)
    raise MailboxError("邮箱地址应为 imaps://用户名@主机/文件夹，或 imap://（以 STARTTLS 加密）")


def _secured(server: imaplib.IMAP4, source: Source) -> imaplib.IMAP4:
    """The connection after STARTTLS; plain only on an intranet whose server has no TLS."""
    if "STARTTLS" in server.capabilities:
        server.starttls(ssl.create_default_context())
    elif not source.allow_private:
        server.shutdown()
        raise MailboxError("邮箱服务器不支持加密（STARTTLS），未登录；请改用 imaps:// 地址")
    return server


def _log_in(server: imaplib.IMAP4, user: str, password: str) -> None:
    try:
        server.login(user, password)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        raise MailboxError("邮箱用户名或密码不对，服务器拒绝登录") from error


def _words(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            f"邮箱服务器的证书未通过校验（{error.verify_message}），未登录；"
            "单位自建证书的，请把签发机构的根证书加入系统信任"
        )
    if isinstance(error, ssl.SSLError):
        return f"邮箱服务器的加密连接未能建立（{error.reason or error}），请核对地址与端口"
    if isinstance(error, TimeoutError):
        return "邮箱服务器没有按时回答"
    if isinstance(error, OSError):
        return f"邮箱服务器连接失败（{error.strerror or error}）"
    return f"邮箱读取失败：{error}"


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
