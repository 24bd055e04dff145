"""The districts whose names occur in two provinces or more, and sentences about them made from templates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.places_divisions import Division, divisions, parents


@dataclass(frozen=True)
class Case:
    """A text for a region, and what is right. `media`: the medium, if one is given."""

    region: str
    title: str
    right: str
    media: str | None = None


def namesakes() -> dict[str, list[Division]]:
    """Districts by name, for the names that occur in two provinces or more."""
    holders: dict[str, list[Division]] = defaultdict(list)
    for place in divisions().values():
        if place.level == "district" and not place.hollow:
            holders[place.name].append(place)
    return {n: ps for n, ps in holders.items() if len({p.code[:2] for p in ps}) > 1}


def made(templates: Mapping[str, Sequence[str]]) -> Iterator[Case]:
    """Every template for every such district, against a namesake in another province."""
    for name, places in namesakes().items():
        for place in places:
            rival = next(r for r in places if r.code[:2] != place.code[:2])
            words = {"n": name, "c": _city(place), "p": _province(place)}
            words |= {"rc": _city(rival), "rp": _province(rival)}
            for right, sentences in templates.items():
                for sentence in sentences:
                    yield Case(place.code, sentence.format(**words), right)


def _city(place: Division) -> str:
    named = [d for d in parents(place.code) if not d.hollow]
    return named[-1].short


def _province(place: Division) -> str:
    return parents(place.code)[0].short
