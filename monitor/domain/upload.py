"""What may be handed in as a file: size, kind, and never a state secret (保守国家秘密法 §31).

Pure: a file's own text is taken out elsewhere and handed in.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from monitor.errors import CaifengError

LARGEST = 10 * 1024 * 1024
_SECRET = re.compile(r"(秘\s*密|机\s*密|绝\s*密)\s*[★☆*＊]")

# ending → media type, how such a file begins
KINDS: dict[str, tuple[str, tuple[bytes, ...]]] = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (b"PK\x03\x04",)),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (b"PK\x03\x04",)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "txt": ("text/plain", ()),
}


class UploadRefused(CaifengError):
    """A file that is not taken; the message says why and what would be."""


class StateSecret(UploadRefused):
    """It bears a classification mark. Nothing of it is kept."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}”带有国家秘密标志，本系统不得存储、处理国家秘密，未接收。请立即按保密规定通过涉密渠道报送"
        )


def checked_name(name: str) -> str:
    """The file's bare name on one line, at most 120 characters."""
    bare = PurePath(name.replace("\\", "/")).name
    line = "".join(c for c in bare if c.isprintable()).strip(" .")
    return line[-120:] or "附件"


def media_type(name: str, body: bytes) -> str:
    """The kind by its ending, confirmed by how it begins. Raises UploadRefused."""
    ending = name.rpartition(".")[2].lower()
    if ending not in KINDS:
        raise UploadRefused(f"“{name}”不是可接收的类型，可上传：pdf、docx、xlsx、jpg、png、txt")
    kind, begins = KINDS[ending]
    if not body:
        raise UploadRefused(f"“{name}”是空文件")
    if len(body) > LARGEST:
        raise UploadRefused(f"“{name}”超过 {LARGEST // 1024 // 1024} MB，请压缩或分开上传")
    if begins and not body.startswith(begins):
        raise UploadRefused(f"“{name}”的内容与扩展名不符，请另存后重新上传")
    return kind


def refuse_secrets(name: str, text: str) -> None:
    """Raise StateSecret where the name or the text bears a mark such as 机密★."""
    if _SECRET.search(name) or _SECRET.search(text):
        raise StateSecret(name)
