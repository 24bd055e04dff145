"""Signed addresses for people without an account: made from the station's key, kept only as a hash.

The token says nothing about what it opens; the `link` table does. Opening one never acts: pages show a
form, and only the form's POST does anything, because mail scanners open every address.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

LIFETIMES = {"alert": timedelta(days=3), "unit": timedelta(days=30), "bulletin": timedelta(days=30)}
_CONTEXT = b"caifeng link"


def make_token(key: bytes, purpose: str, noun: str, subject_id: int, holder: str, made_at: datetime) -> str:
    """The token for one holder and one matter; the same facts give the same token: a repeat is harmless."""
    secret = hmac.new(key, _CONTEXT, hashlib.sha256).digest()
    facts = "\x1f".join((purpose, noun, str(subject_id), holder, str(int(made_at.timestamp() * 1000))))
    mark = hmac.new(secret, facts.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mark[:24]).decode()


def token_hash(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def address(outward: str, token: str, want: str = "") -> str:
    """Where a link leads; `want` (acknowledge, dismiss, draft) only chooses the form that is shown first."""
    return f"{outward.rstrip('/')}/l/{token}" + (f"?do={want}" if want else "")


def expires(purpose: str, made_at: datetime) -> datetime:
    """Until when a link of this purpose opens."""
    return made_at + LIFETIMES[purpose]
