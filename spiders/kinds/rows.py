"""A row of a table, a JSON object or a pushed record, made a Page by naming its columns.

Column names come from the source's `mapping` (field: column or dotted path), else from the preset that
knows most of the row's columns (`presets.yaml`: 12345 exports, provincial and municipal platforms).
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from typing import Any
from urllib.parse import quote

import yaml

from spiders.dates import CHINA, parse_stamp, parse_time
from spiders.kinds.paths import number, pick
from spiders.page import Counts, Page, PageKind
from spiders.plain import plain_text
from spiders.source import Source

_COUNTS = ("views", "likes", "comments", "reposts", "rank")
_CARRIED = ("number", "category", "place", "street", "unit", "status", "sentiment", "phone", "anonymous")


@dataclass(frozen=True, slots=True)
class Preset:
    """Columns of one sort of export: field to the headings it goes by, and what its rows are."""

    name: str
    title: str
    kind: PageKind
    columns: Mapping[str, tuple[str, ...]]

    def known(self, headings: frozenset[str]) -> int:
        """How many of its fields these headings cover."""
        return sum(any(one in headings for one in names) for names in self.columns.values())


@functools.cache
def presets() -> Mapping[str, Preset]:
    """The shipped presets by name."""
    text = resources.files("spiders.kinds").joinpath("presets.yaml").read_text("utf-8")
    return {
        name: Preset(name, raw["title"], raw["kind"], {k: tuple(v) for k, v in raw["columns"].items()})
        for name, raw in yaml.safe_load(text).items()
    }


def page_of(source: Source, row: Mapping[str, Any], fetched_at: datetime) -> Page | None:
    """The row as a Page; None where it has neither title nor text. `phone` stays apart in `extra`."""
    preset = _preset(source, frozenset(map(str, row)))
    got = _fields(source, preset, row)
    title, text = _text(got.get("title")), plain_text(_text(got.get("text")))
    if not title and not text:
        return None
    moment, has_minute = _moment(got.get("published_at"), fetched_at)
    return Page(
        source.id,
        _address(source, got, title, text),
        title or text.splitlines()[0][:60],
        text,
        _kind(source, got, preset),
        fetched_at,
        published_at=moment,
        has_minute=has_minute,
        media=_text(got.get("media")) or source.media,
        author=_text(got.get("author")) or None,
        counts=_counts(got),
        extra={name: _text(got[name]) for name in _CARRIED if _text(got.get(name))},
    )


def _preset(source: Source, headings: frozenset[str]) -> Preset | None:
    if source.format in presets():
        return presets()[source.format]
    best = max(presets().values(), key=lambda preset: preset.known(headings))
    return best if best.known(headings) >= 2 else None


def _fields(source: Source, preset: Preset | None, row: Mapping[str, Any]) -> dict[str, Any]:
    got = {name: row.get(path, pick(row, path)) for name, path in source.mapping.items()}
    for name, headings in preset.columns.items() if preset else ():
        if got.get(name) in (None, ""):
            got[name] = next((row[one] for one in headings if row.get(one) not in (None, "")), None)
    return got


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _kind(source: Source, got: Mapping[str, Any], preset: Preset | None) -> PageKind:
    if source.format == "lead":
        return "lead"
    kind = got.get("kind")
    if kind in ("article", "forum", "hot", "lead", "other"):
        return kind  # type: ignore[no-any-return]
    return preset.kind if preset else "article"


def _moment(value: Any, fetched_at: datetime) -> tuple[datetime | None, bool]:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=CHINA)).astimezone(UTC), True
    if value in (None, ""):
        return None, True
    if isinstance(value, int | float) or re.fullmatch(r"\d{10}(\d{3})?", str(value).strip()):
        found = parse_stamp(value, fetched_at)
    else:
        found = parse_time(str(value), fetched_at)
    return (found.at, found.has_minute) if found else (None, True)


def _counts(got: Mapping[str, Any]) -> Counts:
    whole = {name: int(figure) for name in _COUNTS if (figure := number(got.get(name))) is not None}
    return Counts(**whole, heat=number(got.get("heat")))


def _address(source: Source, got: Mapping[str, Any], title: str, text: str) -> str:
    """The row's own address, else one made of its number or its words: the same row is the same page."""
    url = _text(got.get("url"))
    if url.startswith(("http://", "https://")):
        return url
    key = _text(got.get("number")) or hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()[:24]
    return f"lead:{source.id}/{quote(key)}"
