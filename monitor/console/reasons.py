"""Why an incident is what it is, put so that it can be read at three in the morning: one sentence, then at
most six reasons that made place, incident, level and lead unit; all the others wait, grouped by topic.

Pure: works on the sentences that the rules stored with the incident (`rules/verdict.py`, `domain/level.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

MOST = 6
# a label and how many of its sentences are shown before the rest is folded
CHIEF: tuple[tuple[str, int], ...] = (
    ("标记", 1),
    ("属地", 1),
    ("传播", 2),
    ("等级", 2),
    ("事项", 1),
    ("责任单位", 1),
)
FOLDED = ("标记", "属地", "传播", "等级", "判定", "责任单位", "回应", "其他")
_RULE = re.compile(r"规则“(?P<name>[^”]+)”（(?P<id>[^）]+)）命中：(?P<words>.+)", re.S)
_LEVEL = re.compile(r"建议[Ⅰ-Ⅳ]级：(?P<why>.+)", re.S)
_NAMED_RULE = re.compile(r"规则“([^”]+)”的条件")
_SORTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("标记", re.compile(r"标记为突发重大$")),
    ("传播", re.compile(r"，达到[\d.]+|媒体已报道")),
    ("等级", re.compile(r"^建议[Ⅰ-Ⅳ]级：")),
    ("责任单位", re.compile(r"^牵头单位：|：文中点名$|只作线索移交")),
    ("判定", re.compile(r"^不?构成事件：|^(?:加强|减弱)语境：")),
    ("回应", re.compile(r"^官方回应：")),
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that matched, as its sentence tells: name, id and the words it saw."""

    name: str
    id: str
    words: str

    def __str__(self) -> str:
        return f"“{self.name}”：{self.words}"


@dataclass(frozen=True, slots=True)
class Sorted:
    """An incident's sentences by what they speak of."""

    by_sort: Mapping[str, Sequence[str]]
    rules: Sequence[Rule]

    def of(self, sort: str) -> Sequence[str]:
        """The sentences of one sort."""
        return self.by_sort.get(sort, ())


@dataclass(frozen=True, slots=True)
class Reasons:
    """What the page shows: labelled sentences, then groups of all of them; `weighty` are topic ids."""

    chief: tuple[tuple[str, str], ...] = ()
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    weighty: frozenset[str] = field(default_factory=frozenset)


def sort(sentences: Iterable[str]) -> Sorted:
    """Tell the sentences apart. What stands before the first rule and is of no known sort speaks of place."""
    lines = list(sentences)
    first = next((n for n, line in enumerate(lines) if _RULE.fullmatch(line)), 0)
    kept: dict[str, list[str]] = {}
    rules = []
    for place, line in enumerate(lines):
        if found := _RULE.fullmatch(line):
            rules.append(Rule(found["name"], found["id"], found["words"]))
            continue
        known = next((name for name, pattern in _SORTS if pattern.search(line)), None)
        kept.setdefault(known or ("属地" if place < first else "其他"), []).append(line)
    return Sorted(kept, rules)


def reasons(sentences: Iterable[str], main: str | None, topics: Iterable[Mapping[str, Any]] = ()) -> Reasons:
    """Reasons of an incident whose main topic is `main`; `topics` are those of its documents' verdicts."""
    found, known = sort(sentences), list(topics)
    asked = {name for line in found.of("等级") for name in _NAMED_RULE.findall(line)}
    ids = {rule.id for rule in found.rules if rule.name in asked}
    weighty = {str(t["id"]) for t in known if ids & set(t.get("rules") or ())} | ({main} if main else set())
    return Reasons(_chief(found, asked), _groups(found, known), frozenset(weighty))


def _chief(found: Sorted, asked: set[str]) -> tuple[tuple[str, str], ...]:
    rules = sorted(found.rules, key=lambda rule: rule.name not in asked)
    lines = {
        **{name: [_bare(line) for line in found.of(name)] for name in FOLDED},
        "事项": [str(rule) for rule in rules],
    }
    chosen = [(label, line) for label, most in CHIEF for line in lines[label][:most]]
    plain = [("依据", line) for line in lines["其他"][: MOST - len(chosen)]]
    return tuple((chosen + plain)[:MOST])


def _bare(line: str) -> str:
    found = _LEVEL.fullmatch(line)
    return _NAMED_RULE.sub(r"符合规则“\1”的定级条件", found["why"]) if found else line


def _groups(found: Sorted, topics: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    of_rule = {str(rule): str(topic["name"]) for topic in topics for rule in topic.get("rules") or ()}
    of_pack = {rule.partition(".")[0]: name for rule, name in reversed(of_rule.items())}
    by_topic: dict[str, list[str]] = {}
    for rule in found.rules:
        name = of_rule.get(rule.id) or of_pack.get(rule.id.partition(".")[0]) or "其他主题"
        by_topic.setdefault(name, []).append(f"{rule}（{rule.id}）")
    sorts = [(name, found.of(name)) for name in FOLDED if found.of(name)]
    return tuple((name, tuple(lines)) for name, lines in (*by_topic.items(), *sorts))


def brief(why: str) -> str:
    """The reasons of a line in the record, stored as one sentence: without the rules beyond the first."""
    found = sort(why.split("；"))
    lines = [*found.of("标记"), *found.of("属地")[:1], *found.of("传播"), *map(_bare, found.of("等级"))]
    lines += [str(rule) for rule in found.rules[:1]] + list(found.of("其他"))
    return "；".join(lines) if found.rules else why


def telling(topics: Sequence[Mapping[str, Any]], weighty: frozenset[str]) -> list[Mapping[str, Any]]:
    """The topics whose words are marked in a document: those that made the incident, else its first."""
    return [topic for topic in topics if str(topic["id"]) in weighty] or list(topics[:1])
