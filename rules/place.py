"""Is this text about our place? Evidence for and against, named; `unsure` when it does not suffice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from rules.places_divisions import Division, UnknownRegion, canonical, division, find_region
from rules.places_evidence import Evidence, weigh
from rules.places_names import Table, given_names, merged, namesakes, national_table, region_table
from rules.places_spans import Reader
from rules.text import Normalised, fold, normalise
from rules.verdict import Field, Hit, InPlace, Text

_LONGEST = 20_000
"""Of a field only so many characters are read: what it is about has been said by then."""
_MOST = 200
"""Of the names in a field only so many are weighed, each against all others; one with more is a list."""

__all__ = ["Division", "PlaceJudge", "PlaceVerdict", "UnknownRegion", "find_region"]


@dataclass(frozen=True, slots=True)
class PlaceVerdict:
    """Whether a text concerns the region, and why.

    `places`: the names of ours that were found; `local_source`: the medium or site is local;
    `hits`: where those names stand in the original.
    """

    in_place: InPlace
    places: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    local_source: bool = False
    hits: tuple[Hit, ...] = ()


class PlaceJudge:
    """Judges texts for one region. Made by `for_region`; read-only, may be shared by threads."""

    def __init__(self, region: Division, table: Table, media: Sequence[str]) -> None:
        self.region = region
        self._reader = Reader(table)
        self._quick = AhoCorasick([w for w in table if len(w) > 1 and _may_count(table, w, region.code)])
        self._media = tuple(media)

    @classmethod
    def for_region(
        cls,
        code: str,
        *,
        aliases: Sequence[str] = (),
        local_names: Sequence[str] = (),
        local_media: Sequence[str] = (),
        negative: Sequence[str] = (),
    ) -> PlaceJudge:
        """The judge of a division, by its code in any accepted form.

        `aliases`: other names of the region itself; `local_names`: names inside it (compounds, schools,
        rivers); `local_media`: names or hosts of media that report from here; `negative`: phrases that hold
        one of our names and mean something else. Raises UnknownRegion naming the nearest division.
        """
        region = division(canonical(code))
        own = {**region_table(region.code)}
        given = given_names(region.code, aliases, local_names)
        table = {**merged(national_table(), own), **given, **namesakes(negative)}
        return cls(region, table, (*local_media, region.name, region.short))

    def judge(self, text: Text, normalised: Normalised | None = None) -> PlaceVerdict:
        """Yes, no or unsure, with the names found and the reasons. `normalised`: the text, if at hand."""
        local = self._local_source(text)
        seen = normalised or normalise(text)
        title, body = seen.title.text[:_LONGEST], seen.text.text[:_LONGEST]
        find = self._quick.find_matches_as_indexes
        if not (local or find(title) or (body and find(body))):
            return _SILENT
        fields: tuple[tuple[Field, str], ...] = (
            ("title", title), ("text", body), ("media", fold(text.media or "")),
        )  # fmt: skip
        mentions = [m for field, seen in fields for m in self._reader.mentions(field, seen)[:_MOST]]
        return _verdict(weigh(mentions, self.region, local), local, text)

    def _local_source(self, text: Text) -> bool:
        if not (text.media or text.url):
            return False
        media, host = text.media or "", (text.url or "").split("//")[-1].split("/")[0]
        return any(name in media or name in host for name in self._media)


def _may_count(table: Table, word: str, code: str) -> bool:
    """Whether a word can make a difference: one of ours, or (for a district) of the city above it."""
    return any(
        c.code.startswith(code) or (len(code) == 6 and len(c.code) == 4 and code.startswith(c.code))
        for c in table[word]
    )


_SILENT = PlaceVerdict("no", why=("文中没有本地地名",))


def _verdict(evidence: Evidence, local: bool, text: Text) -> PlaceVerdict:
    originals: dict[Field, str] = {"title": text.title, "text": text.text}
    hits = tuple(Hit(m.field, m.start, m.end, originals[m.field][m.start : m.end]) for m in evidence.own)
    places = tuple(dict.fromkeys(m.word for m in evidence.own))
    return PlaceVerdict(evidence.decision, places, evidence.why, local, hits)
