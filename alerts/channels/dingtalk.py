"""钉钉 group robot, signed: HMAC-SHA256 over the time and the secret, in the address.

https://open.dingtalk.com/document/robots/customize-robot-security-settings
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from alerts.channels import Proof
from alerts.channels.post import post_json, robot_refused
from alerts.message import Message

_BUSY = frozenset({-1, 130101})


def signature(secret: str, milliseconds: int) -> str:
    """The robot's `sign` for that time."""
    words = f"{milliseconds}\n{secret}".encode()
    return base64.b64encode(hmac.new(secret.encode(), words, hashlib.sha256).digest()).decode()


@dataclass(frozen=True, slots=True)
class Dingtalk:
    """`url` is the robot's address with its token, `secret` its 加签 secret; a recipient is a user's id."""

    url: str
    secret: str = ""
    name: str = "dingtalk"
    seconds: Callable[[], float] = time.time  # the robot refuses a time an hour off

    def send(self, message: Message, recipient: str, message_id: str) -> Proof:
        """Post the short form. Raises TransportError."""
        facts = {
            "msgtype": "text",
            "text": {"content": message.short or message.subject},
            "at": {"atUserIds": [recipient] if recipient else []},
        }
        answer = post_json(self.name, self._address(), facts)
        if answer.get("errcode") != 0:
            raise robot_refused(self.name, answer.get("errcode"), answer.get("errmsg"), _BUSY)
        return Proof(self.name, "钉钉已接收", {"message_id": message_id})

    def _address(self) -> str:
        if not self.secret:
            return self.url
        now = int(self.seconds() * 1000)
        query = urlencode({"timestamp": now, "sign": signature(self.secret, now)})
        return f"{self.url}{'&' if '?' in self.url else '?'}{query}"
