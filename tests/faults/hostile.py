"""A server that means harm: bombs, drips, silence, floods, endless redirects. Raw sockets, on loopback."""

from __future__ import annotations

import asyncio
import gzip
import io
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import brotli
from backports import zstd

Act = Callable[[asyncio.StreamWriter], Awaitable[None]]
BOMB = 200 << 20


def bomb(encoding: str) -> bytes:
    """200 MB of blanks, compressed the given way."""
    blank = b" " * (1 << 20)
    if encoding == "gzip":
        out = io.BytesIO()
        with gzip.GzipFile(fileobj=out, mode="wb") as packed:
            for _ in range(BOMB >> 20):
                packed.write(blank)
        return out.getvalue()
    if encoding == "deflate":
        press = zlib.compressobj()
        return b"".join(press.compress(blank) for _ in range(BOMB >> 20)) + press.flush()
    if encoding == "br":
        brot = brotli.Compressor(quality=4)
        return b"".join(brot.process(blank) for _ in range(BOMB >> 20)) + brot.finish()
    zst = zstd.ZstdCompressor()
    return b"".join(zst.compress(blank) for _ in range(BOMB >> 20)) + zst.flush()


def head(status: str = "200 OK", **headers: str) -> bytes:
    """A response head; underscores in names become hyphens."""
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def send(body: bytes, **headers: str) -> Act:
    """A whole answer at once."""

    async def act(writer: asyncio.StreamWriter) -> None:
        writer.write(head(Content_Length=str(len(body)), **headers) + body)
        await writer.drain()

    return act


def redirect(target: str) -> Act:
    """A redirect to wherever."""

    async def act(writer: asyncio.StreamWriter) -> None:
        writer.write(head("302 Found", Location=target, Content_Length="0"))
        await writer.drain()

    return act


async def hang(writer: asyncio.StreamWriter) -> None:
    """Says nothing, ever."""
    await asyncio.sleep(3600)


async def drip(writer: asyncio.StreamWriter) -> None:
    """A byte at a time, ten a second, for ever: never idle long enough for an idle time-out."""
    writer.write(head(Content_Length="100000"))
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.1)


async def flood(writer: asyncio.StreamWriter) -> None:
    """100 MB that do not say how many they are."""
    writer.write(head())
    for _ in range(100):
        writer.write(b"<p>" + b"x" * (1 << 20))
        await writer.drain()


async def babble(writer: asyncio.StreamWriter) -> None:
    """Not HTTP at all."""
    writer.write(b"\x00\xff" * 4096)
    await writer.drain()


async def endless_head(writer: asyncio.StreamWriter) -> None:
    """Headers without end."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-Filler: " + b"y" * 4000 + b"\r\n")
        await writer.drain()


@dataclass
class Hostile:
    """Answers each path by its act; anything else, robots.txt too, with 404."""

    acts: dict[str, Act]
    host: str = "127.0.0.1"
    asked: list[str] = field(default_factory=list)
    port: int = 0
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def __aenter__(self) -> Hostile:
        self._server = await asyncio.start_server(self._serve, self.host, 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        for task in self._tasks:
            task.cancel()
        self._server.close()

    def url(self, path: str, host: str | None = None) -> str:
        return f"http://{host or self.host}:{self.port}{path}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            path = (await reader.readuntil(b"\r\n\r\n")).split(b" ", 2)[1].decode()
            self.asked.append(path)
            act = self.acts.get(path)
            if act is None:
                writer.write(head("404 Not Found", Content_Length="0"))
            else:
                await act(writer)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.close()
