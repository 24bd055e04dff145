"""What a text says, in so many characters: whole sentences, no dateline, no reporter's name."""

from __future__ import annotations

import re

_DATELINE = re.compile(
    r"^[^，。！？；\n]{0,20}?(?:网|社|报|台|客户端|新闻|融媒|本报)[^，。！？；\n]{0,12}?(?:讯|[日月]电)[\s:：,，]*"
)
_REPORTER = re.compile(
    r"[(（][^()（）\n]{0,12}(?:记者|通讯员)[^()（）\n]{0,40}[)）]\s*|^(?:[^，。\n]{0,8}记者)\s?[^，。\s\n]{2,4}\s+"
)
_BETWEEN = re.compile(r"(?<=[。！？；，、：…”’」』）])\s+")
_STOP = re.compile(r"[。！？!?；…]+[”’」』）)]*")
_PAUSE = re.compile(r"[，、：,:]")
LEAST = 0.5  # of the limit, that whole sentences must fill; else the text is cut at a comma


def gist(text: str, limit: int) -> str:
    """The beginning of a text in at most `limit` characters, ending where a sentence ends.

    No blank follows a mark of punctuation; the dateline (「某网讯」) and the reporters'
    names are left out. Where the first sentence is longer than the limit, the cut is at a comma
    and marked with 「……」.
    """
    words = _plain(text)
    if len(words) <= limit:
        return words
    ends = [found.end() for found in _STOP.finditer(words) if found.end() <= limit]
    if ends and ends[-1] >= limit * LEAST:
        return words[: ends[-1]]
    pauses = [found.start() for found in _PAUSE.finditer(words) if found.start() <= limit - 2]
    cut = pauses[-1] if pauses and pauses[-1] >= limit * LEAST else limit - 2
    return words[:cut] + "……"


def _plain(text: str) -> str:
    told = _REPORTER.sub("", _DATELINE.sub("", text.strip(), count=1)).strip()
    return _BETWEEN.sub("", " ".join(told.split()))
