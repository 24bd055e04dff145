"""No state secret comes in by an upload: the mark is found in Word, Excel, PDF, text, however it is set."""

from __future__ import annotations

import io
import shutil
import zipfile

import pytest

from alerts import papers
from monitor.domain.upload import StateSecret, UploadRefused
from monitor.stages import uploads
from monitor.stages.uploads import Upload

PNG = b"\x89PNG\r\n\x1a\n...."


def packed(member: str, text: str, **more: bytes) -> bytes:
    """A Word or Excel file of one part."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(member, text)
        for name, body in more.items():
            archive.writestr(f"word/media/{name}.png", body)
    return out.getvalue()


def caption(name: str, body: bytes) -> str:
    (checked,) = uploads.check([Upload(name, body)])
    return checked.caption


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.docx", packed("word/document.xml", "<w:t>机</w:t><w:r/><w:t>密★3年</w:t>")),
        ("a.docx", packed("word/header1.xml", "<w:t>绝密 ★</w:t>")),
        ("a.docx", packed("word/document.xml", "<w:t>&#31192;密★</w:t>")),
        ("a.docx", packed("word/document.xml", '<w:t>机密</w:t><w:sym w:font="Wingdings" w:char="F0AB"/>')),
        ("a.xlsx", packed("xl/sharedStrings.xml", "<si><t>秘密★</t></si>")),
        ("a.txt", "机密★1年".encode("gb18030")),
        ("a.txt", "秘密☆".encode("utf-16")),
    ],
)
def test_a_mark_of_secrecy_is_found_however_it_is_set(name: str, body: bytes) -> None:
    with pytest.raises(StateSecret, match="国家秘密"):
        uploads.check([Upload("说明.txt", b"ok"), Upload(name, body)])


def test_what_no_program_has_read_says_so() -> None:
    assert "图片" in caption("现场.png", PNG)
    assert "内含图片" in caption("a.docx", packed("word/document.xml", "<w:t>情况说明</w:t>", image1=PNG))
    assert caption("a.docx", packed("word/document.xml", "<w:t>情况说明：商业机密不在此列</w:t>")) == ""


def test_a_pdf_is_read_where_the_machine_can_and_marked_where_it_cannot(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    facts = {**papers.sample("reminder"), "matter": "关于机密＊3年文件的办理"}
    secret, plain = (
        papers.render("reminder", facts, "pdf"),
        papers.render("reminder", papers.sample("reminder"), "pdf"),
    )
    with pytest.raises(StateSecret):
        uploads.check([Upload("a.pdf", secret)])
    assert caption("a.pdf", plain) == ""
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert "人工核对" in caption("a.pdf", secret), (
        "without pdftotext it is taken, and whoever reads it is told"
    )


def test_what_is_broken_or_locked_is_not_taken() -> None:
    with pytest.raises(UploadRefused, match="损坏或加密"):
        uploads.check([Upload("a.docx", b"PK\x03\x04broken")])
