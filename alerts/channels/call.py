"""A telephone call that a person makes: the message becomes a line on the list of calls, with its result."""

from __future__ import annotations

from dataclasses import dataclass

from alerts.channels import Proof
from alerts.errors import TransportError
from alerts.message import Message


@dataclass(frozen=True, slots=True)
class Call:
    """Nothing leaves the house: the list is read from the outbox, the result entered by who calls."""

    name: str = "call"

    def send(self, message: Message, recipient: str, message_id: str) -> Proof:
        """Put on the list. Raises TransportError without a number."""
        if not any(c.isdigit() for c in recipient):
            raise TransportError("电话：没有可拨的号码", permanent=True)
        return Proof(self.name, "已列入待拨电话清单", {"message_id": message_id})
