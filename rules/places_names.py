"""Which words may name which place: one table for the whole country, and what one region adds to it.

A word with no claims is a namesake (新华社): it only keeps others from matching inside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from rules.places_divisions import GAZETTEER, Division, divisions, street_bearers, streets_of
from rules.text import fold

Kind = Literal["full", "short", "word", "street", "alias", "landmark", "shared", "group", "mark"]
"""How far a word can be trusted. `full` (新华区), `short` (萧山), `alias` (given, or an old name), `landmark`
and `group` (京津冀) stand by themselves. `word` (a short name and an ordinary word: 和平), `street` (one of
several of that name), `shared` (a landmark's or popular name of several) and `mark` (area code, plate) want
evidence."""

TRUSTED: frozenset[str] = frozenset({"full", "short", "alias", "landmark", "group"})
OVERSEAS = "00"


@dataclass(frozen=True, slots=True)
class Claim:
    """This word may mean the division `code` (OVERSEAS: a place outside the gazetteer)."""

    code: str
    kind: Kind


Table = dict[str, tuple[Claim, ...]]
_Draft = dict[str, list[Claim]]

_ORDINARY = frozenset({"n", "v", "vn", "a", "ad", "an", "b", "d", "m", "t", "s", "f", "i", "j", "l", "z"})
_GENERIC = frozenset({"城区", "郊区", "矿区", "新城区", "东区", "西区", "县", "市辖区"})


def lines(name: str) -> list[str]:
    """The entries of one of the gazetteer's text files, remarks and blanks left out."""
    text = (GAZETTEER / name).read_text(encoding="utf-8")
    stripped = (line.split("#", 1)[0].strip() for line in text.splitlines())
    return [line for line in stripped if line]


@cache
def _common_words() -> dict[str, bool]:
    """Short names of districts that are also ordinary words; True where the city's name is one too."""
    return {line.rstrip("*"): line.endswith("*") for line in lines("common_words.txt")}


def _is_common(place: Division) -> bool:
    starred = _common_words().get(place.short)
    return starred is not None and (place.level == "district" or (starred and place.level == "city"))


@cache
def national_table() -> Table:
    """Provinces, cities and districts by full and short name, other names, landmarks, and namesakes."""
    draft: _Draft = {}
    for place in divisions().values():
        for text, kind in division_names(place):
            _add(draft, text, Claim(place.code, kind))
    _add_file(draft, "other_names.tsv", "alias")
    _add_file(draft, "landmarks.tsv", "landmark")
    _add_marks(draft)
    for text in lines("overseas.txt"):
        _add(draft, text, Claim(OVERSEAS, "full"))
    for text in lines("namesakes.txt"):
        draft[fold(text)] = []
    return _closed(draft)


def _closed(draft: _Draft) -> Table:
    return {text: tuple(claims) for text, claims in draft.items()}


def _add(draft: _Draft, text: str, claim: Claim) -> None:
    claims = draft.setdefault(fold(text), [])
    if all(known.code != claim.code for known in claims):
        claims.append(claim)


def _add_file(draft: _Draft, name: str, usual: Kind) -> None:
    """Lines of name, division and kind; of the kinds only those of TRUSTED and `shared` are told apart."""
    for line in lines(name):
        text, code, *rest = line.split("\t")
        kind: Kind = "group" if rest == ["group"] else "shared" if rest == ["shared"] else usual
        _add(draft, text, Claim(code, kind))


def division_names(place: Division) -> Iterable[tuple[str, Kind]]:
    """Full and short name of a province, city or district, each with its kind."""
    if place.hollow:
        return
    yield place.name, "word" if place.name in _GENERIC else "full"
    if place.short != place.name:
        yield place.short, "word" if _is_common(place) else "short"
    if place.name.endswith("技术产业开发区"):
        yield place.name.replace("技术产业开发区", "区"), "full"
        yield "高新区", "shared"
    if place.name.endswith("经济技术开发区"):
        yield place.name.replace("经济技术开发区", "经开区"), "full"
        yield "经开区", "shared"


def region_table(code: str) -> Table:
    """What belongs to the region besides the national table: its streets and towns."""
    draft: _Draft = {}
    own = streets_of(code) if len(code) >= 4 else ()
    borne = street_bearers() if own else {}
    for street in own:
        _add(draft, street.name, Claim(street.code, "street" if borne[street.name] > 1 else "full"))
        if street.short != street.name and (len(street.short) > 2 or len(code) >= 6):
            _add(draft, street.short, Claim(street.code, "shared"))
    return _closed(draft)


def _add_marks(draft: _Draft) -> None:
    """Area codes and number plates."""
    for file in ("phone_codes.tsv", "plates.tsv"):
        for line in lines(file):
            text, owner, *_ = line.split("\t")
            _add(draft, text, Claim(owner, "mark"))


def given_names(code: str, aliases: Sequence[str], inside: Sequence[str]) -> Table:
    """What the station calls itself, and names inside it; of these an ordinary word (联盟) wants evidence."""
    table: Table = {fold(a.strip()): (Claim(code, "alias"),) for a in aliases if a.strip()}
    for name in (n.strip() for n in inside):
        if name:
            table.setdefault(fold(name), (Claim(code, "shared" if _is_ordinary(name) else "alias"),))
    return table


def _is_ordinary(name: str) -> bool:
    if len(name) > 2:
        return False
    import rjieba  # late: its dictionary takes a tenth of a second, and most starts never ask

    tagged = rjieba.tag(name, hmm=False)
    return name in _common_words() or (len(tagged) == 1 and tagged[0][1] in _ORDINARY)


def namesakes(phrases: Sequence[str]) -> Table:
    """Phrases that mean no place, whatever they hold."""
    return {fold(phrase.strip()): () for phrase in phrases if phrase.strip()}


def merged(*tables: Table) -> Table:
    """The claims of all; a table without claims for a word silences the earlier ones."""
    out: Table = {}
    for table in tables:
        for text, claims in table.items():
            known = out.get(text, ())
            fresh = tuple(c for c in claims if all(c.code != k.code for k in known))
            out[text] = (*known, *fresh) if claims else ()
    return out
