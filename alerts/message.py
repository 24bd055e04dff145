"""One message to one recipient, before a channel carries it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels with a message; `body` is handed in by the sender just before sending."""

    name: str
    media_type: str
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Message:
    """What is said: `subject`, `text` and `html` for mail; `short` for chat and SMS (level, place, number).

    `thread` names what the message belongs to (`incident-12`), so that mail programs keep it together.
    """

    subject: str
    text: str
    html: str = ""
    short: str = ""
    thread: str | None = None
    attachments: tuple[Attachment, ...] = field(default_factory=tuple)

    def as_json(self) -> dict[str, Any]:
        """All but the attachments' bytes, which stay in the store's files."""
        return {
            "subject": self.subject,
            "text": self.text,
            "html": self.html,
            "short": self.short,
            "thread": self.thread,
        }
