"""The marks by which parts of Chinese pages are told apart: files of words, one room of data.

Containers are ids and classes as they stand; `time_*` are names in order of trust; the other files hold one
regular expression a line, joined by "or". `#` begins a comment.
"""

from __future__ import annotations

from importlib.resources import files


def words(name: str) -> frozenset[str]:
    """All words of a file, in lower case."""
    return frozenset(word.lower() for line in _lines(name) for word in line.split())


def names(name: str) -> tuple[str, ...]:
    """The lines of a file in their order."""
    return tuple(_lines(name))


def either(name: str) -> str:
    """The lines of a file as alternatives of one regular expression."""
    return "(?:" + "|".join(_lines(name)) + ")"


def _lines(name: str) -> list[str]:
    text = files(__package__).joinpath(f"{name}.txt").read_text("utf-8")
    lines = (line.split("#", 1)[0].strip() for line in text.splitlines())
    return [line for line in lines if line]
