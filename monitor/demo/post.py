"""The town's post office: a real SMTP server on loopback that files what it gets in a Maildir."""

from __future__ import annotations

import mailbox
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class PostOffice:
    """Accepts mail for anybody in the town; a message with a Message-ID it already has is filed once."""

    def __init__(self, folder: Path) -> None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        self.box = mailbox.Maildir(folder, create=True)
        self._seen = {m["Message-ID"] for m in self.box}

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """aiosmtpd's hook, called once for each message."""
        message = mailbox.MaildirMessage(envelope.content or b"")
        if message["Message-ID"] not in self._seen:
            self._seen.add(message["Message-ID"])
            message["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
            self.box.add(message)
        return "250 2.0.0 accepted by the demo post office"


def open_post_office(folder: Path, port: int) -> Controller:
    """Start the server in a thread of its own; call `stop()` on what comes back."""
    controller = Controller(PostOffice(folder), hostname="127.0.0.1", port=port, ready_timeout=15)
    controller.start()
    return controller
