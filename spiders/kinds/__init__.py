"""The kinds of source, one module each, all of the shape in `shape.py`."""

from __future__ import annotations

from collections.abc import Mapping

from spiders.kinds import api, feed, files, forum, hotlist, listing, mailbox, paste, search, sitemap, webhook
from spiders.kinds.shape import Kind
from spiders.source import SourceKind

KINDS: Mapping[SourceKind, Kind] = {
    "feed": feed,
    "listing": listing,
    "sitemap": sitemap,
    "hotlist": hotlist,
    "api": api,
    "search": search,
    "forum": forum,
    "files": files,
    "mailbox": mailbox,
    "paste": paste,
    "webhook": webhook,
}
