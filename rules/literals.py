"""The words that a regular expression cannot do without, so that it is run only where one of them stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

_MOST = 40  # alternatives that are still worth looking for


def required(pattern: str) -> tuple[frozenset[str], ...]:
    """Groups of literals, of each of which every match holds at least one; none where nothing is sure."""
    try:
        tree = re._parser.parse(pattern)  # type: ignore[attr-defined]
    except (re.error, OverflowError, RecursionError):
        return ()  # RE2 knows forms that Python does not: such an expression is simply always run
    if tree.state.flags & re.IGNORECASE:
        return ()
    return tuple(choice for choice in _of_sequence(tree) if 0 < len(choice) <= _MOST)


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> Iterator[frozenset[str]]:
    """The choices of literals that a sequence offers: each run of plain characters, what its parts ask."""
    run = ""
    for kind, value in items:
        if str(kind) == "LITERAL":
            run += chr(value)
            continue
        if run:
            yield frozenset((run,))
        run = ""
        inner = _of_item(str(kind), value)
        if inner is not None:
            yield inner
    if run:
        yield frozenset((run,))


def _of_item(kind: str, value: Any) -> frozenset[str] | None:
    if kind == "SUBPATTERN":
        return _best(_of_sequence(value[-1]))
    if kind in ("MAX_REPEAT", "MIN_REPEAT") and value[0] >= 1:
        return _best(_of_sequence(value[2]))
    if kind == "BRANCH":
        parts = [_best(_of_sequence(part)) for part in value[1]]
        return None if None in parts else frozenset().union(*(p for p in parts if p is not None))
    if kind == "IN":
        plain = [chr(v) for k, v in value if str(k) == "LITERAL"]
        return frozenset(plain) if len(plain) == len(value) else None
    return None


def _best(choices: Iterator[frozenset[str]]) -> frozenset[str] | None:
    """The choice whose shortest word is longest: the rarest to be expected."""
    fit = [choice for choice in choices if 0 < len(choice) <= _MOST]
    return max(fit, key=lambda choice: (min(map(len, choice)), -len(choice)), default=None)
