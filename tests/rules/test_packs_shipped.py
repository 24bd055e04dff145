"""The shipped packs keep their examples and are as broad as promised."""

from __future__ import annotations

import pytest

from rules.engine import Engine
from rules.examples import failures
from rules.language import Node
from rules.pack import RuleSet, load, pack_files
from rules.routing import default_units


@pytest.fixture(scope="module")
def ruleset() -> RuleSet:
    return load(pack_files(), default_units())


def terms(tree: Node, ruleset: RuleSet) -> set[str]:
    if tree[0] == "term":
        return {tree[1]}
    if tree[0] == "list":
        return set(ruleset.lists[tree[1]])
    return {t for part in tree[1:] if isinstance(part, tuple) for t in terms(part, ruleset)}


def test_every_example_holds(ruleset: RuleSet) -> None:
    assert [str(f) for f in failures(Engine(ruleset))] == []


def test_all_twenty_one_topics_have_25_terms_and_10_examples(ruleset: RuleSet) -> None:
    for number in map(str, range(1, 22)):
        rules = [r for r in ruleset.rules if r.topic == number]
        words = set().union(*(terms(r.when, ruleset) for r in rules))
        examples = sum(len(r.hits) + len(r.misses) for r in rules)
        assert len(words) >= 25, number
        assert examples >= 10, number
        assert ruleset.topics[number].units.lead, number


def test_only_accusations_are_restricted(ruleset: RuleSet) -> None:
    assert {r.id for r in ruleset.rules if r.restricted} == {"cadre.accuse"}
