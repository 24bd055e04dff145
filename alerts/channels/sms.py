"""SMS and voice through any HTTP gateway: the station says which fields it wants filled."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from alerts.channels import Proof
from alerts.channels.post import excerpt, post
from alerts.errors import TransportError
from alerts.message import Message

_PLACE = re.compile(r"\{(?:to|text|id)\}")


@dataclass(frozen=True, slots=True)
class Sms:
    """`body`: fields of the JSON body, with `{to}`, `{text}` and `{id}` put in; `token` goes as a bearer.

    `expect`: words that the gateway's answer must hold, for those that answer 200 to everything.
    """

    url: str
    body: Mapping[str, str] = field(default_factory=lambda: {"to": "{to}", "text": "{text}"})
    token: str = ""
    expect: str = ""
    name: str = "sms"

    def send(self, message: Message, recipient: str, message_id: str) -> Proof:
        """Hand the short form to the gateway. Raises TransportError."""
        facts = {"{to}": recipient, "{text}": message.short or message.subject, "{id}": message_id}
        filled = {name: _fill(value, facts) for name, value in self.body.items()}
        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        answer = post(
            self.name, self.url, body=json.dumps(filled, ensure_ascii=False).encode(), headers=headers
        )
        if self.expect and self.expect not in answer.text:
            raise TransportError(f"{self.name}：网关未确认接收（{excerpt(answer)[:80]}）", permanent=False)
        return Proof(self.name, excerpt(answer), {"status": answer.status_code})


def _fill(value: str, facts: Mapping[str, str]) -> str:
    """Each place filled in one pass: a text that itself says `{to}` stays as it is."""
    return _PLACE.sub(lambda found: facts[found.group()], value)
