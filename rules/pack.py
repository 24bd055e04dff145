"""Rule packs: YAML files with a schema, loaded all or nothing, every fault located.

A pack holds word lists and rules of one topic. A station's packs come after the shipped ones: a rule with a
shipped rule's id replaces it, `disable` switches rules off, `add_unless` adds an exception to one.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rules import yamlnodes as yn
from rules.errors import ExpressionError, Fault, PackError
from rules.language import Names, Node, parse

SHIPPED = Path(__file__).parent / "packs"
_PACK_KEYS = ("topic", "name", "units", "lists", "rules", "disable", "add_unless", "about")
_RULE_KEYS = (
    "id", "name", "topic", "when", "unless", "units", "alarm", "weight", "levels", "restricted", "examples",
    "cue", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Units:
    """Responsible units by id: at most one in the lead, any number assisting."""

    lead: str | None = None
    assist: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a topic, or a cue (a rule without a topic).

    `alarm` is evidence for an incident: 3 suffices alone, 2 needs any cue, 1 a strong one, 0 only names the
    topic; a cue's may be negative. `weight` ranks topics. `levels`: pairs of level and condition.
    """

    id: str
    name: str
    topic: str | None
    when: Node
    unless: tuple[Node, ...] = ()
    units: Units = Units()
    alarm: int = 1
    weight: float = 1.0
    levels: tuple[tuple[int, Node], ...] = ()
    restricted: bool = False
    cue: str | None = None
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    origin: str = ""


@dataclass(frozen=True, slots=True)
class TopicInfo:
    """What a pack says of its topic."""

    id: str
    name: str
    units: Units = Units()


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All packs together, in force at once. `hash` changes with any byte of them."""

    rules: tuple[Rule, ...]
    topics: dict[str, TopicInfo]
    lists: dict[str, tuple[str, ...]]
    hash: str


@dataclass(slots=True)
class _Draft:
    """What has been read so far of all files."""

    rules: dict[str, Rule] = field(default_factory=dict)
    topics: dict[str, TopicInfo] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def pack_files(*stations: Path) -> list[Path]:
    """The shipped packs, then a station's (folders of .yaml files, or single files)."""
    own = [
        file for place in stations for file in (sorted(place.glob("*.y*ml")) if place.is_dir() else [place])
    ]
    return [*sorted(SHIPPED.glob("*.yaml")), *own]


def digest(files: Iterable[Path]) -> str:
    """The ruleset's hash: names and bytes of all files."""
    total = hashlib.sha256()
    for path in files:
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def load(files: Sequence[Path], known_units: Iterable[str] | None = None) -> RuleSet:
    """Read packs in order. Raises PackError with every fault of every file."""
    draft = _Draft()
    roots = [(path, _compose(path, draft)) for path in files]
    parsed = [_PackReader(path, root, draft) for path, root in roots if root is not None]
    for reader in parsed:
        reader.read_lists()
    ids = {rule_id for reader in parsed for rule_id in reader.rule_ids()}
    names = Names(draft.lists.keys(), ids)
    units = frozenset(known_units) if known_units is not None else None
    for reader in parsed:
        reader.read_rules(names, units)
    for reader in parsed:
        reader.read_changes(names)
    if draft.faults:
        raise PackError(sorted(draft.faults, key=lambda f: (f.file, f.line or 0)))
    return RuleSet(tuple(draft.rules.values()), draft.topics, draft.lists, digest(files))


def _compose(path: Path, draft: _Draft) -> yn.Map | None:
    try:
        return yn.compose(path)
    except yn.ShapeError as error:
        draft.faults.append(Fault(str(path), error.line, error.message))
        return None


class _PackReader:
    """Reads one file's parts; faults are gathered, never raised."""

    def __init__(self, path: Path, root: yn.Map, draft: _Draft) -> None:
        self._path, self._root, self._draft = path, root, draft
        self._own: set[str] = set()
        self._guard(lambda: root.check_keys(_PACK_KEYS))

    def _fault(self, line: int | None, message: str) -> None:
        self._draft.faults.append(Fault(str(self._path), line, message))

    def _guard(self, read: yn.Reading) -> None:
        try:
            read()
        except yn.ShapeError as error:
            self._fault(error.line, error.message)

    def read_lists(self) -> None:
        for key, node in self._part("lists").items():
            self._guard(lambda key=key, node=node: self._read_list(key, node))  # type: ignore[misc]

    def _read_list(self, key: str, node: yn.Node) -> None:
        words = tuple(yn.strings(node))
        if not words:
            raise yn.ShapeError(node.line, f"词表“{key}”是空的")
        self._draft.lists[key] = words

    def _part(self, key: str) -> dict[str, yn.Node]:
        node = self._root.get(key)
        if node is None:
            return {}
        try:
            return dict(yn.mapping(node).items())
        except yn.ShapeError as error:
            self._fault(error.line, error.message)
            return {}

    def _rule_nodes(self) -> list[yn.Node]:
        node = self._root.get("rules")
        try:
            return yn.sequence(node) if node is not None else []
        except yn.ShapeError as error:
            self._fault(error.line, error.message)
            return []

    def rule_ids(self) -> list[str]:
        return [i for node in self._rule_nodes() if (i := yn.peek(node, "id"))]

    def read_rules(self, names: Names, units: frozenset[str] | None) -> None:
        topic = self._topic(units)
        for node in self._rule_nodes():
            self._guard(lambda node=node: self._read_rule(node, topic, names, units))  # type: ignore[misc]

    def _topic(self, known: frozenset[str] | None) -> TopicInfo | None:
        number = self._root.get("topic")
        if number is None:
            return None
        name = self._root.get("name")
        try:
            info = TopicInfo(
                yn.scalar(number),
                yn.scalar(name) if name else yn.scalar(number),
                self._units(self._root.get("units"), known),
            )
        except yn.ShapeError as error:
            self._fault(error.line, error.message)
            return None
        self._draft.topics.setdefault(info.id, info)
        return info

    def _read_rule(
        self, node: yn.Node, topic: TopicInfo | None, names: Names, units: frozenset[str] | None
    ) -> None:
        body = yn.mapping(node)
        body.check_keys(_RULE_KEYS)
        rule_id = yn.scalar(body.require("id"))
        if rule_id in self._own:
            raise yn.ShapeError(node.line, f"规则编号“{rule_id}”在本文件中重复")
        self._own.add(rule_id)
        own_topic = body.get("topic")
        hits, misses = self._examples(body.get("examples"))
        self._draft.rules[rule_id] = Rule(
            id=rule_id,
            name=yn.scalar(body.require("name")),
            topic=self._topic_id(own_topic, topic),
            when=self._anchored(body.require("when"), names),
            unless=self._expressions(body.get("unless"), names),
            units=self._units(body.get("units"), units),
            alarm=yn.integer(body.get("alarm"), 1, -5, 5),
            weight=yn.number(body.get("weight"), 1.0, 0.0, 20.0),
            levels=self._levels(body.get("levels"), names),
            restricted=yn.boolean(body.get("restricted")),
            cue=yn.scalar(cue) if (cue := body.get("cue")) else None,
            hits=hits,
            misses=misses,
            origin=f"{self._path.name}:{node.line}",
        )

    def _topic_id(self, own: yn.Node | None, topic: TopicInfo | None) -> str | None:
        if own is None:
            return topic.id if topic else None
        return yn.scalar(own)

    def _anchored(self, node: yn.Node, names: Names) -> Node:
        tree = self._either(node, names)
        if not has_anchor(tree):
            raise yn.ShapeError(node.line, "规则不能只有否定或只有媒体条件：至少要有一个出现才算命中的词")
        return tree

    def _either(self, node: yn.Node, names: Names) -> Node:
        trees = [self._expression(part, names) for part in yn.one_or_more(node)]
        return trees[0] if len(trees) == 1 else ("or", *trees)

    def _expressions(self, node: yn.Node | None, names: Names) -> tuple[Node, ...]:
        return tuple(self._expression(part, names) for part in yn.one_or_more(node)) if node else ()

    def _expression(self, node: yn.Node, names: Names) -> Node:
        source = yn.scalar(node)
        try:
            return parse(source, names)
        except ExpressionError as error:
            line = node.line + source[: error.position].count("\n")
            raise yn.ShapeError(line, f"表达式“{_shorten(source)}”有误：{error}") from error

    def _units(self, node: yn.Node | None, known: frozenset[str] | None) -> Units:
        if node is None:
            return Units()
        body = yn.mapping(node)
        body.check_keys(("lead", "assist"))
        lead, assist = body.get("lead"), body.get("assist")
        units = Units(yn.scalar(lead) if lead else None, tuple(yn.strings(assist)) if assist else ())
        for unit in (units.lead, *units.assist):
            if unit and known is not None and unit not in known:
                near = difflib.get_close_matches(unit, known, 1, 0.4)
                hint = f"；最接近的是“{near[0]}”" if near else ""
                raise yn.ShapeError(node.line, f"单位表里没有“{unit}”{hint}")
        return units

    def _levels(self, node: yn.Node | None, names: Names) -> tuple[tuple[int, Node], ...]:
        if node is None:
            return ()
        levels = []
        for key, value in yn.mapping(node).items():
            if key not in ("1", "2", "3", "4"):
                raise yn.ShapeError(value.line, f"等级只能是 1 至 4，不是“{key}”")
            levels.append((int(key), self._either(value, names)))
        return tuple(sorted(levels, key=lambda pair: pair[0]))

    def _examples(self, node: yn.Node | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if node is None:
            return (), ()
        body = yn.mapping(node)
        body.check_keys(("hit", "miss"))
        hit, miss = body.get("hit"), body.get("miss")
        return tuple(yn.strings(hit)) if hit else (), tuple(yn.strings(miss)) if miss else ()

    def read_changes(self, names: Names) -> None:
        disable = self._root.get("disable")
        if disable is not None:
            self._guard(lambda: self._disable(disable))
        for rule_id, node in self._part("add_unless").items():
            self._guard(lambda i=rule_id, n=node: self._add_unless(i, n, names))  # type: ignore[misc]

    def _disable(self, node: yn.Node) -> None:
        for part in yn.sequence(node):
            self._existing(yn.scalar(part), part.line)
            del self._draft.rules[yn.scalar(part)]

    def _add_unless(self, rule_id: str, node: yn.Node, names: Names) -> None:
        rule = self._existing(rule_id, node.line)
        more = self._expressions(node, names)
        self._draft.rules[rule_id] = _with_unless(rule, more)

    def _existing(self, rule_id: str, line: int) -> Rule:
        rule = self._draft.rules.get(rule_id)
        if rule is None:
            near = difflib.get_close_matches(rule_id, self._draft.rules, 1, 0.5)
            hint = f"；是否想写“{near[0]}”" if near else ""
            raise yn.ShapeError(line, f"没有编号为“{rule_id}”的规则{hint}")
        return rule


def _with_unless(rule: Rule, more: tuple[Node, ...]) -> Rule:
    values = {name: getattr(rule, name) for name in Rule.__slots__}
    return Rule(**{**values, "unless": rule.unless + more})


def _shorten(source: str) -> str:
    flat = " ".join(source.split())
    return flat if len(flat) <= 40 else flat[:40] + "…"


def has_anchor(tree: Node) -> bool:
    """Whether something must be present in title or text for the tree to hold."""
    kind = tree[0]
    if kind in ("term", "list", "re", "place", "rule"):
        return True
    if kind == "not":
        return False
    if kind == "field":
        return tree[1] != "media" and has_anchor(tree[2])
    if kind == "or":
        return all(map(has_anchor, tree[1:]))
    if kind == "near":
        return has_anchor(tree[4]) or has_anchor(tree[5])
    return any(map(has_anchor, tree[2:] if kind == "of" else tree[1:]))
