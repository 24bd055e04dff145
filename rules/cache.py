"""Rules once read are kept in a file named by their hash (JSON, never pickle), for a quick start."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from rules.pack import Rule, RuleSet, TopicInfo, Units, digest, load

FORMAT = 3  # of the cache file; raise it when the meaning of trees or rules changes


def open_ruleset(files: Sequence[Path], known_units: Iterable[str], cache: Path | None = None) -> RuleSet:
    """The rules of these files, from the cache when their hash is in it."""
    folder = cache or cache_folder()
    known = sorted(known_units)
    path = folder / f"rules-{FORMAT}-{digest(files)}.json"
    kept = _read(path, known)
    if kept is not None:
        return kept
    ruleset = load(files, known)
    _write(path, ruleset, known)
    return ruleset


def cache_folder() -> Path:
    """Where compiled rules are kept: CAIFENG_CACHE, or the user's own cache folder."""
    if own := os.environ.get("CAIFENG_CACHE"):
        return Path(own)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "caifeng"


def _write(path: Path, ruleset: RuleSet, known: Sequence[str]) -> None:
    body = {
        "units": list(known),
        "hash": ruleset.hash,
        "lists": ruleset.lists,
        "topics": [[t.id, t.name, t.units.lead, t.units.assist] for t in ruleset.topics.values()],
        "rules": [_flat(rule) for rule in ruleset.rules],
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
            json.dump(body, file, ensure_ascii=False, separators=(",", ":"))
        Path(file.name).replace(path)
    except OSError:
        return  # a cache that cannot be written costs time, nothing else


def _flat(rule: Rule) -> list[Any]:
    units = [rule.units.lead, rule.units.assist]
    return [units if name == "units" else getattr(rule, name) for name in Rule.__slots__]


def _read(path: Path, known: Sequence[str]) -> RuleSet | None:
    try:
        body = json.loads(path.read_bytes())
        if body["units"] != list(known):
            return None
        return RuleSet(
            tuple(map(_rule, body["rules"])),
            {t[0]: TopicInfo(t[0], t[1], Units(t[2], tuple(t[3]))) for t in body["topics"]},
            {name: tuple(words) for name, words in body["lists"].items()},
            body["hash"],
        )
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None


def _rule(flat: Sequence[Any]) -> Rule:
    values = dict(zip(Rule.__slots__, flat, strict=True))
    lead, assist = values["units"]
    values["units"] = Units(lead, tuple(assist))
    values["levels"] = tuple((level, node) for level, node in values["levels"])
    return Rule(**values)
