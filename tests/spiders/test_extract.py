"""Pages of many systems, read as a person would read them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import datetime

import pytest

from spiders.dates import CHINA
from spiders.extract import extract
from tests.spiders.layouts import LAYOUTS, Layout

NOW = datetime(2026, 3, 18, 12, 26, 40, tzinfo=CHINA)


def _grams(text: str) -> Counter[str]:
    kept = "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())
    return Counter(kept[i : i + 2] for i in range(len(kept) - 1))


def closeness(gold: str, found: str) -> float:
    """Bigram F1, as the pages are judged."""
    a, b = _grams(gold), _grams(found)
    return 2 * (a & b).total() / max(1, a.total() + b.total())


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda x: x.name)
def test_layout(layout: Layout) -> None:
    found = extract(layout.raw, url=layout.url, fetched_at=NOW)

    assert found.title == layout.title
    assert closeness("\n".join(layout.text), found.text) > 0.97, found.text
    assert not [words for words in layout.never if words in found.text]
    shown = found.published_at and found.published_at.isoformat()[: 16 if found.has_minute else 10]
    assert shown == layout.time
    assert found.kind == layout.kind
    if layout.media:
        assert found.media == layout.media
    for name, value in layout.extra.items():
        assert getattr(found, name) == value
