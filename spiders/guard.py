"""Where the crawler may connect: public addresses over http(s), and what a source's own allow-list names.

Addresses are judged at the moment a socket is about to be connected, so a redirect, a second DNS answer
(rebinding) or an address written in an odd form meets the same check. Non-public ranges follow the IANA
special-purpose registries (RFC 6890) as Python's `ipaddress` knows them; the embedded IPv4 address of
mapped, 6to4, Teredo and NAT64 addresses is judged as well.
"""

from __future__ import annotations

import functools
import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from spiders.errors import SpiderError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# 2130706433, 0x7f.1, 017700000001: other spellings of an IPv4 address, used to slip past filters.
_ODD_NUMBER = re.compile(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+))*\.?", re.IGNORECASE)
_QUAD = re.compile(r"(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}")

SCHEMES = ("http", "https")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Answers of a cloud's metadata service that lie in public ranges.
_METADATA = frozenset(map(ipaddress.ip_address, ("168.63.129.16", "192.0.0.192")))


class Refused(SpiderError, ValueError):
    """An address or URL the guard does not let through; the message says which and why, in Chinese."""

    code = "refused"


@dataclass(frozen=True, slots=True)
class Allow:
    """Private networks one source may reach; empty for a public source."""

    networks: tuple[Network, ...] = ()

    @classmethod
    def parse(cls, entries: Iterable[str]) -> Allow:
        """From 10.1.0.0/16, 10.1.2.3, ::1 or localhost; ValueError names the entry that is none of these."""
        return _parse_allow(tuple(entries))

    def __contains__(self, address: Address) -> bool:
        return any(address in network for network in self.networks)


@functools.lru_cache(maxsize=1024)
def _parse_allow(entries: tuple[str, ...]) -> Allow:
    return Allow(tuple(network for entry in entries for network in _networks(entry)))


def _networks(entry: str) -> list[Network]:
    if entry == "localhost":
        return [ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128")]
    try:
        return [ipaddress.ip_network(entry, strict=False)]
    except ValueError:
        raise ValueError(f"“{entry}”不是网络地址，应写成 10.1.0.0/16、10.1.2.3 或 localhost") from None


def check_url(url: str) -> None:
    """Refuse what is not a plain http(s) address: other schemes, user names, no host, a broken port."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise Refused(f"地址写法有误：{url[:200]}") from error
    if parts.scheme.lower() not in SCHEMES:
        raise Refused(f"只允许 http、https 地址：{url[:200]}")
    if not host:
        raise Refused(f"地址缺少主机名：{url[:200]}")
    if _ODD_NUMBER.fullmatch(host) and not _QUAD.fullmatch(host):
        raise Refused(f"拒绝用数字变形书写的地址：{host}")
    if parts.username or parts.password:
        raise Refused("地址中不得带用户名或密码")


def check_address(text: str, allow: Allow) -> None:
    """Refuse an IP address that is not public, unless the source's allow-list names its network."""
    address = ipaddress.ip_address(text.split("%", 1)[0])
    for one in (address, *_embedded(address)):
        if one not in allow and not _public(one):
            raise Refused(f"拒绝连接非公网地址 {address}（内网信源须在 allow_private 中列明网段）")


def _public(address: Address) -> bool:
    return address.is_global and not address.is_multicast and address not in _METADATA


def _embedded(address: Address) -> list[Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return []
    found: list[Address | None] = [address.ipv4_mapped, address.sixtofour]
    if address.teredo:
        found.extend(address.teredo)
    if address in _NAT64:
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in found if one is not None]
