"""All rules together, ready to run: which rules hold for a text, and where."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from rules.compiling import Compiler, characters, needs, sure, triggers, watcher
from rules.found import TITLE, Found, Sign, Span, touch
from rules.language import Node
from rules.match import holds, matches, words
from rules.pack import Rule, RuleSet
from rules.scanner import Scanner
from rules.text import Normalised


class Fired:
    """A rule that holds, with the words that made it so and the level it asks for."""

    __slots__ = ("_count", "_pieces", "_seen", "_when", "level", "rule")

    def __init__(self, rule: Rule, level: int | None, when: Node, seen: Found) -> None:
        self.rule, self.level, self._when, self._seen = rule, level, when, seen
        self._pieces: tuple[Span, ...] | None = None
        self._count = 0

    @property
    def pieces(self) -> tuple[Span, ...]:
        """The words that made it hold, each once, in the order of the text; found when first asked for."""
        if self._pieces is None:
            self._count, spans = words(self._when, self._seen)
            self._pieces = tuple(sorted(set(spans)) if len(spans) > 1 else spans)
        return self._pieces

    @property
    def count(self) -> int:
        """How often it holds."""
        return self._count if self.pieces else 0

    @property
    def in_title(self) -> bool:
        """Whether one of its words stands in the title."""
        pieces = self.pieces
        return bool(pieces) and pieces[0][0] == TITLE


_Guarded = tuple[frozenset[Sign] | None, Node]
"""An expression, and words one of which it wants, so that it is mostly not even asked."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    rule: Rule
    when: Node
    needs: tuple[frozenset[Sign], ...]
    sure: bool  # holds where its needs are met
    wary: frozenset[Sign] | None  # words without which no exception holds; None: some may hold without any
    unless: tuple[_Guarded, ...]
    levels: tuple[tuple[int, _Guarded], ...]


class Engine:
    """Read-only once made; may be shared by threads."""

    def __init__(self, ruleset: RuleSet, names: Sequence[str] = ()) -> None:
        """`names`: words looked for in the same pass though no rule asks for them; see `named`."""
        self.ruleset = ruleset
        self._numbers = {rule.id: i for i, rule in enumerate(ruleset.rules)}
        compiler = Compiler(ruleset.lists, self._numbers)
        trees = [_trees(rule, compiler) for rule in ruleset.rules]
        self._names = {
            next(iter(compiler.compile(("term", name))[1])): (rank, name)
            for rank, name in enumerate(names)
            if len(name) > 1
        }
        self._scanner = Scanner(compiler.literals)
        lengths = [len(word) for word in compiler.literals]
        self._rules = [_compiled(r, t, lengths) for r, t in zip(ruleset.rules, trees, strict=True)]
        self._topical, self._cues = _Waiting(), _Waiting()
        for number, (rule, tree) in enumerate(zip(ruleset.rules, trees, strict=True)):
            waiting = self._cues if rule.topic is None else self._topical
            waiting.add(number, triggers(tree[0], lengths), self._rules[number].needs)
        self._watch = watcher(compiler.watched | characters(self._waited_for()))

    def _waited_for(self) -> Iterator[Collection[Sign]]:
        """All that rules, their exceptions and levels wait for."""
        yield from (self._topical.signs, self._cues.signs)
        for compiled in self._rules:
            yield from compiled.needs
            guarded = [*compiled.unless, *(g for _, g in compiled.levels)]
            yield from (wanted for wanted, _ in guarded if wanted is not None)

    def scan(self, normalised: Normalised, places: Callable[[], Sequence[str]]) -> Found:
        """The one pass over a text."""
        fields = (normalised.title, normalised.text, normalised.media)
        return Found(fields, self._scanner.scan(normalised), places, self._holds, self._watch)

    def named(self, found: Found) -> list[str]:
        """Which of the `names` stand in a text, in their own order."""
        names = self._names
        return [name for _, name in sorted([names[term] for term in found.terms if term in names])]

    def fired(self, found: Found) -> list[Fired]:
        """The rules that hold, in the order of the packs."""
        called = [*self._topical.called(found.signs), *self._cues.called(found.signs)]
        return [f for number in sorted(called) if (f := self.fire(number, found)) is not None]

    def topical(self, found: Found) -> list[Fired]:
        """Those of a topic: they alone decide whether the cues are worth asking."""
        return [f for number in self._topical.called(found.signs) if (f := self.fire(number, found))]

    def cues(self, found: Found) -> list[Fired]:
        """Those without a topic."""
        return [f for number in self._cues.called(found.signs) if (f := self.fire(number, found))]

    def holds(self, rule_id: str, found: Found) -> bool:
        """Whether one rule holds; an unknown one does not."""
        number = self._numbers.get(rule_id)
        return number is not None and found.rule(number)

    def fire(self, number: int, found: Found) -> Fired | None:
        """One rule, if it holds."""
        compiled = self._rules[number]
        seen = _seen(compiled, found)
        if seen is None:
            return None
        level = None
        if compiled.levels:
            level = next((n for n, node in compiled.levels if _holds_guarded(node, found)), None)
        return Fired(compiled.rule, level, compiled.when, seen)

    def _holds(self, found: Found, number: int) -> bool:
        return number >= 0 and _seen(self._rules[number], found) is not None

    def compiled(self, number: int) -> tuple[Node, tuple[Node, ...]]:
        """The trees of a rule in the form that `holds` reads: its condition and its exceptions."""
        compiled = self._rules[number]
        return compiled.when, tuple(node for _, node in compiled.unless)


class _Waiting:
    """Rules by the words they wait for, and what else they need."""

    def __init__(self) -> None:
        self._by_sign: dict[Sign, list[int]] = {}
        self._always: list[int] = []
        self._further: dict[int, tuple[frozenset[Sign], ...]] = {}

    def add(self, number: int, signs: frozenset[Sign] | None, needs: Sequence[frozenset[Sign]]) -> None:
        if signs is None:
            self._always.append(number)
        for sign in signs or ():
            self._by_sign.setdefault(sign, []).append(number)
        if further := tuple(need for need in needs if need != signs):
            self._further[number] = further

    @property
    def signs(self) -> Collection[Sign]:
        """What any of them waits for."""
        return self._by_sign.keys()

    def called(self, signs: Set[Sign]) -> list[int]:
        """The rules that may hold, in the order of the packs."""
        called = set(self._always)
        called.update(*map(self._by_sign.__getitem__, self._by_sign.keys() & signs))
        further = self._further
        return [number for number in sorted(called) if number not in further or _met(further[number], signs)]


def _met(needs: Iterable[frozenset[Sign]], signs: Set[Sign]) -> bool:
    for need in needs:  # noqa: SIM110 - spelt out: this is where the time goes
        if need.isdisjoint(signs):
            return False
    return True


def _seen(compiled: _Compiled, found: Found) -> Found | None:
    """The text as a rule that holds sees it, without what its exceptions cover; None when it fails."""
    signs = found.signs
    if not _met(compiled.needs, signs):
        return None
    if not compiled.sure and not holds(compiled.when, found):
        return None
    if not compiled.unless or (compiled.wary is not None and compiled.wary.isdisjoint(signs)):
        return found
    seen = found
    for exception in compiled.unless:
        if _holds_guarded(exception, seen):
            remaining = _without(exception[1], seen, compiled.when)
            if remaining is None:
                return None
            seen = remaining
    return seen


def _holds_guarded(guarded: _Guarded, found: Found) -> bool:
    wanted, node = guarded
    return (wanted is None or not wanted.isdisjoint(found.signs)) and holds(node, found)


def _without(exception: Node, found: Found, when: Node) -> Found | None:
    """What is left where an exception holds: nothing, or the text without the words it covers.

    An exception that only ever covers words of the rule itself (停水果 around 停水) takes those away and no
    more; one that stands elsewhere excludes the rule.
    """
    covers = [m.span for m in matches(exception, found)]
    pieces = [p for m in matches(when, found) for p in m.pieces]
    if not covers or not all(any(touch(c, p) for p in pieces) for c in covers):
        return None
    rest = found.without(covers)
    return rest if holds(when, rest) else None


_Trees = tuple[Node, tuple[Node, ...], tuple[tuple[int, Node], ...]]


def _trees(rule: Rule, compiler: Compiler) -> _Trees:
    return (
        compiler.compile(rule.when),
        tuple(map(compiler.compile, rule.unless)),
        tuple((level, compiler.compile(node)) for level, node in rule.levels),
    )


def _compiled(rule: Rule, trees: _Trees, lengths: Sequence[int]) -> _Compiled:
    when, unless, levels = trees
    wanted = [triggers(node, lengths) for node in unless]
    return _Compiled(
        rule,
        when,
        needs(when, lengths),
        sure(when),
        None if None in wanted else frozenset().union(*(w for w in wanted if w is not None)),
        tuple(zip(wanted, unless, strict=True)),
        tuple((level, (triggers(node, lengths), node)) for level, node in levels),
    )
