"""A telephone number kept for call-back only: encrypted at rest, shown masked."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken

from monitor.domain.document import derive


def _box(key: bytes) -> Fernet:
    return Fernet(urlsafe_b64encode(derive(key, "lead-phone")))


def seal_phone(key: bytes, phone: str) -> bytes:
    """The number, readable only with the station's key."""
    return _box(key).encrypt(phone.strip().encode())


def open_phone(key: bytes, sealed: bytes) -> str | None:
    """The number behind a seal, to dial it; None when the key has changed."""
    try:
        return _box(key).decrypt(sealed).decode()
    except InvalidToken:
        return None


def masked(phone: str) -> str:
    """`138****5678`: enough to recognise, too little to use."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 9 else "****"
