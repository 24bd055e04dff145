"""Reading the demo town's mailbox: a Maildir of mails really sent over SMTP. They are hostile text."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

LARGEST = 30 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Enclosure:
    """An attachment: its place in the mail, its name, its size."""

    number: int
    name: str
    media_type: str
    octets: int


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as the list and the page show it. `id` is its file name, without flags."""

    id: str
    subject: str
    sender: str
    recipient: str
    message_id: str
    at: datetime | None
    text: str
    html: str
    enclosures: tuple[Enclosure, ...]


def newest(folder: Path, limit: int = 100) -> list[Mail]:
    """The latest mails, newest first; a folder that is not there is an empty one."""
    files = sorted(_files(folder), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return [mail for path in files[:limit] if (mail := _mail(path))]


def one(folder: Path, mail_id: str) -> Mail | None:
    """The mail of that id, looked up among the names there: no path is made of what a visitor sent."""
    path = next((path for path in _files(folder) if _id(path) == mail_id), None)
    return _mail(path) if path else None


def enclosed(folder: Path, mail_id: str, number: int) -> tuple[Enclosure, bytes] | None:
    """An attachment with its bytes."""
    path = next((path for path in _files(folder) if _id(path) == mail_id), None)
    message = _message(path) if path else None
    if message is None:
        return None
    parts = list(message.iter_attachments())
    if not 0 <= number < len(parts):
        return None
    body = parts[number].get_payload(decode=True)
    content = body if isinstance(body, bytes) else b""
    return _enclosure(number, parts[number], len(content)), content


def _files(folder: Path) -> list[Path]:
    return [path for part in ("new", "cur") for path in (folder / part).glob("*") if path.is_file()]


def _id(path: Path) -> str:
    return path.name.split(":", 1)[0]


def _message(path: Path) -> EmailMessage | None:
    try:
        if path.stat().st_size > LARGEST:
            return None
        with path.open("rb") as stream:
            return email.message_from_binary_file(stream, policy=email.policy.default)
    except (OSError, ValueError):
        return None


def _mail(path: Path) -> Mail | None:
    message = _message(path)
    if message is None:
        return None
    return Mail(
        id=_id(path),
        subject=str(message["Subject"] or "（无主题）"),
        sender=str(message["From"] or ""),
        recipient=str(message["X-Envelope-To"] or message["To"] or ""),
        message_id=str(message["Message-ID"] or "").strip(),
        at=_date(message) or datetime.fromtimestamp(path.stat().st_mtime, UTC),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        enclosures=tuple(_enclosures(message)),
    )


def _date(message: EmailMessage) -> datetime | None:
    try:
        found = parsedate_to_datetime(str(message["Date"]))
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    if part is None:
        return ""
    try:
        return str(part.get_content())
    except (LookupError, ValueError):
        return ""


def _enclosures(message: EmailMessage) -> list[Enclosure]:
    found = []
    for number, part in enumerate(message.iter_attachments()):
        body = part.get_payload(decode=True)
        found.append(_enclosure(number, part, len(body) if isinstance(body, bytes) else 0))
    return found


def _enclosure(number: int, part: object, octets: int) -> Enclosure:
    name, kind = "", "application/octet-stream"
    if isinstance(part, EmailMessage):
        name, kind = part.get_filename() or "", part.get_content_type()
    return Enclosure(number, name or f"附件{number + 1}", kind, octets)
