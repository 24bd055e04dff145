"""The profile of a happening: pieces of text its items share, places and sites they name, its span of time.

Two profiles are compared by the cosine of their pieces, each weighted by rarity and by the share of items
that have it. A conflict of named places or sites speaks against. Counties that are neighbours in a flood
and stations of one city are told apart that way.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rules.places_codes import codes, conflict

GAP = timedelta(days=3)  # between the last item of one and the first of another of the same happening
OTHER_PLACE = 0.2
OTHER_SITE = 0.5
_SMALL = 12  # items up to which a profile is weighed at each change
_MOST_PIECES = 800
_ENOUGH = 4  # items from which a piece must be in two of them to count
_OFTEN = 0.3  # a place counts for a profile when named this often beside its commonest
_SITE = re.compile(
    r"([\u4e00-\u9fff\d])(站|机场|医院|大学|学院|中学|小学|幼儿园|小区|广场|公园|桥|村|镇|路|街|景区|商场|酒店)"
)
_SHORT_TITLE = 8
_LEAD = 80

Weigh = Callable[[str], float]


def plain(text: str) -> str:
    """Letters, digits and characters only, width and case folded."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def grams(text: str) -> set[str]:
    """All pieces of one to three characters."""
    return {text[i : i + n] for n in (1, 2, 3) for i in range(len(text) - n + 1)}


def telling(title: str, text: str) -> str:
    """What a text is compared by: its title, with the beginning of the body where the title says little."""
    return title if len(plain(title)) >= _SHORT_TITLE else f"{title} {text[:_LEAD]}"


def sites(text: str) -> dict[str, set[str]]:
    """Named sites: kind (站, 小学, …) → the characters before it (东, 南)."""
    found: dict[str, set[str]] = {}
    for stem, kind in _SITE.findall(text):
        found.setdefault(kind, set()).add(stem)
    return found


@dataclass(slots=True)
class Profile:
    """What `n` items say together. `pieces` counts items; `vector` and `norm` are set by `weigh`."""

    n: int
    pieces: Counter[str]
    places: Counter[str]
    sites: dict[str, set[str]]
    first: datetime | None
    last: datetime | None
    vector: dict[str, float] = field(default_factory=dict)
    norm: float = 0.0
    _weighed: int = 0

    @classmethod
    def of(cls, words: str, at: datetime | None) -> Profile:
        """The profile of one item."""
        return cls(1, Counter(grams(plain(words))), Counter(codes(words)), sites(words), at, at)

    def weigh(self, weight: Weigh) -> None:
        """Reckon the vector from the pieces as they count now."""
        self._weighed = self.n
        least = 2 if self.n >= _ENOUGH else 1
        shares = ((g, weight(g) * k / self.n) for g, k in self.pieces.items() if k >= least)
        self.vector = {g: w for g, w in shares if w > 0}
        self.norm = math.sqrt(sum(w * w for w in self.vector.values()))

    def take(self, other: Profile, weight: Weigh) -> None:
        """Let another profile join this one. A large one is weighed anew when grown by a tenth."""
        self.n += other.n
        self.pieces.update(other.pieces)
        self.places.update(other.places)
        for kind, stems in other.sites.items():
            self.sites.setdefault(kind, set()).update(stems)
        self.first, self.last = _known(min, self.first, other.first), _known(max, self.last, other.last)
        if len(self.pieces) > _MOST_PIECES:
            self.pieces = Counter(dict(self.pieces.most_common(_MOST_PIECES // 2)))
        if self.n < _SMALL or self.n >= 1.1 * self._weighed:
            self.weigh(weight)

    def named(self) -> list[str]:
        """The places it is about."""
        most = max(self.places.values(), default=0)
        return [code for code, count in self.places.items() if count >= most * _OFTEN]


def _known(choose: Callable[[Iterable[datetime]], datetime], *moments: datetime | None) -> datetime | None:
    known = [m for m in moments if m is not None]
    return choose(known) if known else None


def apart(a: Profile, b: Profile) -> timedelta:
    """The time between the end of one and the beginning of the other; none where they overlap."""
    nothing = timedelta(0)
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return nothing
    return max(b.first - a.last, a.first - b.last, nothing)


def cosine(a: Mapping[str, float], norm_a: float, b: Mapping[str, float], norm_b: float) -> float:
    """Cosine of two sparse vectors; 0 where one is empty."""
    if not norm_a or not norm_b:
        return 0.0
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return sum(w * large[g] for g, w in small.items() if g in large) / (norm_a * norm_b)


def likeness(a: Profile, b: Profile) -> float:
    """How alike two profiles are, 0 to 1; 0 when more than `GAP` lies between them."""
    if apart(a, b) > GAP:
        return 0.0
    score = cosine(a.vector, a.norm, b.vector, b.norm)
    if score and conflict(a.named(), b.named()):
        score *= OTHER_PLACE
    for kind in a.sites.keys() & b.sites.keys():
        if a.sites[kind].isdisjoint(b.sites[kind]):
            score *= OTHER_SITE
    return score
