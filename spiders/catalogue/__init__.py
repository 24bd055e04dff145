"""The shipped catalogue of public sources, and its skeleton for any district.

Nothing here is enabled: an address that nobody fetched and tried ships unchecked, one that nobody is sure of
ships empty, for the administrator to fill (DOMAIN.md §8.4, the register of sources).
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

from spiders.source import Source

BOOKS = ("national-hot", "national", "hebei", "shijiazhuang", "130105")
"""The catalogues by file name: national hot lists, national, province, city, district."""


def _raw(book: str) -> str:
    return resources.files("spiders.catalogue").joinpath(f"{book}.yaml").read_text("utf-8")


@cache
def book(name: str) -> tuple[Source, ...]:
    """One catalogue's sources."""
    return tuple(map(Source.parse, yaml.safe_load(_raw(name))["sources"]))


def shipped() -> tuple[Source, ...]:
    """All catalogues of 石家庄市新华区, widest first."""
    return tuple(source for name in BOOKS for source in book(name))


def skeleton(code: str, district: str, city: str, province: str) -> list[dict[str, Any]]:
    """The entries another district starts from, by the full names of its divisions; no address made up."""
    text = _raw("template")
    given = {
        "{district}": district,
        "{city}": city,
        "{province}": province,
        "{code}": code,
        "{id}": f"d{code}",
    }
    for hole, word in given.items():
        text = text.replace(hole, word)
    entries: list[dict[str, Any]] = yaml.safe_load(text)["sources"]
    for entry in entries:
        Source.parse(entry)
    return entries
