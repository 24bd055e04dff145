"""The channels of a station, built from its settings. One that lacks its secret says so when it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from alerts.channels import Channel, Proof
from alerts.channels.call import Call
from alerts.channels.dingtalk import Dingtalk
from alerts.channels.email import Email
from alerts.channels.feishu import Feishu
from alerts.channels.sms import Sms
from alerts.channels.webhook import Webhook
from alerts.channels.wecom import Wecom
from alerts.errors import TransportError
from alerts.message import Message
from monitor.settings import SecretMissing, Station, reveal
from monitor.settings.parts import Secret
from monitor.settings.station import Channel as Wanted
from monitor.settings.station import ChatChannel, MailChannel, SmsChannel


@dataclass(frozen=True, slots=True)
class Unready:
    """A channel that cannot be built now; its messages wait and the fault is shown."""

    name: str
    why: str

    def send(self, message: Message, recipient: str, message_id: str) -> Proof:
        """Raises TransportError, temporary: somebody will set the secret."""
        raise TransportError(f"{self.name}：{self.why}", permanent=False)


def channels_of(station: Station, folder: Path) -> Mapping[str, Channel]:
    """The roads by which messages leave, by name; `call`, the list of calls to make, is always there."""
    built: dict[str, Channel] = {"call": Call()}
    for name, wanted in station.channels.items():
        try:
            built[name] = _channel(name, wanted, folder)
        except SecretMissing as error:
            built[name] = Unready(name, str(error))
    return built


def _channel(name: str, wanted: Wanted, folder: Path) -> Channel:
    def secret(where: Secret | None) -> str:
        return reveal(where, folder) if where else ""

    if isinstance(wanted, MailChannel):
        return _mail(name, wanted, secret(wanted.password))
    if isinstance(wanted, SmsChannel):
        return Sms(wanted.url, wanted.body, secret(wanted.token), wanted.expect, name)
    if isinstance(wanted, ChatChannel):
        url, signing = secret(wanted.url), secret(wanted.signing)
        return _chat(name, wanted.kind, url, signing)
    return Webhook(wanted.url, secret(wanted.secret), name)


def _chat(name: str, kind: str, url: str, signing: str) -> Channel:
    if kind == "dingtalk":
        return Dingtalk(url, signing, name)
    return Feishu(url, signing, name) if kind == "feishu" else Wecom(url, name)


def _mail(name: str, wanted: MailChannel, password: str) -> Email:
    return Email(
        host=wanted.host,
        port=wanted.port,
        security=wanted.security,
        user=wanted.user,
        password=password,
        sender=wanted.sender,
        sender_name=wanted.sender_name,
        timeout=wanted.timeout,
        name=name,
    )
