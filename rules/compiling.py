"""Expressions made ready to run: words become numbers, and each rule learns which words to wait for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, cast

from rules.found import FIELDS, Sign, Watch
from rules.language import Node
from rules.literals import required
from rules.text import fold


class Compiler:
    """Turns trees with words into trees with numbers. `literals` are all words, folded."""

    def __init__(self, lists: dict[str, tuple[str, ...]], rule_numbers: dict[str, int]) -> None:
        self._lists, self._rules = lists, rule_numbers
        self._numbers: dict[str, int] = {}
        self.watched: set[str] = set()
        """The characters that regular expressions look at before they run."""

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
        """With the words it cannot do without, or where there are none the characters."""
        needed = required(pattern)
        telling = [words for words in needed if min(map(len, words)) > 1] or needed
        return ("re", pattern, tuple(frozenset(map(self._sign, words)) for words in telling))

    def _sign(self, word: str) -> Sign:
        folded = fold(word)
        if len(folded) > 1:
            return self._number(folded)
        self.watched.add(folded)
        return folded

    def _number(self, folded: str) -> int:
        return self._numbers.setdefault(folded, len(self._numbers))


def _joined(words: dict[str, list[Any]], others: list[Node]) -> Node:
    parts: list[Node] = [*((kind, frozenset(found)) for kind, found in words.items()), *others]
    if not parts:
        return ("chars", frozenset())
    return parts[0] if len(parts) == 1 else ("or", *parts)


def characters(groups: Iterable[Iterable[Sign]]) -> set[str]:
    """The single characters among these."""
    return {sign for group in groups for sign in group if isinstance(sign, str)}


def watcher(wanted: Iterable[str]) -> Watch:
    """Finds those of the characters that stand in a text."""
    listed = "".join(map(re.escape, sorted(wanted)))
    found: Watch = re.compile(f"[{listed}]" if listed else r"(?!)").findall
    return found


def sure(tree: Node) -> bool:
    """Whether the tree holds wherever its needs are met."""
    return tree[0] == "any" or (tree[0] == "and" and all(map(sure, tree[1:])))


def triggers(tree: Node, lengths: Sequence[int]) -> frozenset[Sign] | None:
    """Words one of which must be there for the tree to hold; None when it may hold without any.

    `lengths` of all literals: of two parts that must both hold, the rarer is waited for.
    """
    kind = tree[0]
    if kind in ("any", "chars"):
        return cast("frozenset[Sign]", tree[1])
    if kind == "re":
        return _rarest(tree[2], lengths)
    if kind == "field":
        return triggers(tree[2], lengths)
    if kind in ("and", "near"):
        parts = tree[1:] if kind == "and" else tree[4:]
        return _rarest([t for part in parts if (t := triggers(part, lengths)) is not None], lengths)
    if kind in ("or", "of"):
        sides = [triggers(part, lengths) for part in tree[1 if kind == "or" else 2 :]]
        return None if None in sides else frozenset().union(*(s for s in sides if s is not None))
    return None


def needs(tree: Node, lengths: Sequence[int]) -> tuple[frozenset[Sign], ...]:
    """Groups of words of each of which one must be there for the tree to hold.

    Groups with single characters are left out where there are others: they cost more than they save.
    """
    kind = tree[0]
    if kind in ("and", "near"):
        parts = tree[1 if kind == "and" else 4 :]
        groups = tuple(need for part in parts for need in needs(part, lengths))
        return tuple(group for group in groups if not characters([group])) or groups
    if kind == "re":
        return cast("tuple[frozenset[Sign], ...]", tree[2])
    one = triggers(tree, lengths)
    return () if one is None else (one,)


def _rarest(choices: Sequence[frozenset[Sign]], lengths: Sequence[int]) -> frozenset[Sign] | None:
    return min(choices, key=lambda signs: _how_often(signs, lengths)) if choices else None


def _how_often(signs: frozenset[Sign], lengths: Sequence[int]) -> float:
    """A rough guess: a single character is everywhere, a word of four hardly ever."""
    return sum(1.0 if isinstance(s, str) else 0.05 ** (lengths[s] - 1) for s in signs)
