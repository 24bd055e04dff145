"""Why a rule held for a text or did not: which part failed, or which exception took it away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rules.engine import Engine
from rules.found import FIELDS, Found
from rules.language import Node
from rules.match import holds

Outcome = Literal["matched", "missed", "excluded"]


@dataclass(frozen=True, slots=True)
class Explained:
    """One rule's part in a verdict. `detail`: the words that made it, the part that failed, the exception."""

    id: str
    name: str
    outcome: Outcome
    detail: str


def explain(engine: Engine, found: Found) -> Iterator[Explained]:
    """Every rule in the order of the packs."""
    for number, rule in enumerate(engine.ruleset.rules):
        when, unless = engine.compiled(number)
        if not holds(when, found):
            yield Explained(rule.id, rule.name, "missed", failing(rule.when, when, found))
            continue
        fired = engine.fire(number, found)
        if fired is None:
            held = [show(w) for w, c in zip(rule.unless, unless, strict=True) if holds(c, found)]
            yield Explained(rule.id, rule.name, "excluded", "排除条件成立：" + "；".join(held))
        else:
            words = dict.fromkeys(_words(p.field, p.start, p.end, found) for p in fired.pieces)
            yield Explained(rule.id, rule.name, "matched", "命中：" + "、".join(words))


def _words(field: int, start: int, end: int, found: Found) -> str:
    return f"{found.fields[field].text[start:end]}（{_FIELD_NAMES[FIELDS[field]]}第 {start + 1} 字）"


_FIELD_NAMES = {"title": "标题", "text": "正文", "media": "媒体"}


def failing(written: Node, node: Node, found: Found) -> str:
    """The first part of an expression that does not hold, in Chinese. `node` is `written` compiled."""
    kind = written[0]
    if kind == "and":
        for part, compiled in zip(written[1:], node[1:], strict=True):
            if not holds(compiled, found):
                return failing(part, compiled, found)
    if kind == "near":
        for part, compiled in zip(written[4:], node[4:], strict=True):
            if not holds(compiled, found):
                return failing(part, compiled, found)
        unit = "句" if written[2] == "s" else "字"
        order = "，且先后相符" if written[3] else ""
        return f"两部分都有，但不在 {written[1]} {unit}之内{order}：{show(written)}"
    if kind == "not":
        return f"出现了不应有的：{show(written[1])}"
    if kind == "of":
        count = sum(holds(part, found) for part in node[2:])
        return f"只满足 {count} 项，不足 {written[1]} 项：{show(written)}"
    return f"没有出现：{show(written)}"


def show(tree: Node) -> str:
    """An expression as it is written in a pack."""
    kind = tree[0]
    if kind in ("and", "or"):
        return "(" + f" {kind.upper()} ".join(map(show, tree[1:])) + ")"
    if kind == "not":
        return "NOT " + show(tree[1])
    if kind == "near":
        word = "THEN" if tree[3] else "NEAR"
        return f"{show(tree[4])} {word}/{tree[1]}{'s' if tree[2] == 's' else ''} {show(tree[5])}"
    if kind == "of":
        return f"{tree[1]} OF ({', '.join(map(show, tree[2:]))})"
    if kind == "field":
        return f"{tree[1]}:{show(tree[2])}"
    return {"term": "{}", "list": "@{}", "re": 're:"{}"', "place": 'place:"{}"', "rule": "rule:{}"}[
        kind
    ].format(tree[1])
