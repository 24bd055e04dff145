"""Saved real pages and hot-list snapshots served over loopback HTTP as if they were live sites."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote


class SavedWeb:
    """`/` lists the saved articles, `/p/NAME` is one, `/hot.txt` the next snapshot at each request."""

    def __init__(self, pages: Sequence[Path], titles: dict[str, str], snapshots: Sequence[Path]) -> None:
        self.pages = {page.name: page for page in pages}
        self.titles, self.snapshots = titles, list(snapshots)
        self.asked: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> SavedWeb:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str) -> tuple[int, str, bytes]:
        self.asked.append(path)
        if path == "/":
            return 200, "text/html; charset=utf-8", self._index()
        if path == "/hot.txt":
            snapshot = self.snapshots[min(self.asked.count("/hot.txt"), len(self.snapshots)) - 1]
            return 200, "text/plain; charset=utf-8", snapshot.read_bytes()
        page = self.pages.get(unquote(path.removeprefix("/p/")))
        return (200, "text/html", page.read_bytes()) if page else (404, "text/plain", b"")

    def _index(self) -> bytes:
        rows = "".join(
            f'<li><a href="/p/{name}">{title}</a> <span>2026-11-22</span></li>'
            for name, title in self.titles.items()
        )
        page = f"<html><head><title>新闻列表</title></head><body><ul class=list>{rows}</ul></body></html>"
        return page.encode()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                code, kind, body = web.answer(self.path)
                self.send_response(code)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """The test's output stays the test's."""

        return Handler
