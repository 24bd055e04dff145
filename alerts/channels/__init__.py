"""How a message leaves the house: one file per channel, all of one shape."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from alerts.message import Message


@dataclass(frozen=True, slots=True)
class Proof:
    """What the other side answered when it took the message; kept as evidence of delivery."""

    channel: str
    answer: str
    facts: dict[str, Any] = field(default_factory=dict)


class Channel(Protocol):
    """A road to a recipient. `send` returns proof or raises `alerts.errors.TransportError(permanent=…)`."""

    @property
    def name(self) -> str: ...

    def send(self, message: Message, recipient: str, message_id: str) -> Proof: ...
