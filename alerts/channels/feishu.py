"""飞书 group robot, signed: HMAC-SHA256 keyed with the time and the secret, in the body.

https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from alerts.channels import Proof
from alerts.channels.post import post_json, robot_refused
from alerts.message import Message

_BUSY = frozenset({9499, 11232, 11233})


def signature(secret: str, seconds: int) -> str:
    """The robot's `sign` for that time: the words are the key, the message is empty."""
    return base64.b64encode(hmac.new(f"{seconds}\n{secret}".encode(), b"", hashlib.sha256).digest()).decode()


@dataclass(frozen=True, slots=True)
class Feishu:
    """`url` is the robot's address with its token, `secret` its signing secret; a recipient is an open_id."""

    url: str
    secret: str = ""
    name: str = "feishu"
    seconds: Callable[[], float] = time.time  # the robot refuses a time an hour off

    def send(self, message: Message, recipient: str, message_id: str) -> Proof:
        """Post the short form. Raises TransportError."""
        facts = {"msg_type": "text", "content": {"text": message.short or message.subject}, **self._signed()}
        answer = post_json(self.name, self.url, facts)
        code = answer.get("code", answer.get("StatusCode"))
        if code != 0:
            raise robot_refused(self.name, code, answer.get("msg"), _BUSY)
        return Proof(self.name, "飞书已接收", {"message_id": message_id})

    def _signed(self) -> dict[str, Any]:
        if not self.secret:
            return {}
        now = int(self.seconds())
        return {"timestamp": str(now), "sign": signature(self.secret, now)}
