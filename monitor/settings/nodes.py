"""YAML with the line of every value, so that a fault can be shown where it stands.

Only plain scalars are understood, as in JSON: no sexagesimal numbers (08:30), no octal codes (010100),
no yes/no. A key that occurs twice is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from monitor.errors import Located

_CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}
_INTEGER = re.compile(r"-?(0|[1-9]\d*)")
_FLOAT = re.compile(r"-?(0|[1-9]\d*)\.\d+")
_DEEPEST = 40
Path = tuple[str | int, ...]


@dataclass
class Tree:
    """The values of one file, and where each key stands (lines from 1)."""

    file: str
    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Located] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def line(self, path: Sequence[str | int]) -> int | None:
        """The line of a value, or of the nearest thing around it; parts that are no keys are passed over."""
        known: Path = ()
        for part in path:
            if (*known, part) in self.lines:
                known = (*known, part)
        return self.lines.get(known)

    def fault(self, path: Sequence[str | int], message: str) -> Located:
        """A fault at that value."""
        return Located(self.file, self.line(path), message)


def read(file: str, text: str) -> Tree:
    """Parse one file; what cannot be parsed becomes a fault of the tree."""
    tree = Tree(file)
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        tree.faults.append(
            Located(
                file, line, f"YAML 写法有误：{error.problem or error.context}（检查缩进、冒号后的空格和引号）"
            )
        )
        return tree
    except (yaml.YAMLError, RecursionError) as error:
        tree.faults.append(Located(file, None, f"YAML 写法有误：{error}"))
        return tree
    tree.value = _value(tree, node, ()) if node is not None else None
    return tree


def _value(tree: Tree, node: yaml.Node, path: Path) -> Any:
    tree.lines.setdefault(path, node.start_mark.line + 1)
    if len(path) > _DEEPEST or id(node) in tree.seen:
        tree.faults.append(
            Located(tree.file, node.start_mark.line + 1, "嵌套过深，或用了 & 与 * 引用（不支持）")
        )
        return None
    tree.seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return _mapping(tree, node, path)
    if isinstance(node, yaml.SequenceNode):
        return [_value(tree, child, (*path, i)) for i, child in enumerate(node.value)]
    return _scalar(node)


def _mapping(tree: Tree, node: yaml.MappingNode, path: Path) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for key_node, child in node.value:
        key = str(key_node.value)
        here = (*path, key)
        if key in found:
            tree.faults.append(
                Located(tree.file, key_node.start_mark.line + 1, f"“{key}”重复出现，只能写一次")
            )
        tree.lines[here] = key_node.start_mark.line + 1
        found[key] = _value(tree, child, here)
    return found


def _scalar(node: yaml.Node) -> Any:
    text = str(node.value)
    if getattr(node, "style", None) in ("'", '"', "|", ">"):
        return text
    if text.lower() in _CONSTANTS:
        return _CONSTANTS[text.lower()]
    if _INTEGER.fullmatch(text) and len(text) <= 18:
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text
