"""E-mail over SMTP with STARTTLS or TLS, threaded by incident, with delivery reports where the server can.

Header injection is impossible: every header value passes through EmailMessage's policy after control
characters are gone, and an address must look like one.
"""

from __future__ import annotations

import hashlib
import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, localtime
from typing import Literal

from alerts.channels import Proof
from alerts.errors import TransportError
from alerts.message import Message

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+")
_MAILBOX = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,253}[A-Za-z0-9])?"
)
_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Email:
    """`security`: `starttls` and `tls` verify the server's certificate; `none` is for this machine only."""

    host: str
    sender: str
    port: int = 587
    security: Literal["none", "starttls", "tls"] = "starttls"
    user: str = ""
    password: str = ""
    sender_name: str = ""
    timeout: float = 20.0
    name: str = "mail"
    context: ssl.SSLContext | None = None
    now: Callable[[], datetime] = localtime  # the Date header is the time of sending

    def send(self, message: Message, recipient: str, message_id: str) -> Proof:
        """Hand the mail to the server. Raises TransportError: permanent for 5xx, else temporary."""
        if not _MAILBOX.fullmatch(recipient):
            raise TransportError("邮件：收件地址写法有误", permanent=True)
        letter = self.letter(message, recipient, message_id)
        try:
            with self._connect() as server:
                return self._hand_over(server, letter, recipient, message_id)
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            raise refused(code, words) from error
        except smtplib.SMTPAuthenticationError as error:
            # somebody will mend the password: the mail must not be lost until then
            raise TransportError(f"邮件：服务器拒绝登录（{error.smtp_code}）", permanent=False) from error
        except smtplib.SMTPResponseException as error:
            raise refused(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPNotSupportedError as error:
            raise TransportError("邮件：服务器不支持所要求的加密或登录", permanent=False) from error
        except (OSError, smtplib.SMTPException) as error:
            raise TransportError(
                f"邮件：无法连接服务器（{type(error).__name__}）", permanent=False
            ) from error

    def letter(self, message: Message, recipient: str, message_id: str) -> EmailMessage:
        """The mail itself: plain text, HTML, attachments, threading."""
        letter = EmailMessage(policy=SMTP)
        letter["Subject"] = plain(message.subject)[:_SUBJECT]
        letter["From"] = Address(plain(self.sender_name), addr_spec=self.sender)
        letter["To"] = recipient
        letter["Date"] = format_datetime(self.now())
        letter["Message-ID"] = plain(message_id)
        letter["Auto-Submitted"] = "auto-generated"
        if message.thread:
            root = thread_root(message.thread, message_id)
            letter["In-Reply-To"] = root
            letter["References"] = root
        letter.set_content(message.text, cte="base64")
        if message.html:
            letter.add_alternative(message.html, subtype="html", cte="base64")
        for file in message.attachments:
            main, _, sub = file.media_type.partition("/")
            letter.add_attachment(file.body, maintype=main, subtype=sub, filename=plain(file.name))
        return letter

    def _connect(self) -> smtplib.SMTP:
        context = self.context or ssl.create_default_context()
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=self.timeout, context=context
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=self.timeout)
        try:
            if self.security == "starttls":
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server

    def _hand_over(
        self, server: smtplib.SMTP, letter: EmailMessage, recipient: str, message_id: str
    ) -> Proof:
        server.ehlo_or_helo_if_needed()
        wishes = server.has_extn("dsn")
        envelope = (
            ["RET=HDRS", f"ENVID={hashlib.sha256(message_id.encode()).hexdigest()[:32]}"] if wishes else []
        )
        notify = ["NOTIFY=SUCCESS,FAILURE,DELAY"] if wishes else []
        size = ["BODY=8BITMIME"] if server.has_extn("8bitmime") else []
        server.send_message(letter, self.sender, [recipient], [*size, *envelope], notify)
        return Proof(self.name, "邮件服务器已接收", {"server": self.host, "dsn": wishes})


def plain(text: str) -> str:
    """A header's value on one line."""
    return _CONTROL.sub(" ", text).strip()


def thread_root(thread: str, message_id: str) -> str:
    """The parent that all mails of one matter name, on the domain of their own ids."""
    domain = message_id.strip("<> ").rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(thread.encode()).hexdigest()[:32]}.thread@{plain(domain)}>"


def refused(code: int, words: bytes | str) -> TransportError:
    """The server's no: 5xx is for ever."""
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    return TransportError(f"邮件：服务器拒收（{code} {plain(said)[:160]}）", permanent=code >= 500)
