"""search (站内搜索): a site's public search page, asked by a watch's words.

`{words}` in the address takes the words (joined by a blank, encoded as the site's `format`: utf-8 or gbk);
results are links like those of a list page. Words name place, matter and unit, never a person (watch.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from spiders.kinds import listing
from spiders.kinds.shape import Answer, Fetch, Reading, Unreadable
from spiders.source import Source

_QUERIES = 4


def first(source: Source, words: Sequence[str] = ()) -> tuple[Fetch, ...]:
    """One search for each phrase, the station's own `words` where the watch has none."""
    if "{words}" not in source.url:
        raise Unreadable("搜索地址中须有 {words}，采集时代入关键词")
    asked = [phrase.strip() for phrase in (words or source.words) if phrase.strip()][:_QUERIES]
    return tuple(
        Fetch(source.url.replace("{words}", _encoded(source, phrase)), extract=True) for phrase in asked
    )


def _encoded(source: Source, phrase: str) -> str:
    return quote(phrase, encoding=source.format or "utf-8", errors="ignore")


def read(source: Source, answer: Answer) -> Reading:
    """The results, and the next page of results."""
    return listing.read(source, answer)
