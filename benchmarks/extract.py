"""How much faster a page is read than by the fastest of its peers, on the same pages in the same run."""

from __future__ import annotations

import logging
import os
import socket
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from spiders.extract import extract

ROUNDS = 5


def pages() -> list[bytes]:
    """The saved pages beside the checkout; where absent, the hand-written ones padded to their size."""
    shared = Path(os.environ.get("CAIFENG_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    saved = sorted((shared / "data" / "pages").glob("tests_*.html"))
    if saved:
        return [path.read_bytes() for path in saved]
    from tests.spiders.layouts import LAYOUTS, SIDE

    return [
        layout.raw.replace(b"</body>", (SIDE.format("list") * 40).encode(layout.encoding) + b"</body>")
        for layout in LAYOUTS
    ]


def speed(read: Callable[[bytes], object], given: list[bytes]) -> float:
    """Pages a second of processor time, the median of several rounds."""
    read(given[0])
    spent = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for page in given:
            read(page)
        spent.append(time.process_time() - start)
    return len(given) / statistics.median(spent)


def readability(page: bytes) -> object:
    from readability import Document

    document = Document(page.decode("utf-8", "replace"))
    return document.short_title(), document.summary()


def trafilatura(page: bytes) -> object:
    import trafilatura as peer

    return peer.bare_extraction(page, with_metadata=True)


def newspaper(page: bytes) -> object:
    from newspaper import Article

    article = Article("http://localhost/", language="zh", fetch_images=False)
    article.download(input_html=page.decode("utf-8", "replace"))
    article.parse()
    return article.text


def offline() -> None:
    """A peer asks the network for pictures and name lists; what is measured is reading the page."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError("no network while measuring")

    vars(socket).update(getaddrinfo=refuse, create_connection=refuse)


def main() -> None:
    logging.disable(logging.CRITICAL)
    offline()
    given = pages()
    ours = speed(extract, given)
    peers = {peer.__name__: speed(peer, given) for peer in (readability, trafilatura, newspaper)}
    fastest = max(peers, key=lambda name: peers[name])
    print(f"ours {ours:.0f} pages/s; " + "; ".join(f"{n} {v:.0f}" for n, v in peers.items()), file=sys.stderr)
    print(f"extract {ours / peers[fastest]:.1f} x target 3")


if __name__ == "__main__":
    main()
