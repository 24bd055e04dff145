"""Expressions made ready to run: words become numbers, and each rule learns which words to wait for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from rules.language import Node
from rules.literals import required
from rules.match import FIELDS
from rules.text import fold


class Compiler:
    """Turns trees with words into trees with numbers. `literals` are all words, folded."""

    def __init__(self, lists: dict[str, tuple[str, ...]], rule_numbers: dict[str, int]) -> None:
        self._lists, self._rules = lists, rule_numbers
        self._numbers: dict[str, int] = {}

    @property
    def literals(self) -> list[str]:
        return list(self._numbers)

    def compile(self, tree: Node) -> Node:
        """The tree in the form that `holds` reads."""
        kind = tree[0]
        if kind in ("term", "list"):
            return self._words((tree[1],) if kind == "term" else self._lists[tree[1]])
        if kind == "field":
            return ("field", FIELDS.index(tree[1]), self.compile(tree[2]))
        if kind == "near":
            return (*tree[:4], self.compile(tree[4]), self.compile(tree[5]))
        if kind == "of":
            return ("of", tree[1], *map(self.compile, tree[2:]))
        if kind == "rule":
            return ("rule", self._rules.get(tree[1], -1))
        if kind == "or":
            return self._or(tree)
        if kind == "re":
            return self._expression(tree[1])
        return tree if kind == "place" else (kind, *map(self.compile, tree[1:]))

    def _or(self, tree: Node) -> Node:
        """Words side by side become one group, however they are nested."""
        words: dict[str, list[Any]] = {}
        others: list[Node] = []
        for part in tree[1:]:
            if part[0] == "term":  # by far the most usual
                self._sort(part[1], words)
                continue
            piece = self.compile(part)
            for inner in piece[1:] if piece[0] == "or" else (piece,):
                if inner[0] in ("any", "chars"):
                    words.setdefault(inner[0], []).extend(inner[1])
                else:
                    others.append(inner)
        return _joined(words, others)

    def _words(self, words: Iterable[str]) -> Node:
        """Words of one character are everywhere: they are looked for only when something asks."""
        sorted_out: dict[str, list[Any]] = {"any": []}
        for word in words:
            self._sort(word, sorted_out)
        return _joined({kind: found for kind, found in sorted_out.items() if found}, [])

    def _sort(self, word: str, into: dict[str, list[Any]]) -> None:
        folded = fold(word)
        if len(folded) > 1:
            into.setdefault("any", []).append(self._number(folded))
        elif folded:
            into.setdefault("chars", []).append(folded)

    def _expression(self, pattern: str) -> Node:
        needed = required(pattern)
        if needed is None or any(len(word) == 1 for word in needed):
            return ("re", pattern, None)
        return ("re", pattern, frozenset(self._number(fold(word)) for word in needed))

    def _number(self, folded: str) -> int:
        return self._numbers.setdefault(folded, len(self._numbers))


def _joined(words: dict[str, list[Any]], others: list[Node]) -> Node:
    parts: list[Node] = [*((kind, frozenset(found)) for kind, found in words.items()), *others]
    if not parts:
        return ("chars", frozenset())
    return parts[0] if len(parts) == 1 else ("or", *parts)


def triggers(tree: Node, lengths: Sequence[int]) -> frozenset[int] | None:
    """Literals one of which must be there for the tree to hold; None when it may hold without any.

    `lengths` of all literals: of two parts that must both hold, the rarer is waited for.
    """
    kind = tree[0]
    if kind in ("any", "re"):
        return cast("frozenset[int] | None", tree[1 if kind == "any" else 2])
    if kind == "field":
        return triggers(tree[2], lengths)
    if kind in ("and", "near"):
        parts = tree[1:] if kind == "and" else tree[4:]
        choices = [t for part in parts if (t := triggers(part, lengths)) is not None]
        return min(choices, key=lambda t: _how_often(t, lengths)) if choices else None
    if kind in ("or", "of"):
        sides = [triggers(part, lengths) for part in tree[1 if kind == "or" else 2 :]]
        return None if None in sides else frozenset().union(*(s for s in sides if s is not None))
    return None


def needs(tree: Node, lengths: Sequence[int]) -> tuple[frozenset[int], ...]:
    """Groups of literals of each of which one must be there for the tree to hold."""
    kind = tree[0]
    if kind in ("and", "near"):
        return tuple(need for part in tree[1 if kind == "and" else 4 :] for need in needs(part, lengths))
    one = triggers(tree, lengths)
    return () if one is None else (one,)


def _how_often(terms: frozenset[int], lengths: Sequence[int]) -> float:
    """A rough guess, to wait for the rarer side: a word of one character is everywhere, of four hardly."""
    return sum(0.05 ** (lengths[t] - 1) for t in terms)
