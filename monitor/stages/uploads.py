"""Files that people hand in: checked before a byte is kept, filed by their SHA-256."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape

from sqlalchemy import Connection

from monitor.domain.upload import UploadRefused, checked_name, media_type, refuse_secrets
from monitor.store import attachments, files

MOST = 10
_UNPACKED = 64 * 1024 * 1024
_TAG = re.compile(r"<[^>]*>")
# Word's and Wingdings' way to set a star that is no letter
_STAR = re.compile(r"<w:sym\b[^>]*F0(?:AB|B5|B6)[^>]*>", re.I)
_UNREAD = "（内容未能自动检查，请人工核对是否涉密）"
_PICTURE = "（图片或扫描件，其中文字未自动检查，请人工核对是否涉密）"
_HOLDS_PICTURES = "（内含图片，图片中的文字未自动检查，请人工核对是否涉密）"
_PICTURES = ("png", "jpg", "jpeg")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a browser sent it."""

    name: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept; `caption` says what could not be looked into."""

    name: str
    media_type: str
    body: bytes
    caption: str = ""


def check(uploads: Sequence[Upload]) -> list[Checked]:
    """All of them, or none. Raises UploadRefused, StateSecret."""
    if len(uploads) > MOST:
        raise UploadRefused(f"一次最多上传{MOST}个文件")
    return [_checked(upload) for upload in uploads]


def _checked(upload: Upload) -> Checked:
    name = checked_name(upload.name)
    kind = media_type(name, upload.body)
    text = text_of(name, upload.body)
    refuse_secrets(name, text or "")
    return Checked(name, kind, upload.body, _unread(name, upload.body, text))


def _unread(name: str, body: bytes, text: str | None) -> str:
    """What of it nobody's program has looked into; empty when all was read."""
    ending = name.rpartition(".")[2].lower()
    if text is None:
        return _UNREAD
    if ending in _PICTURES or (ending == "pdf" and not text.strip()):
        return _PICTURE
    return _HOLDS_PICTURES if ending in ("docx", "xlsx") and b"/media/" in body else ""


def text_of(name: str, body: bytes) -> str | None:
    """The words in a file; empty for a picture, None where this machine cannot read them."""
    ending = name.rpartition(".")[2].lower()
    if ending in ("docx", "xlsx"):
        return _packed_text(name, body)
    if ending == "pdf":
        return _pdf_text(body)
    if ending == "txt":
        return _plain_text(body)
    return ""


def _plain_text(body: bytes) -> str:
    """Read in every likely encoding: a mark must not hide behind a wrong one."""
    return "\n".join(body.decode(name, "ignore") for name in ("utf-8", "gb18030", "utf-16"))


def _packed_text(name: str, body: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            parts = [i for i in packed.infolist() if i.filename.endswith(".xml")]
            if sum(i.file_size for i in parts) > _UNPACKED:
                raise UploadRefused(f"“{name}”解压后过大，未接收")
            # without its tags a text broken over several runs stands together again
            return "\n".join(_words(packed.read(i).decode("utf-8", "ignore")) for i in parts)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise UploadRefused(f"“{name}”已损坏或加密，无法检查，未接收") from error


def _words(part: str) -> str:
    return unescape(_TAG.sub("", _STAR.sub("★", part)))


def _pdf_text(body: bytes) -> str | None:
    reader = shutil.which("pdftotext")
    if reader is None:
        return None
    try:
        done = subprocess.run(
            [reader, "-q", "-", "-"], input=body, capture_output=True, timeout=30, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout.decode("utf-8", "ignore") if done.returncode == 0 else None


def keep(
    conn: Connection, noun: str, subject_id: int, checked: Sequence[Checked], by: str, at: datetime
) -> list[int]:
    """File them under a matter, in the caller's transaction; their file ids."""
    kept = []
    for one in checked:
        number = files.keep(conn, one.name, one.media_type, one.body, at)
        attachments.add(conn, noun, subject_id, number, at, by, one.caption)
        kept.append(number)
    return kept
