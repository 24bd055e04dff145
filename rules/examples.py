"""The examples of the rules are tests: what must hit, what must not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules.engine import Engine
from rules.text import normalise
from rules.verdict import Text


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that its rule does not keep."""

    rule: str
    origin: str
    example: str
    expected: str  # hit | miss

    def __str__(self) -> str:
        wanted = "应命中而未命中" if self.expected == "hit" else "不应命中而命中"
        return f"{self.origin}：规则 {self.rule} 的例句{wanted}：{self.example}"


def failures(engine: Engine) -> Iterator[Failure]:
    """Every example that fails, in the order of the packs."""
    for rule in engine.ruleset.rules:
        for expected, examples in (("hit", rule.hits), ("miss", rule.misses)):
            for example in examples:
                if fires(engine, rule.id, example) != (expected == "hit"):
                    yield Failure(rule.id, rule.origin, example, expected)


def fires(engine: Engine, rule_id: str, sentence: str) -> bool:
    """Whether a rule holds for a sentence, given as a title."""
    found = engine.scan(normalise(Text("", sentence)), lambda: ())
    return any(fired.rule.id == rule_id for fired in engine.fired(found))


def count(engine: Engine) -> int:
    """How many examples there are."""
    return sum(len(rule.hits) + len(rule.misses) for rule in engine.ruleset.rules)
