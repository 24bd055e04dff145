"""Mail over TLS as an office's server speaks it: encrypted before a word is said, or not at all."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from spiders.imap import MailboxError, new_mails
from spiders.source import Source
from tests.fakes.authority import Authority, authority
from tests.spiders.crawling import source
from tests.spiders.imap_server import Mailbox

HOST = "127.0.0.1"


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """An authority the machine trusts, as an administrator tells it to."""
    made = authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.root))
    return made


def filled(box: Mailbox) -> Mailbox:
    mail = EmailMessage()
    mail["Subject"] = "舆情预警：南街市场燃气泄漏"
    mail.set_content("请关注")
    box.add(mail)
    return box


def asked(box: Mailbox, scheme: str, **more: object) -> Source:
    return source("mailbox", f"{scheme}://duty@{HOST}:{box.port}/INBOX", secret="WORD", **more)


@pytest.mark.parametrize(("scheme", "starttls"), [("imaps", False), ("imap", True)])
def test_mails_come_over_tls(trusted: Authority, scheme: str, starttls: bool) -> None:
    with filled(Mailbox("word", tls=trusted.server(HOST), starttls=starttls)) as box:
        mails, marks = new_mails(asked(box, scheme), "word", {})
        assert [mail.uid for mail in mails] == [1] and marks["uid"] == "1"
        assert new_mails(asked(box, scheme), "word", marks)[0] == []
    login = next(n for n, said in enumerate(box.said) if said.startswith("LOGIN"))
    assert not starttls or "STARTTLS" in box.said[:login]


@pytest.mark.parametrize(("scheme", "starttls"), [("imaps", False), ("imap", True)])
def test_a_stranger_s_certificate_is_told_the_password_never(
    tmp_path: Path, scheme: str, starttls: bool
) -> None:
    stranger = authority(tmp_path).server(HOST)
    with (
        filled(Mailbox("word", tls=stranger, starttls=starttls)) as box,
        pytest.raises(MailboxError, match=r"证书未通过校验.*未登录.*根证书"),
    ):
        new_mails(asked(box, scheme), "word", {})
    assert not any(said.startswith("LOGIN") for said in box.said)


def test_a_certificate_of_another_host_or_of_yesterday_is_refused(trusted: Authority) -> None:
    for context in (trusted.server("127.0.0.9"), trusted.server(HOST, days=-1)):
        with (
            filled(Mailbox("word", tls=context)) as box,
            pytest.raises(MailboxError, match="证书未通过校验"),
        ):
            new_mails(asked(box, "imaps"), "word", {})


def test_tls_asked_of_a_plain_port_says_so() -> None:
    with filled(Mailbox("word")) as box, pytest.raises(MailboxError, match=r"加密连接未能建立.*端口"):
        new_mails(asked(box, "imaps"), "word", {})


def test_a_wrong_password_says_so(trusted: Authority) -> None:
    with (
        filled(Mailbox("word", tls=trusted.server(HOST))) as box,
        pytest.raises(MailboxError, match="邮箱用户名或密码"),
    ):
        new_mails(asked(box, "imaps"), "nonsense", {})


def test_without_tls_only_where_the_intranet_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spiders.imap.check_address", lambda address, allow: None)
    with filled(Mailbox("word")) as box:
        assert len(new_mails(asked(box, "imap"), "word", {})[0]) == 1
        with pytest.raises(MailboxError, match="STARTTLS"):
            new_mails(asked(box, "imap", allow_private=()), "word", {})
    assert sum(said.startswith("LOGIN") for said in box.said) == 1
