"""Which topic a text is about first: by its rules, and for the headline of an incident by its wording too."""

from __future__ import annotations

from collections.abc import Sequence

from rules.engine import Fired
from rules.likeness import Likeness

Ranked = list[tuple[str, list[Fired]]]

MENTION, ANOTHER = 0.3, 0.25  # of its weight, of a rule that only names a matter, of a topic's further rules
# What rules add to the share that the wording gives a topic: the rules' first, one told of, one only named.
FIRST, TELLING, NAMED = 0.15, 0.2, 0.05
ALONE, FALLBACK = 0.3, 0.15  # the share from which wording alone names a topic: beside rules, without any


def ranked(topical: Sequence[Fired], bare: bool) -> Ranked:
    """Topics, the weightiest first, and so their rules.

    In a text the rules of a topic add up, a hit in the title counting thrice. A bare headline says its matter
    once: there the weightiest rule decides, others add little, and what is only mentioned hardly counts.
    """
    groups: dict[str, list[Fired]] = {}
    for one in topical:
        groups.setdefault(one.rule.topic or "", []).append(one)
    for rules in groups.values():
        rules.sort(key=_weight, reverse=True)
    rate = _headline_weight if bare and any(f.rule.alarm > 1 for f in topical) else _text_weight
    return sorted(groups.items(), key=lambda pair: -rate(pair[1]))


def reworded(by_rules: Ranked, like: Likeness) -> Ranked:
    """The topics of an incident's headline by rules and wording; one without rules is the wording's."""
    shares = like.topics()
    scores = {topic: shares.get(topic, 0.0) + _standing(rules) for topic, rules in by_rules}
    if by_rules:
        scores[by_rules[0][0]] += FIRST
    best = max(shares, key=lambda topic: shares[topic])
    if best not in scores and shares[best] >= (ALONE if by_rules else FALLBACK):
        scores[best] = shares[best]
    rules_of = dict(by_rules)
    return [(t, rules_of.get(t, [])) for t in sorted(scores, key=lambda topic: -scores[topic])]


def _standing(rules: Sequence[Fired]) -> float:
    return TELLING if any(f.rule.alarm > 1 for f in rules) else NAMED


def _text_weight(rules: Sequence[Fired]) -> float:
    return sum(map(_weight, rules))


def _headline_weight(rules: Sequence[Fired]) -> float:
    first, *others = sorted(
        (f.rule.weight * (1.0 if f.rule.alarm > 1 else MENTION) for f in rules), reverse=True
    )
    return first + ANOTHER * sum(others)


def _weight(fired: Fired) -> float:
    repeated = min(3, fired.count) - 1
    return fired.rule.weight * ((3.0 if fired.in_title else 1.0) + 0.3 * max(0, repeated))
