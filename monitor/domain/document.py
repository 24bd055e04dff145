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
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode, urlsplit, urlunsplit

from cryptography.fernet import Fernet, InvalidToken

# Marks of where a reader came from; they never choose the page (ours, from the sites we read).
_TRACKING = re.compile(
    r"^(utm_.*|spm|from|share_.*|timestamp|isappinstalled|wfr|tt_from|nsukey|fbclid|gclid|_t|_r|scene|srcid"
    r"|share|sharer.*|jsessionid|phpsessid|sessionid)$",
    re.I,
)
_SESSION = re.compile(r";(jsessionid|phpsessid)=[^/?#]*", re.I)
_ASCII = "".join(map(chr, range(0x21, 0x7F)))
_PORTS = {"http": 80, "https": 443}
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def canonical_url(url: str) -> str:
    """One form for one address: case, default port, escapes, order of the query, no tracking, no fragment.

    A fragment that is a route (`#/…`, `#!…`) is kept: it chooses the page. What is no address stays as it is.
    """
    plain = _SESSION.sub("", _UNSTORABLE.sub("", url).strip())
    try:
        return _canonical(plain)
    except ValueError:  # a bracket, a port that is no number
        return plain


def _canonical(url: str) -> str:
    # escapes are compared as bytes: a GBK query is not UTF-8, and must not collapse into one
    parts = urlsplit(quote(url, safe=_ASCII))
    pairs = parse_qsl(parts.query, keep_blank_values=True, encoding="latin-1")
    query = urlencode(sorted(pair for pair in pairs if not _TRACKING.match(pair[0])), encoding="latin-1")
    path = quote(unquote_to_bytes(parts.path or "/"), safe="/:@!$&'()*+,;=~-._")
    fragment = parts.fragment if parts.fragment.startswith(("/", "!")) else ""
    host = _host(parts.hostname, parts.port, parts.scheme)
    return urlunsplit((parts.scheme.lower(), host, path, query, fragment))


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
