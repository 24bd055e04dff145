"""All rules together, ready to run: which rules hold for a text, and where.

Compiled rules are kept in a cache file named by the ruleset's hash (JSON, never pickle), so that a start with
thousands of rules stays short.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rules.compiling import Compiler, triggers
from rules.language import Node
from rules.match import MEDIA, Found, Match, Scanner, holds, matches, touch
from rules.pack import Rule, RuleSet, TopicInfo, Units, digest, load
from rules.text import Normalised

FORMAT = 3  # of the cache file; raise it when the meaning of trees or rules changes


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that holds, with the stretches that made it so."""

    rule: Rule
    matches: tuple[Match, ...]
    level: int | None = None


@dataclass(frozen=True, slots=True)
class _Compiled:
    rule: Rule
    when: Node
    unless: tuple[Node, ...]
    levels: tuple[tuple[int, Node], ...]


class Engine:
    """Read-only once made; may be shared by threads."""

    def __init__(self, ruleset: RuleSet, names: Sequence[str] = ()) -> None:
        """`names`: words looked for in the same pass though no rule asks for them; see `named`."""
        self.ruleset = ruleset
        self._numbers = {rule.id: i for i, rule in enumerate(ruleset.rules)}
        self._cues = {i for i, rule in enumerate(ruleset.rules) if rule.topic is None}
        compiler = Compiler(ruleset.lists, self._numbers)
        self._rules = [_compile(rule, compiler) for rule in ruleset.rules]
        self._names = {next(iter(compiler.compile(("term", n))[1])): n for n in names if len(n) > 1}
        self._scanner = Scanner(compiler.literals)
        self._lengths = [len(word) for word in compiler.literals]
        self._triggered: dict[int, tuple[int, ...]] = {}
        self._always: list[int] = []
        self._index()

    def _index(self) -> None:
        by_term: dict[int, list[int]] = {}
        for number, compiled in enumerate(self._rules):
            needed = triggers(compiled.when, self._lengths)
            if needed is None:
                self._always.append(number)
            for term in needed or ():
                by_term.setdefault(term, []).append(number)
        self._triggered = {term: tuple(numbers) for term, numbers in by_term.items()}

    def scan(self, normalised: Normalised, places: Callable[[], Sequence[str]]) -> Found:
        """The one pass over a text."""
        fields = (normalised.title, normalised.text, normalised.media)
        return Found(fields, self._scanner.scan(normalised), places, self._holds)

    def named(self, found: Found) -> list[str]:
        """Which of the `names` stand in a text."""
        return [self._names[term] for term in found.terms if term in self._names]

    def fired(self, found: Found) -> list[Fired]:
        """The rules that hold, in the order of the packs."""
        return self._those(self._candidates(found), found)

    def topical(self, found: Found) -> list[Fired]:
        """Those of a topic: they alone decide whether the cues are worth asking."""
        return self._those(self._candidates(found) - self._cues, found)

    def cues(self, found: Found) -> list[Fired]:
        """Those without a topic."""
        return self._those(self._candidates(found) & self._cues, found)

    def holds(self, rule_id: str, found: Found) -> bool:
        """Whether one rule holds; an unknown one does not."""
        number = self._numbers.get(rule_id)
        return number is not None and found.rule(number)

    def _candidates(self, found: Found) -> set[int]:
        get = self._triggered.get
        candidates = {number for term in found.terms for number in get(term, ())}
        candidates.update(self._always)
        return candidates

    def _those(self, candidates: set[int], found: Found) -> list[Fired]:
        return [f for number in sorted(candidates) if (f := self.fire(number, found)) is not None]

    def fire(self, number: int, found: Found) -> Fired | None:
        """One rule, if it holds."""
        compiled = self._rules[number]
        if not holds(compiled.when, found):
            return None
        seen = found
        for exception in compiled.unless:
            remaining = _without(exception, seen, compiled.when)
            if remaining is None:
                return None
            seen = remaining
        level = next((n for n, node in compiled.levels if holds(node, found)), None)
        return Fired(compiled.rule, tuple(matches(compiled.when, seen)), level)

    def _holds(self, found: Found, number: int) -> bool:
        return number >= 0 and self.fire(number, found) is not None

    def compiled(self, number: int) -> tuple[Node, tuple[Node, ...]]:
        """The trees of a rule in the form that `holds` reads: its condition and its exceptions."""
        compiled = self._rules[number]
        return compiled.when, compiled.unless


def _without(exception: Node, found: Found, when: Node) -> Found | None:
    """What is left when an exception holds: nothing, or the text without the words it covers.

    An exception that only ever covers words of the rule itself (停水果 around 停水) takes those away and no
    more; one that stands elsewhere excludes the rule.
    """
    if not holds(exception, found):
        return found
    covers = [m.span for m in matches(exception, found)]
    pieces = [p for m in matches(when, found) for p in m.pieces]
    if not covers or not all(any(touch(c, p) for p in pieces) for c in covers):
        return None
    rest = found.without(covers)
    return rest if holds(when, rest) else None


def _compile(rule: Rule, compiler: Compiler) -> _Compiled:
    return _Compiled(
        rule,
        compiler.compile(rule.when),
        tuple(map(compiler.compile, rule.unless)),
        tuple((level, compiler.compile(node)) for level, node in rule.levels),
    )


# --- the cache -----------------------------------------------------------------------------------------


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


__all__ = ["MEDIA", "Engine", "Fired", "cache_folder", "open_ruleset"]
