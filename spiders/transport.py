"""Scrapy's download handler with the guard inside: every socket asks it before it connects.

Scrapy's own handlers resolve and connect without a word to us; this one rests on aiohttp (which Scrapy
depends on) and its socket factory, the last moment before a connection, after DNS and redirects. Sources
with different allow-lists never share a connection. Bodies stop at the size limit while they arrive, and
the time-out covers the whole download, so a byte a second ends like silence.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import aiohttp
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Headers, Response

from spiders.errors import SpiderError
from spiders.guard import Allow, check_address, check_url

CONNECT_SECONDS = 10.0
DNS_SECONDS = 60
_OWN_HEADERS = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")


class TooLarge(SpiderError):
    """A body over the source's limit."""

    code = "too_large"


class Transport:
    """Gets one http(s) request: `meta` carries allow, download_timeout and download_maxsize."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        self._sessions: dict[Allow, aiohttp.ClientSession] = {}
        self._timeout = crawler.settings.getfloat("DOWNLOAD_TIMEOUT")
        self._maxsize = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Transport:
        """As Scrapy builds it."""
        return cls(crawler)

    async def download_request(self, request: Request) -> Response:
        """The answer, still compressed. Raises Refused, TooLarge, DownloadTimeoutError, ClientError."""
        check_url(request.url)
        seconds = float(request.meta.get("download_timeout", self._timeout))
        timeout = aiohttp.ClientTimeout(total=seconds, sock_connect=min(CONNECT_SECONDS, seconds))
        session = self._session(request.meta.get("allow", Allow()))
        try:
            async with session.request(
                request.method,
                request.url,
                data=request.body or None,
                headers=[(k.decode(), v.decode("latin-1")) for k, vs in request.headers.items() for v in vs],
                timeout=timeout,
                allow_redirects=False,
            ) as answer:
                body = await _body(answer, int(request.meta.get("download_maxsize", self._maxsize)))
        except TimeoutError as error:
            raise DownloadTimeoutError(f"{seconds:g} 秒内未取完") from error
        headers = Headers(list(answer.headers.items()))
        return Response(request.url, status=answer.status, headers=headers, body=body, request=request)

    def _session(self, allow: Allow) -> aiohttp.ClientSession:
        if allow not in self._sessions:
            self._sessions[allow] = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=0,
                    ttl_dns_cache=DNS_SECONDS,
                    use_dns_cache=DNS_SECONDS > 0,
                    socket_factory=guarded_socket(allow),
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                skip_auto_headers=_OWN_HEADERS,
                trust_env=False,
            )
        return self._sessions[allow]

    async def close(self) -> None:
        """Drop every connection."""
        for session in self._sessions.values():
            await session.close()


async def _body(answer: aiohttp.ClientResponse, maxsize: int) -> bytes:
    if (answer.content_length or 0) > maxsize:
        raise TooLarge(f"页面有 {answer.content_length} 字节，超过上限 {maxsize}")
    parts, size = [], 0
    async for part in answer.content.iter_any():
        size += len(part)
        if size > maxsize:
            raise TooLarge(f"页面超过上限 {maxsize} 字节")
        parts.append(part)
    return b"".join(parts)


def guarded_socket(allow: Allow) -> Callable[[Any], socket.socket]:
    """A socket factory that asks the guard about the very address about to be connected."""

    def make(info: Any) -> socket.socket:
        family, kind, protocol, _, address = info
        check_address(str(address[0]), allow)
        return socket.socket(family=family, type=kind, proto=protocol)

    return make
