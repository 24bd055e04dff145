"""Bytes of a Chinese page to text, whatever its charset says of itself."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from spiders.errors import ExtractError

SAMPLE = 65_536
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""charset\s*=\s*["']?\s*([\w-]{3,20})|<\?xml[^>]*encoding\s*=\s*["']([\w-]+)""", re.I
)
_NOT_TEXT = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"\x7fELF",
)
_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "utf8": "utf-8",
}
_COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多"
    "经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性"
    "知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次"
    "市区县省月日时记者报道网来源编辑部门责任发布通知新闻中心政府公开信息社会經學麼這個們來說時會國對過發後樣東長開關業"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_ASCII = bytes(range(128))
_LATIN_RUN = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u02dc\u2013-\u2122]")
_GBK_MARKS = "锛銆鐨鍦鏄浜鍙鎴涓鍏绗琛浠鏂鐢锘"
_LOST = ("锟斤拷", "烫烫烫", "屯屯屯", "\ufffd\ufffd\ufffd")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the encoding that gave it, and whether it still looks garbled (乱码)."""

    text: str
    encoding: str
    garbled: bool = False


def decode(raw: bytes, content_type: str | None = None) -> Decoded:
    """Text of a page. What the bytes themselves show outranks what header and meta declare.

    Raises ExtractError (`empty`, `binary`) where there is no text.
    """
    if not raw or raw.isspace():
        raise ExtractError("页面内容为空", code="empty")
    for bom, name in _BOMS:
        if raw.startswith(bom):
            return _decoded(raw[len(bom) :].decode(name, "replace"), name)
    _refuse_binary(raw)
    wide = _wide(raw)
    if wide:
        return _decoded(raw.decode(wide, "replace"), wide)
    try:
        return _decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        name = _guess(raw, _declared(raw, content_type))
    return _decoded(raw.decode(name, "replace"), name)


def clean(text: str) -> str:
    """A text without lone surrogates and NULs, with double-encoded Chinese put right."""
    if not text.isascii():
        if _SURROGATE.search(text):
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        text = _repaired(text)[0]
    return text.replace("\x00", "")


def garbled(text: str) -> bool:
    """Whether a text shows the marks of a wrong decoding (锟斤拷, 銆傚湪, é™ˆ)."""
    sample = _telling_text(text)
    return _misread_gbk(sample) or _misread_latin(sample)


def _repaired(text: str) -> tuple[str, bool]:
    """UTF-8 that was once read as Latin-1 or as GBK, read again; else the text and True."""
    sample = _telling_text(text)
    if _misread_latin(sample):
        better = _reread(text, "cp1252") or _reread(text, "latin-1")
    elif _misread_gbk(sample):
        better = _reread(text, "gb18030") if "\ufffd" not in text else None
    else:
        return text, False
    return (better, False) if better else (text, True)


def _misread_gbk(sample: str) -> bool:
    """Chinese read as GBK is full of a few rare characters; a stored loss shows as 锟斤拷."""
    if sum(map(sample.count, _LOST)) >= 3:
        return True
    return sum(map(sample.count, _GBK_MARKS)) >= max(3, len(sample) // 25)


def _misread_latin(sample: str) -> bool:
    """Chinese read as Latin-1 or cp1252 is one long run of accented letters."""
    return sum(map(sample.count, "äåæçè")) >= 20 and len(_LATIN_RUN.findall(sample)) > len(sample) // 8


def _telling_text(text: str) -> str:
    """The first characters that are not ASCII."""
    wide = text[: SAMPLE // 2].encode("utf-8", "ignore").translate(None, _ASCII)
    return wide.decode("utf-8")


def _decoded(text: str, name: str) -> Decoded:
    text, bad = _repaired(text)
    return Decoded(text.replace("\x00", "") if "\x00" in text else text, name, bad)


def _refuse_binary(raw: bytes) -> None:
    head = raw[:4096]
    controls = sum(head.count(bytes([c])) for c in (1, 2, 3, 4, 5, 6, 7, 14, 15, 16, 17, 18, 20))
    if raw.startswith(_NOT_TEXT) or controls > len(head) // 50 + 2:
        raise ExtractError("不是网页文本（二进制文件）", code="binary")


def _wide(raw: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of the ASCII markup is NUL."""
    head = raw[:2000]
    odd, even = head[1::2].count(0), head[0::2].count(0)
    if max(odd, even) < len(head) // 5 or max(odd, even) < 4 * min(odd, even):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _declared(raw: bytes, content_type: str | None) -> list[str]:
    found = _DECLARED.findall(raw[:4096])
    names = [(a or b).decode("ascii", "ignore") for a, b in found]
    if content_type:
        names += re.findall(r"charset=[\"']?([\w-]+)", content_type, re.I)
    return [_ALIASES.get(n.lower(), n.lower()) for n in names]


def _guess(raw: bytes, declared: list[str]) -> str:
    sample = _telling(raw)
    best, best_score = "utf-8", -1e9
    for name in dict.fromkeys(["utf-8", "gb18030", *declared, "big5"]):
        score = _plausible(sample, name) + (0.03 if name in declared else 0.0)
        if score > best_score:
            best, best_score = name, score
    return "big5hkscs" if best in {"big5", "big5-hkscs"} else best


def _telling(raw: bytes) -> bytes:
    """The lines that hold non-ASCII bytes, which alone tell encodings apart."""
    lines = [line for line in raw[: SAMPLE * 16].split(b"\n") if not line.isascii()]
    return b"\n".join(lines)[:SAMPLE]


def _plausible(sample: bytes, name: str) -> float:
    try:
        text = sample.decode(name, "replace")
    except LookupError:
        return -1e9
    wide = [c for c in text if c > "\x7f"]
    if not wide:
        return -1.0
    good = sum(c in _COMMON for c in wide)
    bad = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or "\x80" <= c <= "\x9f" for c in wide)
    return (good - 4 * bad) / len(wide)


def _reread(text: str, wrong: str) -> str | None:
    try:
        better = text.encode(wrong).decode("utf-8")
    except UnicodeError:
        return None
    return None if "\ufffd" in better else better
