"""企业微信 group robot: the short form, mentioning the recipient.

https://developer.work.weixin.qq.com/document/path/91770
"""

from __future__ import annotations

from dataclasses import dataclass

from alerts.channels import Proof
from alerts.channels.post import post_json, robot_refused
from alerts.message import Message

_BUSY = frozenset({-1, 45009, 45033})


@dataclass(frozen=True, slots=True)
class Wecom:
    """`url` is the robot's address with its key; a recipient is a user's id, `@all`, or empty."""

    url: str
    name: str = "wecom"

    def send(self, message: Message, recipient: str, message_id: str) -> Proof:
        """Post the short form. Raises TransportError."""
        text = {
            "content": message.short or message.subject,
            "mentioned_list": [recipient] if recipient else [],
        }
        answer = post_json(self.name, self.url, {"msgtype": "text", "text": text})
        if answer.get("errcode") != 0:
            raise robot_refused(self.name, answer.get("errcode"), answer.get("errmsg"), _BUSY)
        return Proof(self.name, "企业微信已接收", {"message_id": message_id})
