"""JSON to another system, signed: HMAC-SHA256 over the time and the body, as `X-Caifeng-Signature`."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass

from alerts.channels import Proof
from alerts.channels.post import excerpt, post
from alerts.message import Message


def signature(secret: str, seconds: int, body: bytes) -> str:
    """`sha256=` and the hex digest over `seconds.body`; the receiver compares it and the age."""
    words = f"{seconds}.".encode() + body
    return "sha256=" + hmac.new(secret.encode(), words, hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Webhook:
    """The recipient is a name the other system knows, not an address; the id makes a repeat recognisable."""

    url: str
    secret: str
    name: str = "webhook"
    seconds: Callable[[], float] = time.time

    def send(self, message: Message, recipient: str, message_id: str) -> Proof:
        """Post the message without HTML and attachments. Raises TransportError."""
        facts = {
            "id": message_id,
            "to": recipient,
            "subject": message.subject,
            "text": message.text,
            "short": message.short,
            "thread": message.thread,
        }
        body = json.dumps(facts, ensure_ascii=False).encode()
        now = int(self.seconds())
        headers = {
            "x-caifeng-timestamp": str(now),
            "x-caifeng-signature": signature(self.secret, now, body),
            "idempotency-key": message_id,
        }
        answer = post(self.name, self.url, body=body, headers=headers)
        return Proof(self.name, excerpt(answer), {"status": answer.status_code})
