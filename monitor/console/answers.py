"""Answers that are files: kept by the browser under their own name, or shown in place where harmless."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

SHOWN_IN_PLACE = frozenset({"application/pdf", "image/png", "image/jpeg"})


def download(name: str, media_type: str, body: bytes, *, in_place: bool = False) -> Response:
    """A file. In place only for kinds that hold no script of a page; the name is quoted (RFC 6266)."""
    shown = in_place and media_type in SHOWN_IN_PLACE
    kind = media_type if shown or media_type.startswith("application/") else "application/octet-stream"
    way = "inline" if shown else "attachment"
    headers = {"content-disposition": f"{way}; filename*=UTF-8''{quote(name, safe='')}"}
    if shown:
        headers |= {
            "content-security-policy": "default-src 'none'; frame-ancestors 'self'; object-src 'self'; "
            "style-src 'unsafe-inline'; img-src 'self'",
            "x-frame-options": "SAMEORIGIN",
        }
    return Response(body, media_type=kind, headers=headers)
