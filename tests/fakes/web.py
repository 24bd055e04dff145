"""A real HTTP server on loopback that keeps what it was sent and answers what a test wants."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Asked:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """Its body."""
        return json.loads(self.body)


@dataclass
class Web:
    """The server: `status` and `answer` are what it says to the next requests."""

    url: str = ""
    status: int = 200
    answer: Any = field(default_factory=lambda: {"errcode": 0, "code": 0})
    asked: list[Asked] = field(default_factory=list)


@contextmanager
def web_server() -> Iterator[Web]:
    """Serve until the block ends."""
    web = Web()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            web.asked.append(Asked(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            said = web.answer if isinstance(web.answer, bytes) else json.dumps(web.answer).encode()
            self.send_response(web.status)
            self.send_header("content-length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    web.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
