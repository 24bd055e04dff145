"""The one Aho–Corasick pass over all literals of all rules."""

from __future__ import annotations

from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick

from rules.found import Raw
from rules.text import Normalised, Plain


class Scanner:
    """Finds literals by number. Read-only; may be shared by threads."""

    def __init__(self, literals: Sequence[str]) -> None:
        self._reach = max(map(len, literals), default=0)
        self._find = AhoCorasick(list(literals), store_patterns=False).find_matches_as_indexes

    def scan(self, normalised: Normalised) -> list[Raw]:
        """Every literal found, with where, field by field."""
        body, media = normalised.text, normalised.media
        return [
            self._scan(normalised.title),
            self._scan(body) if body.text else [],
            self._scan(media) if media.text else [],
        ]

    def _scan(self, plain: Plain) -> Raw:
        hits: Raw = self._find(plain.text, True)
        return hits + self._squeezed(plain) if plain.cuts else hits

    def _squeezed(self, plain: Plain) -> Raw:
        """Only words that reach across something taken out; the others have been found already."""
        hits: Raw = []
        for squeezed in plain.squeezed(self._reach):
            text = squeezed.text
            for term, first, last in self._find(text, True):
                start, end = squeezed.span(first, last)
                if end - start != last - first or text[first:last] != plain.text[start:end]:
                    hits.append((term, start, end))
        return hits
