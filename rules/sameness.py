"""Same happening or not: on-line grouping of short texts by the rare words they share.

Each item is a bag of features (words and character pairs) weighted by their rarity in the stream so far;
a new item joins the happening of its most similar predecessor within the window, when similar enough.
"""

from __future__ import annotations

import hashlib
import math
import unicodedata
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

JOIN = 0.34  # weighted cosine from which two items tell of the same happening
TWIN = 0.90  # from which the later one is a copy
PLACES_DIFFER = 0.5  # both name places and share none
POSTINGS = 200  # a feature in more items than this no longer suggests candidates


@dataclass(frozen=True, slots=True)
class Item:
    """One text to be placed. `places` are names of places found in it, most particular first."""

    id: str
    title: str
    text: str = ""
    at: datetime | None = None
    media: str | None = None
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an item belongs: the happening (named after its first item), what it copies, how sure, and why."""

    incident: str
    duplicate_of: str | None
    score: float
    why: str


@dataclass(slots=True)
class _Kept:
    item: Item
    incident: str
    weights: dict[str, float]
    norm: float


def features(item: Item) -> Counter[str]:
    """Character pairs and triples of the title, and those of the text's first 200 characters at lower weight."""
    bag: Counter[str] = Counter()
    for part, weight in ((item.title, 2), (item.text[:200], 1)):
        plain = _plain(part)
        for size in (2, 3):
            for i in range(len(plain) - size + 1):
                bag[plain[i : i + size]] += weight
    return bag


def cosine(a: dict[str, float], norm_a: float, b: dict[str, float], norm_b: float) -> float:
    """Cosine of two sparse vectors, 0 where one is empty."""
    if not norm_a or not norm_b:
        return 0.0
    small, large = (a, b) if len(a) < len(b) else (b, a)
    return sum(w * large[f] for f, w in small.items() if f in large) / (norm_a * norm_b)


class Gatherer:
    """The happenings of one stream within a sliding window. Memory is bounded by `keep` items."""

    def __init__(self, window: timedelta = timedelta(days=30), *, keep: int = 200_000) -> None:
        self.window, self.keep = window, keep
        self._seen = 0
        self._frequency: Counter[str] = Counter()
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._postings: dict[str, list[str]] = defaultdict(list)
        self._twins: dict[str, str] = {}

    def add(self, item: Item) -> Placement:
        """Place one item; it is remembered for those that follow."""
        bag = features(item)
        kept = self._weigh(item, bag)
        print_ = _fingerprint(item)
        twin = self._twins.get(print_)
        best, score = (self._kept[twin], 1.0) if twin in self._kept else self._nearest(kept)
        if best is not None and score >= JOIN:
            kept.incident = best.incident
        self._remember(kept, bag, print_)
        if kept.incident == item.id or best is None:
            return Placement(item.id, None, score, "首次出现")
        copy = best.item.id if score >= TWIN else None
        return Placement(kept.incident, copy, score, _why(kept, best, score))

    def assign(self, item: Item, incident: str) -> None:
        """Remember an item in a happening somebody else decided on (restart, or a person's hand)."""
        bag = features(item)
        kept = self._weigh(item, bag)
        kept.incident = incident
        self._remember(kept, bag, _fingerprint(item))

    def _weigh(self, item: Item, bag: Counter[str]) -> _Kept:
        total = self._seen + 2
        weights = {f: n**0.5 * math.log(total / (self._frequency[f] + 1)) for f, n in bag.items()}
        return _Kept(item, item.id, weights, math.sqrt(sum(w * w for w in weights.values())))

    def _nearest(self, new: _Kept) -> tuple[_Kept | None, float]:
        votes: Counter[str] = Counter()
        for feature in sorted(new.weights, key=new.weights.__getitem__, reverse=True)[:40]:
            for other in self._postings.get(feature, ())[-POSTINGS:]:
                votes[other] += 1
        best: _Kept | None = None
        top = 0.0
        for other_id, _ in votes.most_common(50):
            other = self._kept.get(other_id)
            if other is None or not self._in_window(new.item, other.item):
                continue
            score = cosine(new.weights, new.norm, other.weights, other.norm)
            if _places_differ(new.item, other.item):
                score *= PLACES_DIFFER
            if score > top:
                best, top = other, score
        return best, top

    def _in_window(self, new: Item, old: Item) -> bool:
        return new.at is None or old.at is None or abs(new.at - old.at) <= self.window

    def _remember(self, kept: _Kept, bag: Counter[str], print_: str) -> None:
        self._seen += 1
        self._frequency.update(bag.keys())
        self._kept[kept.item.id] = kept
        self._twins.setdefault(print_, kept.item.id)
        for feature in bag:
            self._postings[feature].append(kept.item.id)
        while len(self._kept) > self.keep:
            self._kept.popitem(last=False)


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def _fingerprint(item: Item) -> str:
    plain = _plain(item.title + item.text)
    return hashlib.blake2b(plain.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _places_differ(a: Item, b: Item) -> bool:
    return bool(a.places) and bool(b.places) and not set(a.places) & set(b.places)


def _why(new: _Kept, old: _Kept, score: float) -> str:
    shared = sorted(
        (f for f in new.weights if f in old.weights),
        key=lambda f: new.weights[f] * old.weights[f],
        reverse=True,
    )
    return f"与“{old.item.title[:30]}”相似度{score:.2f}，共有“{'”“'.join(shared[:4])}”"


def settle(items: Iterable[Item], window: timedelta = timedelta(days=30)) -> dict[str, Placement]:
    """Group a finished collection; the result is by item id."""
    gatherer = Gatherer(window)
    return {item.id: gatherer.add(item) for item in items}
