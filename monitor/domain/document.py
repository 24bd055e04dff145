"""What makes a page the same page: its canonical address, its text's digest; and who wrote it, unnamed.

Authors: the archive cannot know yet which incident a page will belong to, so the name is sealed (encrypted)
on arrival, and within seconds the gather stage puts an alias in its place: an HMAC keyed by the incident,
enough to count independent accounts in one incident, useless to follow one into another. A page that joins
no incident loses the name altogether.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from cryptography.fernet import Fernet, InvalidToken

# Marks of where a reader came from; they never choose the page (ours, from the sites we read).
_TRACKING = re.compile(
    r"^(utm_.*|spm|from|share_.*|timestamp|isappinstalled|wfr|tt_from|nsukey|fbclid|gclid|_t|_r|scene|srcid"
    r"|share|sharer.*|jsessionid|phpsessid|sessionid)$",
    re.I,
)
_SESSION = re.compile(r";(jsessionid|phpsessid)=[^/?#]*", re.I)
_PORTS = {"http": 80, "https": 443}
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def canonical_url(url: str) -> str:
    """One form for one address: case, default port, escapes, order of the query, no tracking, no fragment.

    A fragment that is a route (`#/…`, `#!…`) is kept: it chooses the page.
    """
    parts = urlsplit(_SESSION.sub("", _UNSTORABLE.sub("", url).strip()))
    query = sorted(
        (k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k)
    )
    path = quote(unquote(parts.path or "/"), safe="/:@!$&'()*+,;=~-._")
    fragment = parts.fragment if parts.fragment.startswith(("/", "!")) else ""
    return urlunsplit(
        (
            parts.scheme.lower(),
            _host(parts.hostname, parts.port, parts.scheme),
            path,
            urlencode(query),
            fragment,
        )
    )


def _host(name: str | None, port: int | None, scheme: str) -> str:
    host = (name or "").lower().rstrip(".")
    host = f"[{host}]" if ":" in host else host
    return host if port in (None, _PORTS.get(scheme.lower())) else f"{host}:{port}"


def url_key(url: str) -> str:
    """The key under which an address is unique in the archive; http and https are the same page."""
    return hashlib.sha256(canonical_url(url).split("://", 1)[-1].encode()).hexdigest()


def text_digest(title: str, text: str) -> str:
    """Equal for texts that differ in blanks only."""
    plain = "".join(f"{title}\n{text}".split())
    return hashlib.sha256(plain.encode()).hexdigest()


def storable(text: str) -> str:
    """The text without what a database refuses: NUL and lone surrogates become U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)


def derive(key: bytes, purpose: str) -> bytes:
    """A key of its own for each purpose, from the station's master key."""
    return hmac.new(key, purpose.encode(), hashlib.sha256).digest()


def seal_author(key: bytes, author: str) -> str:
    """The name, readable only with the station's key, until gather gives an alias."""
    return Fernet(urlsafe_b64encode(derive(key, "author-seal"))).encrypt(author.encode()).decode()


def open_author(key: bytes, sealed: str) -> str | None:
    """The name behind a seal; None when the key has changed."""
    try:
        return Fernet(urlsafe_b64encode(derive(key, "author-seal"))).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def author_alias(key: bytes, incident: int, author: str) -> str:
    """The same account within one incident, and nothing anywhere else."""
    salt = derive(key, f"author-incident-{incident}")
    return "网民" + hmac.new(salt, author.strip().encode(), hashlib.sha256).hexdigest()[:10]
