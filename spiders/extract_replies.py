"""Replies and other articles' cards round a text, told by their build: many like blocks, signed or linked."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from spiders.tree import Element, Tree

_SIGN = re.compile(
    r"回复|举报|楼主|[\d一二三]+\s*[楼#]|沙发|板凳|发表于|发布于|网友|用户|吧友|游客|点赞|顶\s*[\[(（]\d|\d+\s*(?:秒|分钟|小时|天)前|刚刚|昨天|"
    r"\d{1,2}[-/月]\d{1,2}日?\s+\d{1,2}:\d{2}|IP属地"
)
_FLOOR = re.compile(
    r"(?<!\S)(?:\d+\s*[楼#]|#\d+|楼主|沙发|板凳|地板|只看该作者|只看楼主|只看TA|只看此人)(?!\S)"
)
_DIGITS = re.compile(r"\d+|\b(?:odd|even|first|last|cl|clearfix)\b")
_BLOCKS = frozenset({"div", "li", "dl", "article", "section", "table", "tr", "dd"})
MIN_REPLIES = 3
MIN_CARDS = 4
MOST_LINES = 300


def replies(tree: Tree, worth: list[float]) -> list[range]:
    """Lines of replies. Where a page has no other text, the first block is the thread's own post."""
    out: list[range] = []
    for group in _groups(tree):
        first, last = group[0].line, group[-1].last_line
        inside = worth[last] - worth[first]
        elsewhere = sum(max(0.0, worth[i + 1] - worth[i]) for i in range(first))
        blocks = group if elsewhere >= max(30.0, 0.02 * inside) else group[1:]
        out += [range(e.line, e.last_line) for e in blocks]
    return out


def cards(tree: Tree) -> list[range]:
    """Lines of blocks that each announce another article: a linked headline, a line or two, a time."""
    alike: dict[tuple[int, str, str], list[Element]] = defaultdict(list)
    for e in tree.elements:
        if 1 < e.last_line - e.line <= 8 and e.tag in _BLOCKS:
            alike[e.parent, e.tag, _kind(e.names)].append(e)
    groups = (group for group in alike.values() if len(group) >= MIN_CARDS)
    return [
        range(e.line, e.last_line) for group in groups
        if sum(_is_card(tree, e) for e in group) >= 0.8 * len(group) for e in group
    ]  # fmt: skip


def _is_card(tree: Tree, e: Element) -> bool:
    lines = tree.lines[e.line : e.last_line]
    if sum(line.size for line in lines) > 260:
        return False
    return any(line.linked >= 6 and line.linked >= 0.4 * line.size for line in lines)


def _groups(tree: Tree) -> list[list[Element]]:
    alike: dict[tuple[int, str, str], list[Element]] = defaultdict(list)
    for e in tree.elements:
        if e.last_line - e.line >= 2 and e.tag in _BLOCKS:
            alike[e.parent, e.tag, _kind(e.names)].append(e)
    return [
        group for group in alike.values()
        if (len(group) >= MIN_REPLIES and _signed(tree, group))
        or (len(group) > 1 and all(_is_floor(tree, e) for e in group))
    ]  # fmt: skip


def _is_floor(tree: Tree, e: Element) -> bool:
    """A short line that only a thread's post has: its floor."""
    return e.last_line - e.line <= MOST_LINES and any(
        line.size <= 60 and _FLOOR.search(line.text) for line in tree.lines[e.line : e.last_line]
    )


@lru_cache(4096)
def _kind(names: str) -> str:
    return _DIGITS.sub("", names)


def _signed(tree: Tree, group: list[Element]) -> bool:
    signed = sum(_is_signed(tree, e) for e in group)
    return signed >= 0.7 * len(group)


def _is_signed(tree: Tree, e: Element) -> bool:
    """A short line of the block, not its text, carries the sign; blocks of links are lists, not replies."""
    lines = tree.lines[e.line : e.last_line]
    size = sum(line.size for line in lines)
    if sum(line.linked for line in lines) > 0.6 * size or size > 4000:
        return False
    return any(line.size <= 40 and _SIGN.search(line.text) for line in lines)
