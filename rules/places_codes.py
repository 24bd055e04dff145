"""Which divisions a short text names, without asking whose text it is: for telling happenings apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick

from rules.places_names import OVERSEAS, TRUSTED, Claim, national_table
from rules.text import fold


@cache
def _names() -> tuple[AhoCorasick, tuple[tuple[Claim, ...], ...]]:
    table = {word: claims for word, claims in national_table().items() if len(word) > 1}
    return AhoCorasick(list(table)), tuple(table.values())


@lru_cache(4096)
def codes(text: str) -> frozenset[str]:
    """The finest divisions named without doubt: 河北兴隆 → 130822, 杭州 → 3301.

    An ordinary word that is also a county's short name counts right after its superior's name only.
    """
    found = set(_certain(fold(text)))
    return frozenset(c for c in found if not any(o != c and o.startswith(c) for o in found))


def _certain(text: str) -> Iterator[str]:
    automaton, claims = _names()
    spans = sorted(
        (
            (start, end, index)
            for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True)
        ),
        key=lambda span: (span[0], -span[1]),
    )
    above: frozenset[str] = frozenset()
    edge = 0
    for start, end, index in spans:
        if start < edge:
            continue
        meant = _meant(claims[index], above if start == edge else frozenset())
        if meant:
            edge, above = end, meant
            if len(meant) == 1:
                yield from meant


def _meant(claims: Iterable[Claim], above: frozenset[str]) -> frozenset[str]:
    mine = [c for c in claims if c.code != OVERSEAS]
    under = frozenset(c.code for c in mine if any(c.code.startswith(code) for code in above))
    return under or frozenset(c.code for c in mine if c.kind in TRUSTED)


def conflict(a: Iterable[str], b: Iterable[str]) -> bool:
    """Whether two texts name cities or districts of which none holds another."""
    fine_a, fine_b = ([c for c in side if len(c) >= 4] for side in (a, b))
    if not fine_a or not fine_b:
        return False
    return not any(x.startswith(y) or y.startswith(x) for x in fine_a for y in fine_b)
