"""Each channel against a real server of its kind."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from alerts.channels.call import Call
from alerts.channels.dingtalk import Dingtalk
from alerts.channels.dingtalk import signature as dingtalk_signature
from alerts.channels.email import Email
from alerts.channels.feishu import Feishu
from alerts.channels.feishu import signature as feishu_signature
from alerts.channels.sms import Sms
from alerts.channels.webhook import Webhook
from alerts.channels.webhook import signature as webhook_signature
from alerts.channels.wecom import Wecom
from alerts.errors import TransportError
from alerts.message import Attachment, Message
from tests.fakes.post_office import PostOffice, certificate, post_office
from tests.fakes.web import Web, web_server

MESSAGE = Message(
    subject="【待核实·建议Ⅱ级】东门街道·燃气泄漏（12条）",
    text="事项：燃气泄漏\n",
    html="<p>燃气泄漏</p>",
    short="【待核实·建议Ⅱ级】东门街道，事件12号",
    thread="incident-12",
)
ID = "<0123456789abcdef0123456789abcdef@qingshi.test>"


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as serving:
        yield serving


@pytest.fixture
def web() -> Iterator[Web]:
    with web_server() as serving:
        yield serving


def email(office: PostOffice, **options: object) -> Email:
    """A channel to that server, without encryption unless asked."""
    facts = {"host": office.host, "port": office.port, "sender": "caifeng@qingshi.test", "security": "none"}
    return Email(**{**facts, "timeout": 5.0, **options})  # type: ignore[arg-type]


class TestEmail:
    def test_a_mail_arrives_as_it_was_written(self, office: PostOffice) -> None:
        proof = email(office, sender_name="采风值守台").send(MESSAGE, "zhao@qingshi.test", ID)
        letter = office.letters[0]
        assert letter["subject"] == MESSAGE.subject
        assert letter["message-id"] == ID
        assert letter["from"].addresses[0].display_name == "采风值守台"
        assert letter["auto-submitted"] == "auto-generated"
        plain, html = letter.get_body(("plain",)), letter.get_body(("html",))
        assert plain is not None
        assert html is not None
        assert plain.get_content().splitlines() == MESSAGE.text.splitlines()
        assert "燃气泄漏" in html.get_content()
        assert proof.channel == "mail"

    def test_mails_of_one_incident_hang_together(self, office: PostOffice) -> None:
        other = ID.replace("0123", "9999")
        for message_id in (ID, other):
            email(office).send(MESSAGE, "zhao@qingshi.test", message_id)
        email(office).send(replace(MESSAGE, thread="incident-13"), "zhao@qingshi.test", ID)
        first, second, foreign = (letter["references"] for letter in office.letters)
        assert first == second != foreign
        assert office.letters[0]["in-reply-to"] == first

    def test_attachments_travel_with_chinese_names(self, office: PostOffice) -> None:
        file = Attachment("预警通知书（新舆警〔2026〕1号）.pdf", "application/pdf", b"%PDF-1.7")
        email(office).send(replace(MESSAGE, attachments=(file,)), "zhao@qingshi.test", ID)
        part = next(office.letters[0].iter_attachments())
        assert part.get_filename() == file.name
        assert part.get_content() == file.body

    @pytest.mark.parametrize("evil", ["\r\nBcc: x@evil.test", "\nX: y", "\u2028Bcc: z", "\x00\x0bBcc: q"])
    def test_no_header_can_be_injected(self, office: PostOffice, evil: str) -> None:
        message = replace(MESSAGE, subject=f"火灾{evil}")
        email(office, sender_name=f"采风{evil}").send(message, "zhao@qingshi.test", ID)
        letter = office.letters[0]
        assert letter["bcc"] is None
        assert letter["x"] is None
        assert office.envelopes[0].rcpt_tos == ["zhao@qingshi.test"]

    @pytest.mark.parametrize("address", ["", "a@b\r\nRCPT TO:<x@y>", "<a@b>", "a b@c.d", "甲@c.d", "a@b,c@d"])
    def test_what_is_no_address_is_refused_for_ever(self, office: PostOffice, address: str) -> None:
        with pytest.raises(TransportError) as caught:
            email(office).send(MESSAGE, address, ID)
        assert caught.value.permanent
        assert office.letters == []

    @pytest.mark.parametrize(
        ("where", "answer", "permanent"),
        [
            ("rcpt", "550 5.1.1 no such user", True),
            ("rcpt", "451 4.2.1 greylisted", False),
            ("data", "554 5.7.1 spam", True),
            ("data", "452 4.3.1 disk full", False),
        ],
    )
    def test_the_servers_no_is_permanent_or_not(
        self, office: PostOffice, where: str, answer: str, permanent: bool
    ) -> None:
        setattr(office, where, answer)
        with pytest.raises(TransportError, match=answer[:3]) as caught:
            email(office).send(MESSAGE, "zhao@qingshi.test", ID)
        assert caught.value.permanent is permanent

    def test_no_server_is_temporary(self, office: PostOffice) -> None:
        with pytest.raises(TransportError) as caught:
            email(office, port=1).send(MESSAGE, "zhao@qingshi.test", ID)
        assert not caught.value.permanent

    def test_a_delivery_report_is_wished_for_where_the_server_can(self, office: PostOffice) -> None:
        office.dsn = True
        proof = email(office).send(MESSAGE, "zhao@qingshi.test", ID)
        assert office.wishes["NOTIFY"] == "SUCCESS,FAILURE,DELAY"
        assert office.wishes["RET"] == "HDRS"
        assert office.wishes["ENVID"]
        assert proof.facts["dsn"]

    @pytest.mark.parametrize("security", ["starttls", "tls"])
    def test_encrypted_with_a_verified_certificate(self, tmp_path: Path, security: str) -> None:
        server, client = certificate(tmp_path)
        with post_office(tls=server, implicit=security == "tls") as serving:
            email(serving, security=security, context=client).send(MESSAGE, "zhao@qingshi.test", ID)
            assert serving.letters[0]["subject"] == MESSAGE.subject
            with pytest.raises(TransportError) as caught:
                strict = ssl.create_default_context()
                email(serving, security=security, context=strict).send(MESSAGE, "zhao@qingshi.test", ID)
            assert not caught.value.permanent
            assert len(serving.letters) == 1

    def test_a_server_without_starttls_gets_no_mail(self, office: PostOffice) -> None:
        with pytest.raises(TransportError, match="加密") as caught:
            email(office, security="starttls").send(MESSAGE, "zhao@qingshi.test", ID)
        assert not caught.value.permanent
        assert office.letters == []


ROBOTS = [
    lambda url: Wecom(f"{url}/robot?key=SECRET"),
    lambda url: Dingtalk(f"{url}/robot?access_token=SECRET", "SEC1", seconds=lambda: 1_700_000_000.5),
    lambda url: Feishu(f"{url}/hook/SECRET", "SEC1", seconds=lambda: 1_700_000_000.5),
    lambda url: Sms(f"{url}/sms?token=SECRET"),
    lambda url: Webhook(f"{url}/hook?SECRET", "SEC1"),
]
NAMES = ["wecom", "dingtalk", "feishu", "sms", "webhook"]


@pytest.mark.parametrize("make", ROBOTS, ids=NAMES)
class TestEveryHttpChannel:
    def test_it_says_the_short_form_and_brings_proof(self, web: Web, make: object) -> None:
        channel = make(web.url)  # type: ignore[operator]
        proof = channel.send(MESSAGE, "zhao", ID)
        assert MESSAGE.short in web.asked[0].body.decode()
        assert proof.channel == channel.name

    @pytest.mark.parametrize(
        ("status", "permanent"), [(404, True), (403, True), (429, False), (500, False), (302, True)]
    )
    def test_http_errors(self, web: Web, make: object, status: int, permanent: bool) -> None:
        web.status = status
        with pytest.raises(TransportError) as caught:
            make(web.url).send(MESSAGE, "zhao", ID)  # type: ignore[operator]
        assert caught.value.permanent is permanent
        assert "SECRET" not in str(caught.value)

    def test_nobody_there_is_temporary_and_tells_no_secret(self, web: Web, make: object) -> None:
        with pytest.raises(TransportError) as caught:
            make("http://127.0.0.1:1").send(MESSAGE, "zhao", ID)  # type: ignore[operator]
        assert not caught.value.permanent
        assert "SECRET" not in str(caught.value)


@pytest.mark.parametrize("make", ROBOTS[:3], ids=NAMES[:3])
@pytest.mark.parametrize(
    ("answer", "permanent"),
    [
        ({"errcode": 93000, "code": 19024, "errmsg": "bad", "msg": "bad"}, True),
        (b"<html>login</html>", False),
        (b"[]", False),
    ],
)
def test_robots_answer_errors_with_status_200(
    web: Web, make: object, answer: object, permanent: bool
) -> None:
    web.answer = answer
    with pytest.raises(TransportError) as caught:
        make(web.url).send(MESSAGE, "zhao", ID)  # type: ignore[operator]
    assert caught.value.permanent is permanent


@pytest.mark.parametrize(
    ("make", "code"), [(ROBOTS[0], 45009), (ROBOTS[1], 130101), (ROBOTS[2], 11232)], ids=NAMES[:3]
)
def test_too_many_messages_is_temporary(web: Web, make: object, code: int) -> None:
    web.answer = {"errcode": code, "code": code}
    with pytest.raises(TransportError) as caught:
        make(web.url).send(MESSAGE, "zhao", ID)  # type: ignore[operator]
    assert not caught.value.permanent


def test_wecom_mentions_the_recipient(web: Web) -> None:
    Wecom(web.url).send(MESSAGE, "zhao", ID)
    assert web.asked[0].json["text"]["mentioned_list"] == ["zhao"]


def test_dingtalk_signs_its_address(web: Web) -> None:
    Dingtalk(f"{web.url}/r?access_token=t", "SEC1", seconds=lambda: 1_700_000_000.5).send(MESSAGE, "zhao", ID)
    query = parse_qs(urlsplit(web.asked[0].path).query)
    assert query["timestamp"] == ["1700000000500"]
    assert query["sign"] == [dingtalk_signature("SEC1", 1_700_000_000_500)]
    assert query["access_token"] == ["t"]


def test_feishu_signs_its_body(web: Web) -> None:
    Feishu(web.url, "SEC1", seconds=lambda: 1_700_000_000.5).send(MESSAGE, "", ID)
    assert web.asked[0].json["sign"] == feishu_signature("SEC1", 1_700_000_000)
    assert web.asked[0].json["timestamp"] == "1700000000"


def test_the_signatures_are_those_of_the_vendors() -> None:
    """Worked out beside this code with openssl dgst -sha256 -hmac."""
    assert dingtalk_signature("SEC000", 1577262236757) == "0mUoy51oaZiRp9zSbtu3Gh7pbwvH33YBGob4MsxeXA4="
    assert feishu_signature("demo", 1599360473) == "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8="


def test_sms_fills_the_fields_of_its_gateway_once(web: Web) -> None:
    fields = {"mobile": "{to}", "content": "【采风】{text}", "ref": "{id}"}
    web.answer = {"result": "SUCCESS"}
    message = replace(MESSAGE, short="含{to}字样")
    Sms(web.url, fields, token="T", expect="SUCCESS").send(message, "13000000001", ID)
    assert web.asked[0].json == {"mobile": "13000000001", "content": "【采风】含{to}字样", "ref": ID}
    assert web.asked[0].headers["authorization"] == "Bearer T"


def test_a_gateway_that_answers_200_to_everything_must_say_yes(web: Web) -> None:
    web.answer = {"result": "QUOTA"}
    with pytest.raises(TransportError, match="QUOTA"):
        Sms(web.url, expect="SUCCESS").send(MESSAGE, "13000000001", ID)


def test_a_webhook_can_be_verified_and_a_repeat_recognised(web: Web) -> None:
    Webhook(web.url, "key", seconds=lambda: 1_700_000_000.9).send(MESSAGE, "platform", ID)
    asked = web.asked[0]
    assert asked.headers["x-caifeng-signature"] == webhook_signature("key", 1_700_000_000, asked.body)
    assert asked.headers["idempotency-key"] == ID
    assert asked.json["to"] == "platform"


def test_a_call_goes_on_the_list_and_needs_a_number() -> None:
    assert Call().send(MESSAGE, "13000000001", ID).channel == "call"
    with pytest.raises(TransportError) as caught:
        Call().send(MESSAGE, "", ID)
    assert caught.value.permanent
