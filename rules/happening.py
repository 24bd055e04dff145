"""The profile of a happening: pieces of text its items share, places and sites they name, its span of time.

Pieces are weighted by rarity and by the share of items that have them. A conflict of named places or sites
speaks against two profiles being one: counties that are neighbours in a flood and stations of one city are
told apart that way. How likely two belong together says rules.joining.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp

import numpy as np
from numpy.typing import NDArray

from rules.habit import Weights
from rules.pieces import Numbers, plain
from rules.places_codes import codes, conflict
from rules.themes import themes

GAP = 6 * 86_400.0  # seconds between the last item of one and the first of another of the same happening
_HOUSES = frozenset(["站", "机场", "医院", "大学", "学院", "中学", "小学", "幼儿园", "景区", "商场", "酒店"])
_FADES = 3 * 86_400.0  # seconds in which what was told counts for 1/e
_SMALL = 12  # items up to which a profile is weighed at each change
_MOST_PIECES = 800
_ENOUGH = 4  # items from which a piece must be in two of them to count
_OFTEN = 0.3  # a place counts for a profile when named this often beside its commonest
_SITE = re.compile(
    r"([\u4e00-\u9fff\d])(站|机场|医院|大学|学院|中学|小学|幼儿园|小区|广场|公园|桥|村|镇|路|街|景区|商场|酒店)"
)
_EXACT = re.compile(r"(\d\.\d)\s?(级)|([\u4e00-\u9fff]{2})(街道)")  # strengths of earthquakes, subdistricts
_ELSEWHERE = frozenset(["级", "街道"])
_SHORT_TITLE = 8
_LEAD = 80

Weigh = Callable[[Numbers], Weights]
Sites = Mapping[str, frozenset[str]]
_NO_SITES: Sites = {}


def telling(title: str, text: str) -> str:
    """What a text is compared by: its title, with the beginning of the body where the title says little."""
    return title if len(plain(title)) >= _SHORT_TITLE else f"{title} {text[:_LEAD]}"


def sites(text: str) -> Sites:
    """Named sites: kind (站, 小学, …) → the characters before it (东, 南); 级 → an earthquake's strength."""
    found = _SITE.findall(text)
    found += [(one or other, kind or street) for one, kind, other, street in _EXACT.findall(text)]
    if not found:
        return _NO_SITES
    return {kind: frozenset(stem for stem, other in found if other == kind) for _, kind in found}


@dataclass(slots=True, eq=False)
class Profile:
    """What `n` items say together. `counts` says in how many items each of `pieces` (sorted) stands.

    `first` and `last` are seconds, 0 where no time is known.
    """

    n: int
    pieces: Numbers
    counts: NDArray[np.int32] | None  # None: once each
    places: Counter[str] | frozenset[str]
    sites: Sites
    themes: Counter[str] | frozenset[str]
    first: float
    last: float
    vector: Weights
    norm: float = 0.0
    slot: int = 0
    told: float = 1.0  # texts, those of long ago counting less
    _waiting: list[Profile] = field(default_factory=list)
    _weighed: int = 1
    _named: tuple[str, ...] | None = None
    _about: frozenset[str] | None = None

    @classmethod
    def of(cls, words: str, pieces: Numbers, weights: Weights, at: float) -> Profile:
        """The profile of one item; `pieces` are those of its words, sorted, each once."""
        norm = float(np.sqrt(weights @ weights))
        return cls(1, pieces, None, codes(words), sites(words), themes(words), at, at, weights, norm)

    def take(self, other: Profile, weigh: Weigh) -> bool:
        """Let another profile join; whether this one was weighed anew (large ones: grown by a tenth)."""
        self.n += other.n
        self.places = Counter(self.places) if isinstance(self.places, frozenset) else self.places
        self.places.update(other.places)
        self.themes = Counter(self.themes) if isinstance(self.themes, frozenset) else self.themes
        self.themes.update(other.themes)
        self._named = self._about = None
        if other.sites:
            self.sites = _both(self.sites, other.sites)
        self.first = min(self.first, other.first) or self.first or other.first
        last = max(self.last, other.last)
        self.told = faded(self.told, last - self.last) + faded(other.told, last - other.last)
        self.last = last
        self._waiting.append(other)
        if self.n >= _SMALL and self.n < 1.1 * self._weighed:
            return False
        self._weigh(weigh)
        return True

    def _weigh(self, weigh: Weigh) -> None:
        """Reckon the vector from the pieces as they count now."""
        pieces, counts = _counted([self, *(one for w in self._waiting for one in (w, *w._waiting))])
        self._waiting.clear()
        if len(pieces) > _MOST_PIECES:
            most = np.sort(np.argpartition(counts, -_MOST_PIECES // 2)[-_MOST_PIECES // 2 :])
            pieces, counts = pieces[most], counts[most]
        self.pieces, self.counts, self._weighed = pieces, counts, self.n
        shares = weigh(pieces) * (counts / np.float32(self.n)).astype(np.float32)
        self.vector = np.where(counts >= 2, shares, np.float32(0)) if self.n >= _ENOUGH else shares
        self.norm = float(np.sqrt(self.vector @ self.vector))

    def named(self) -> tuple[str, ...]:
        """The cities and districts it is about."""
        if self._named is None:
            self._named = _commonest(self.places)
        return self._named

    def about(self) -> frozenset[str]:
        """The kinds of thing it is about."""
        if self._about is None:
            self._about = _oftenest(self.themes)
        return self._about


def _oftenest(themes: Counter[str] | frozenset[str]) -> frozenset[str]:
    if isinstance(themes, frozenset):
        return themes
    most = max(themes.values(), default=0)
    return frozenset(theme for theme, count in themes.items() if count >= most * _OFTEN)


def faded(told: float, seconds: float) -> float:
    """What `told` texts count for after so many seconds."""
    return told * exp(-seconds / _FADES)


def _both(one: Sites, other: Sites) -> Sites:
    none: frozenset[str] = frozenset()
    return {kind: one.get(kind, none) | other.get(kind, none) for kind in one.keys() | other.keys()}


def _commonest(places: Counter[str] | frozenset[str]) -> tuple[str, ...]:
    if isinstance(places, frozenset):
        return tuple(code for code in places if len(code) >= 4)
    most = max(places.values(), default=0)
    return tuple(code for code, count in places.items() if count >= most * _OFTEN and len(code) >= 4)


def _counted(profiles: Sequence[Profile]) -> tuple[Numbers, NDArray[np.int32]]:
    """All pieces of these profiles, and in how many items each stands."""
    counts = [np.ones(len(p.pieces), np.int32) if p.counts is None else p.counts for p in profiles]
    pieces, places = np.unique(np.concatenate([p.pieces for p in profiles]), return_inverse=True)
    return pieces, np.bincount(places, np.concatenate(counts), len(pieces)).astype(np.int32)


def apart(a: Profile, b: Profile) -> float:
    """Seconds between the end of one and the beginning of the other; none where they overlap."""
    if not a.first or not b.first:
        return 0.0
    return max(b.first - a.last, a.first - b.last, 0.0)


def conflicts(a: Profile, b: Profile) -> tuple[bool, int, int]:
    """What speaks against it: other places, or earthquakes; kinds of houses, and of other sites, named apart.

    One happening may touch many of a kind, estates, roads, villages; seldom many houses of a kind.
    """
    elsewhere = conflict(a.named(), b.named())
    if not a.sites or not b.sites:
        return elsewhere, 0, 0
    kinds = [kind for kind in a.sites.keys() & b.sites.keys() if a.sites[kind].isdisjoint(b.sites[kind])]
    houses = sum(kind in _HOUSES for kind in kinds)
    return elsewhere or not _ELSEWHERE.isdisjoint(kinds), houses, len(kinds) - houses
