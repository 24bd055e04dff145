"""XML from strangers: no DTD, no entities, nothing fetched from outside.

A document that declares a DTD is refused outright (billion laughs, external entities), except that the
plain `<!DOCTYPE rss ...>` of old RSS 0.91 feeds, which has no internal subset, is cut off first.
"""

from __future__ import annotations

import re
import zlib

from lxml import etree

from spiders.errors import SpiderError

_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*>", re.IGNORECASE)
_SUBSET = re.compile(rb"<!(?:DOCTYPE[^>]*\[|ENTITY)", re.IGNORECASE)
_PROLOGUE = 8192


class UnsafeXml(SpiderError):
    """A document with a DTD subset or entities of its own, or an archive that swells."""

    code = "unsafe"


def parse(body: bytes) -> etree._Element:
    """The root element; ill-formed documents are mended. Raises UnsafeXml, also when it is hopeless."""
    root = etree.fromstring(without_doctype(body).strip(), _parser())
    if root is None:
        raise UnsafeXml("不是可读的 XML", code="unreadable")
    return root


def without_doctype(body: bytes) -> bytes:
    """The document without its external DOCTYPE; one with an internal subset raises UnsafeXml."""
    plain = body.replace(b"\x00", b"") if body[:2] in (b"\xff\xfe", b"\xfe\xff") else body
    if _SUBSET.search(plain):
        raise UnsafeXml("XML 中含有 DTD 或实体声明，拒绝解析")
    head, tail = body[:_PROLOGUE], body[_PROLOGUE:]
    return _DOCTYPE.sub(b"", head, count=1) + tail


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        recover=True,
        remove_pis=True,
    )


def gunzip(body: bytes, limit: int) -> bytes:
    """A .gz file's content, at most `limit` bytes of it; UnsafeXml beyond."""
    inflater = zlib.decompressobj(wbits=31)
    content = inflater.decompress(body, limit + 1)
    if len(content) > limit:
        raise UnsafeXml(f"解压后超过 {limit} 字节，拒绝解析")
    return content
