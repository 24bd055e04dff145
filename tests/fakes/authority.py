"""A certificate authority of the tests' own, and the certificates it signs."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

_HASH = SHA256()


@dataclass(frozen=True)
class Authority:
    """`root` is the file a client has to trust."""

    folder: Path
    root: Path
    key: ec.EllipticCurvePrivateKey
    name: x509.Name

    def server(self, address: str, *, days: int = 2) -> ssl.SSLContext:
        """A server's side of TLS, certified for one address; `days` below zero has run out."""
        key = ec.generate_private_key(ec.SECP256R1())
        san = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
        made = _builder(_name("server"), self.name, key, days).add_extension(san, critical=False)
        path = self.folder / f"{address}.pem"
        path.write_bytes(_pem(key) + made.sign(self.key, _HASH).public_bytes(Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


def authority(folder: Path) -> Authority:
    """A new authority; its root certificate lies in the folder."""
    key, name = ec.generate_private_key(ec.SECP256R1()), _name("Caifeng tests")
    made = _builder(name, name, key, 2)
    for extension in (
        x509.BasicConstraints(ca=True, path_length=0),
        x509.KeyUsage(False, False, False, False, False, True, True, False, False),
    ):
        made = made.add_extension(extension, critical=True)
    root = folder / "root.pem"
    root.write_bytes(made.sign(key, _HASH).public_bytes(Encoding.PEM))
    return Authority(folder, root, key, name)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, days: int
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=9))
        .not_valid_after(now + timedelta(days=days))
    )


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
