"""What happens in the demo town, and when: pure, from a file of stories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from importlib import resources
from itertools import permutations
from typing import Any, Literal

import yaml

Site = Literal["news", "portal"]
POSTS_PER_PAGE = 15
DAY_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Article:
    number: int
    site: Site
    at: float
    title: str
    body: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Post:
    at: float
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Thread:
    number: int
    title: str
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class HotRow:
    at: float
    title: str
    rank: int
    heat: int


@dataclass(frozen=True, slots=True)
class Call:
    """One row of the public hotline's export."""

    number: str
    at: float
    kind: str
    street: str
    matter: str


@dataclass(frozen=True, slots=True)
class Town:
    """A day of the town; `at` is seconds since the town opened."""

    articles: tuple[Article, ...]
    threads: tuple[Thread, ...]
    hot: tuple[HotRow, ...]
    calls: tuple[Call, ...]

    @property
    def posts(self) -> int:
        return sum(len(thread.posts) for thread in self.threads)


@dataclass(frozen=True, slots=True)
class Session:
    """One stretch of the town's day: it went on from `elapsed` at the moment `started`."""

    started: datetime
    elapsed: float


def when(sessions: tuple[Session, ...], at: float) -> datetime:
    """The real moment of what happens `at` seconds into the day, however often the town was closed."""
    session = max((s for s in sessions if s.elapsed <= at), key=lambda s: s.elapsed)
    return session.started + timedelta(seconds=at - session.elapsed)


@cache
def load() -> Town:
    """The shipped day."""
    source = resources.files("monitor.demo.town").joinpath("stories.yaml").read_text(encoding="utf-8")
    return _build(yaml.safe_load(source))


def _build(data: dict[str, Any]) -> Town:
    stories = data["stories"]
    articles = sorted((a for s in stories for a in s.get("articles", ())), key=lambda a: a["at"])
    calls = sorted((c for s in stories for c in s.get("hotline", ())), key=lambda c: c["at"])
    threads = [t for s in stories for t in s.get("threads", ())] + _chatter(data["chatter"])
    return Town(
        articles=tuple(
            Article(n, a["site"], a["at"], a["title"], tuple(a["body"])) for n, a in enumerate(articles, 1)
        ),
        threads=tuple(
            Thread(n, t["title"], _posts(t)) for n, t in enumerate(sorted(threads, key=lambda t: t["at"]), 1)
        ),
        hot=tuple(HotRow(**h) for s in stories for h in s.get("hot", ())),
        calls=tuple(Call(number=f"QS{1000 + n}", **c) for n, c in enumerate(calls, 1)),
    )


def _chatter(threads: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Spread the ordinary talk evenly over the day."""
    step = DAY_SECONDS / (len(threads) + 1)
    return [
        {
            "at": step * (n + 0.4),
            "author": f"青石网友{n + 3}",
            "title": t["title"],
            "first": t["title"] + "。",
            "says": t["says"],
            "count": 12,
        }
        for n, t in enumerate(threads)
    ]


def _posts(thread: dict[str, Any]) -> tuple[Post, ...]:
    """The opening post, each saying once, then pairs of them; later threads talk faster."""
    gap = (DAY_SECONDS + 20 - thread["at"]) / thread["count"] * 0.8
    pairs = sorted(permutations(thread["says"], 2), key=lambda pair: sha256("".join(pair).encode()).digest())
    replies = [*thread["says"], *map("".join, pairs)][: thread["count"] - 1]
    first = Post(thread["at"], thread["author"], thread["first"])
    return (
        first,
        *(Post(thread["at"] + gap * n, f"网友{n * 37 % 101}", r) for n, r in enumerate(replies, 1)),
    )
