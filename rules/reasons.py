"""What is shown of the rules that hold: their words as the original has them, and what was seen through."""

from __future__ import annotations

from collections.abc import Sequence

from rules.engine import Fired
from rules.found import FIELDS, Span
from rules.likeness import Likeness
from rules.text import Normalised, changes
from rules.verdict import Hit, Text, Topic

MOST_HITS = 50  # of one topic
_MOST_WORDS = 8  # of one rule
_MOST_LOOKED_AT = 5  # words of a rule whose disguise is named

Original = tuple[str, str, str]
"""The fields as they came, by the numbers of `FIELDS`."""


def original(text: Text) -> Original:
    """The fields of a text."""
    return text.title, text.text, text.media or ""


def hits(rules: Sequence[Fired], fields: Original) -> tuple[Hit, ...]:
    """The words of a topic's rules, each once, in the order of the text."""
    spans = rules[0].pieces if len(rules) == 1 else sorted({p for f in rules for p in f.pieces})
    return tuple([Hit(FIELDS[field], a, b, fields[field][a:b]) for field, a, b in spans[:MOST_HITS]])


def named(fired: Fired, fields: Original, normalised: Normalised) -> str:
    """The rule, its words, and what had to be normalised for them."""
    spans = fired.pieces[:MOST_HITS]
    words = dict.fromkeys([fields[field][start:end] for field, start, end in spans])
    made = dict.fromkeys([c for span in spans[:_MOST_LOOKED_AT] for c in _changes(span, fields, normalised)])
    note = f"（{'、'.join(made)}）" if made else ""
    return f"规则“{fired.rule.name}”（{fired.rule.id}）命中：{'、'.join(list(words)[:_MOST_WORDS])}{note}"


def worded(topic: Topic, like: Likeness) -> str:
    """A topic that no rule names, only the wording."""
    words = "、".join(like.words_for(topic.id))
    return f"主题“{topic.name}”由用语推断" + (f"：{words}" if words else "")


def _changes(span: Span, fields: Original, normalised: Normalised) -> tuple[str, ...]:
    field, start, end = span
    plain = normalised.field(field)
    if not plain.cuts and fields[field][start:end] == plain.text[start:end]:
        return ()
    return changes(fields[field], start, end)
