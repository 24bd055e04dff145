"""Is this text about our place? Evidence for and against, named; `unsure` when it does not suffice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ahocorasick_rs import AhoCorasick

from rules.places_divisions import Division, UnknownRegion, canonical, division, find_region, parent_codes
from rules.places_evidence import Evidence, weigh
from rules.places_names import Claim, Table, national_table, region_table
from rules.places_spans import Mention, Reader
from rules.verdict import Field, Hit, InPlace, Text

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
    """Judges texts for one region. Make it with `for_region`; it is read-only and may be shared by threads."""

    def __init__(self, region: Division, table: Table, media: Sequence[str]) -> None:
        self.region = region
        self._reader = Reader(table)
        own = [word for word, claims in table.items() if any(c.code.startswith(region.code) for c in claims)]
        self._own = AhoCorasick(own)
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
        table: Table = {**national_table(), **_merged(region.code)}
        for word in (*aliases, *local_names):
            if word.strip():
                table[word.strip()] = (Claim(region.code, "alias"),)
        for word in negative:
            table[word.strip()] = ()
        return cls(region, table, (*local_media, *_media_names(region)))

    def judge(self, text: Text) -> PlaceVerdict:
        """Yes, no or unsure, with the names found and the reasons."""
        local = self._local_source(text)
        fields: tuple[tuple[Field, str], ...] = (("title", text.title), ("text", text.text))
        if not any(s and self._own.find_matches_as_indexes(s) for _, s in fields):
            return _silent(local)
        mentions = [m for field, s in fields if s for m in self._reader.mentions(field, s, self.region.code)]
        return _verdict(weigh(mentions, self.region, local), local)

    def _local_source(self, text: Text) -> bool:
        media, url = text.media or "", (text.url or "").split("//")[-1].split("/")[0]
        return any(name in media or name in url for name in self._media) if media or url else False


def _merged(code: str) -> Table:
    national, own = national_table(), region_table(code)
    return {word: national.get(word, ()) + claims for word, claims in own.items()}


def _media_names(region: Division) -> tuple[str, ...]:
    """Names that make a medium local: those of the region itself (杭州网, 平安萧山), unless an ordinary word."""
    return tuple({region.name, region.short})


def _silent(local: bool) -> PlaceVerdict:
    """No name of ours anywhere."""
    if local:
        return PlaceVerdict("unsure", why=("文中没有本地地名，但来源是本地媒体",), local_source=True)
    return _ELSEWHERE


_ELSEWHERE = PlaceVerdict("no", why=("文中没有本地地名",))


def _verdict(evidence: Evidence, local: bool) -> PlaceVerdict:
    own: list[Mention] = evidence.own
    hits = tuple(Hit(m.field, m.start, m.end, m.word) for m in own)
    places = tuple(dict.fromkeys(m.word for m in own))
    return PlaceVerdict(evidence.decision, places, evidence.why, local, hits)
