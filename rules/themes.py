"""What kinds of thing a short text is about: rain, fire, school, wages. For telling happenings apart.

Wide sets of everyday words: first report and follow-up of a flood share no word, yet both speak of water.
Words that any follow-up uses (通报, 调查, 伤亡) are in none.
"""

from __future__ import annotations

from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick

from rules.text import LEXICONS, fold


@cache
def _automaton() -> tuple[AhoCorasick, tuple[str, ...]]:
    rows = (LEXICONS / "themes.txt").read_text("utf-8").splitlines()
    kinds = (row.split(": ") for row in rows if not row.startswith("#"))
    told = [(word, kind) for kind, words in kinds for word in words.split()]
    return AhoCorasick([word for word, _ in told]), tuple(kind for _, kind in told)


@lru_cache(4096)
def themes(text: str) -> frozenset[str]:
    """The kinds of thing named in a text, none where it names none."""
    automaton, kinds = _automaton()
    found = automaton.find_matches_as_indexes(fold(text), overlapping=True)
    return frozenset(kinds[index] for index, _, _ in found)
