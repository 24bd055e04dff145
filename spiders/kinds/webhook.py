"""webhook (平台推送): what a superior platform posts to /api/v1/pages or /leads, one record or many."""

from __future__ import annotations

from collections.abc import Sequence

from spiders.kinds import files
from spiders.kinds.shape import Answer, Fetch, Reading
from spiders.source import Source


def first(source: Source, words: Sequence[str] = ()) -> tuple[Fetch, ...]:
    """Nothing: it comes by itself."""
    return ()


def read(source: Source, answer: Answer) -> Reading:
    """The records of a JSON object, array or JSON lines; columns as in `files`."""
    return files.read(source, answer)
