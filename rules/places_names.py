"""Which words may name which place: one table for the whole country, and what one region adds to it.

A claim says: this word may mean that division. `kind` is how far the word can be trusted by itself:
`full` (新华区), `short` (萧山), `word` (a short name that is also an ordinary word: 和平, 大厂), `street`,
`alias` (given by the station or old and popular names), `landmark`, `mark` (area code, plate).
A word with no claims is a namesake (新华社): it only keeps others from matching inside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from rules.places_divisions import GAZETTEER, Division, divisions, streets_of


@dataclass(frozen=True, slots=True)
class Claim:
    """This word may mean the division `code`; `kind` as in the module's docstring."""

    code: str
    kind: str


Table = dict[str, tuple[Claim, ...]]


def lines(name: str) -> list[str]:
    """The entries of one of the gazetteer's text files, remarks and blanks left out."""
    text = (GAZETTEER / name).read_text(encoding="utf-8")
    stripped = (line.split("#", 1)[0].strip() for line in text.splitlines())
    return [line for line in stripped if line]


@cache
def common_words() -> frozenset[str]:
    """Short names that are also ordinary words."""
    return frozenset(lines("common_words.txt"))


@cache
def national_table() -> Table:
    """Provinces, cities and districts by full and short name, other names and landmarks, and namesakes."""
    table: dict[str, list[Claim]] = {}
    for place in divisions().values():
        for text, kind in division_names(place):
            _add(table, text, Claim(place.code, kind))
    for file, kind in (("other_names.tsv", "alias"), ("landmarks.tsv", "landmark")):
        for line in lines(file):
            text, code, *_ = line.split("\t")
            _add(table, text, Claim(code, kind))
    for text in lines("namesakes.txt"):
        table[text] = []
    return {text: tuple(claims) for text, claims in table.items()}


def _add(table: dict[str, list[Claim]], text: str, claim: Claim) -> None:
    claims = table.setdefault(text, [])
    if all(known.code != claim.code for known in claims):
        claims.append(claim)


def division_names(place: Division) -> Iterable[tuple[str, str]]:
    """Full and short name of a province, city or district, each with its kind."""
    if place.hollow:
        return
    yield place.name, "full"
    if place.short != place.name:
        yield place.short, "word" if place.short in common_words() else "short"


def region_table(code: str) -> Table:
    """What belongs to the region besides the national table: its streets, area code and plates."""
    table: dict[str, list[Claim]] = {}
    for street in streets_of(code) if len(code) >= 4 else ():
        for text in {street.name, street.short + "街道" if street.name.endswith("街道") else street.name}:
            _add(table, text, Claim(street.code, "street"))
    city = code[:4]
    for file in ("phone_codes.tsv", "plates.tsv"):
        for line in lines(file):
            text, owner, *_ = line.split("\t")
            if len(code) >= 2 and owner.startswith(city):
                _add(table, text, Claim(owner, "mark"))
    return {text: tuple(claims) for text, claims in table.items()}
