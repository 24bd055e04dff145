"""The kinds of source, one module each, all of the shape in `shape.py`."""

from __future__ import annotations

from collections.abc import Mapping

from spiders.kinds import feed, files, forum, hotlist, listing
from spiders.kinds.shape import Kind
from spiders.source import SourceKind

KINDS: Mapping[SourceKind, Kind] = {
    "feed": feed,
    "listing": listing,
    "hotlist": hotlist,
    "forum": forum,
    "files": files,
}
