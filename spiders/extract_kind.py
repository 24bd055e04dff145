"""What sort of page it is: an article, a thread of a forum, a list of links, or none of these.

Each sort has its signs, each sign its points; the more points win. Signs are named so that they can be shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from spiders.lists import Listing
from spiders.tree import Element, Tree

Kind = Literal["article", "forum", "list", "other"]

_POST = re.compile(
    r"(?:^|\s)(?:t_f|pcb|postmessage_\d+|d_post_content|l_post|read_tpc|tpc_content|bbs-content|postcontent\d*|postbox|threadlist_author|"
    r"atl-main|post-content-box|p_postlist|forumrow|viewthread|postlist|pl_top|plhin|topic_content|reply_content|thread-content|floor\S*)(?:$|\s)"
)
_FORUM_HOST = re.compile(
    r"^(?:tieba|bbs|club|forum|luntan|nga|ngabbs|www\.v2ex)\.|tieba\.baidu|ngacn|nga\.cn"
)
_THREAD_PATH = re.compile(
    r"/(?:group/topic|thread|threads|topic|viewthread|showtopic)[/_-]?\d|/(?:read|viewthread|showthread|topic)\.(?:php|asp)"
)
_LIST_PATH = re.compile(
    r"/(?:(?:index|list|node|default|more)[\w-]*\.\w{3,5}|(?:list|channel|category|tag|c)/[\w-]*/?|f)?$", re.I
)
_ARTICLE_PATH = re.compile(
    r"/(?:\d{4,}|t20\d{6}_\d+|c[_-]?\d+|content_\d+|[A-Z0-9]{12,}|[0-9a-f-]{16,})[\w_-]*(?:\.s?html?|\.shtm|/?$)",
    re.I,
)
_DATE = re.compile(r"20\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}")
_ARTICLE_METAS = ("articletitle", "article:published_time", "pubdate")


@dataclass(frozen=True, slots=True)
class Signs:
    """What was seen of a page before its sort is decided; sizes in characters.

    `above` tells that the text stands before the list's first row.
    """

    text: int
    known: bool
    headed: bool
    timed: bool
    url: str | None
    stamped: bool = False
    above: bool = False


def is_forum(tree: Tree, body: Element | None, url: str | None) -> bool:
    """Whether the text found is a post of a thread."""
    if body is None:
        return False
    if any(_POST.search(e.names) for e in tree.ancestors(body.index) if e.names):
        return True
    at = urlsplit(url) if url else None
    return at is not None and bool(_FORUM_HOST.search(at.netloc) or _THREAD_PATH.search(at.path))


def article_points(tree: Tree, signs: Signs) -> int:
    """How much speaks for an article."""
    points = 2 * signs.known + signs.headed + signs.timed + 4 * signs.stamped
    points += (signs.text >= 60) + (signs.text >= 200) + (signs.text >= 600)
    points += 2 * any(name in tree.metas for name in _ARTICLE_METAS)
    points += 2 * (tree.metas.get("og:type", "").lower() in {"article", "news", "newsarticle"})
    points += 2 * bool(signs.url and _ARTICLE_PATH.search(urlsplit(signs.url).path))
    return points if signs.text >= 20 or signs.stamped else 0


def is_stamped(tree: Tree, heading: Element | None, listing: Listing) -> bool:
    """Whether a full date stands right below the headline, in no row of the list."""
    if heading is None:
        return False
    below = range(heading.last_line, min(heading.last_line + 5, len(tree.lines)))
    free = (tree.lines[i] for i in below if not any(i in row for row in listing.rows))
    return any(
        line.size <= 120 and line.linked < 0.5 * line.size and _DATE.search(line.text) for line in free
    )


def list_points(listing: Listing, signs: Signs) -> int:
    """How much speaks for a list."""
    count = len(listing.links)
    if count < 4:
        return 0
    points = 1 + (count >= 10) + 2 * (listing.dated >= 0.6 and count >= 5)
    points += (listing.size > signs.text) + (listing.size > 3 * signs.text)
    points -= (1 + signs.above + 2 * (signs.text > 3 * listing.size)) * (signs.text >= 60)
    points += 3 * bool(signs.url and _LIST_PATH.search(urlsplit(signs.url).path))
    points += bool(listing.next_page) + (not signs.headed)
    return points
