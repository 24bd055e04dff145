"""YAML read as nodes that know their line, with the few shapes that packs have."""

from __future__ import annotations

import difflib
from collections.abc import Callable, ItemsView, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Reading = Callable[[], None]


class ShapeError(Exception):
    """A node of another shape than wanted. `line` counts from 1."""

    def __init__(self, line: int | None, message: str) -> None:
        self.line, self.message = line, message
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Node:
    """A YAML value and the line it begins on."""

    value: Any  # str | list[Node] | dict[str, Node] | None
    line: int
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Map:
    """A mapping with its line."""

    body: dict[str, Node]
    line: int

    def get(self, key: str) -> Node | None:
        """The value of a key, None when absent or empty."""
        node = self.body.get(key)
        return None if node is None or node.value is None else node

    def require(self, key: str) -> Node:
        """The value of a key that must be there."""
        node = self.get(key)
        if node is None:
            raise ShapeError(self.line, f"缺少“{key}”")
        return node

    def items(self) -> ItemsView[str, Node]:
        return self.body.items()

    def check_keys(self, known: Sequence[str]) -> None:
        """Refuse unknown keys, naming the nearest known one."""
        for key, node in self.body.items():
            if key not in known:
                near = difflib.get_close_matches(key, known, 1, 0.4)
                hint = f"，是否想写“{near[0]}”" if near else ""
                raise ShapeError(node.line, f"不认识的项“{key}”{hint}；可用的有：{'、'.join(known)}")


def compose(path: Path) -> Map:
    """The root mapping of a file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise ShapeError(line, f"不是合法的 YAML：{error.problem}") from error
    except yaml.YAMLError as error:
        raise ShapeError(None, f"不是合法的 YAML：{error}") from error
    except UnicodeDecodeError as error:
        raise ShapeError(None, "不是 UTF-8 编码的文件") from error
    except RecursionError as error:
        raise ShapeError(None, "YAML 嵌套过深") from error
    return mapping(_convert(root)) if root is not None else Map({}, 1)


def _convert(node: yaml.Node) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return Node(_pairs(node), line)
    if isinstance(node, yaml.SequenceNode):
        return Node([_convert(part) for part in node.value], line)
    return Node(None if node.tag.endswith(":null") else str(node.value), line, node.tag)


def _pairs(node: yaml.MappingNode) -> dict[str, Node]:
    pairs: dict[str, Node] = {}
    for key, value in node.value:
        name = str(key.value)
        if name in pairs:
            raise ShapeError(key.start_mark.line + 1, f"“{name}”重复出现")
        pairs[name] = _convert(value)
    return pairs


def mapping(node: Node) -> Map:
    """A node that must be a mapping."""
    if not isinstance(node.value, dict):
        raise ShapeError(node.line, "此处应为若干“键: 值”")
    return Map(node.value, node.line)


def sequence(node: Node) -> list[Node]:
    """A node that must be a list."""
    if not isinstance(node.value, list):
        raise ShapeError(node.line, "此处应为列表")
    return node.value


def scalar(node: Node) -> str:
    """A node that must be one value, as text, not blank."""
    if not isinstance(node.value, str) or not node.value.strip():
        raise ShapeError(node.line, "此处应为一段文字")
    return node.value


def strings(node: Node) -> list[str]:
    """A list of texts; one text stands for a list of one."""
    return [scalar(part) for part in one_or_more(node)]


def one_or_more(node: Node) -> list[Node]:
    """A list, or one value as a list of one."""
    return node.value if isinstance(node.value, list) else [node]


def integer(node: Node | None, default: int, least: int, most: int) -> int:
    """A whole number within bounds."""
    value = number(node, default, least, most)
    if value != int(value):
        raise ShapeError(node.line if node else None, f"应为整数，不是 {value}")
    return int(value)


def number(node: Node | None, default: float, least: float, most: float) -> float:
    """A number within bounds."""
    if node is None:
        return default
    try:
        value = float(scalar(node))
    except ValueError:
        value = float("nan")
    if not least <= value <= most:
        raise ShapeError(node.line, f"应为 {least:g} 到 {most:g} 之间的数，不是“{node.value}”")
    return value


def boolean(node: Node | None) -> bool:
    """true or false; absent means false."""
    if node is None:
        return False
    if scalar(node) not in ("true", "false"):
        raise ShapeError(node.line, f"应为 true 或 false，不是“{node.value}”")
    return scalar(node) == "true"


def peek(node: Node, key: str) -> str | None:
    """A key's text if it happens to be there."""
    if isinstance(node.value, dict) and (found := node.value.get(key)) and isinstance(found.value, str):
        return found.value
    return None
