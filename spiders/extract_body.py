"""Which part of a page is its text, and which lines of it are the article's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from spiders.extract_replies import cards, replies
from spiders.marks import either, words
from spiders.tree import Element, Line, Tree

_SENTENCE = re.compile(r"[，。！？；、“”…]|[,.!?;](?=\s|$)")
_END = re.compile(r"[。！？!?”…）)】」]$")
_LEGAL = re.compile(
    r"ICP[备证]|icp[备证]|版权所有|网站标识码|公网安备|主办单位|承办单位|主办：|Copyright|copyright|COPYRIGHT"
    r"|All Rights Reserved|All rights reserved|all rights reserved|ALL RIGHTS RESERVED"
    r"|举报电话|违法和不良信息"
)
# without re.I and each alternative begun by a letter of its own, the engine looks for first letters only

_POSTS = words("posts")
_STRONG = words("containers") | _POSTS
_WEAK = words("weak_containers")
_STEMS = re.compile(rf"(?:^|\s){either('container_stems')}(?:$|\s)")
_POST_ID = re.compile(r"(?:^|\s)(?:postmessage_\d+|post_content_\d+)(?:$|\s)")
_HARD = re.compile(rf"(?:^|[\s_-]){either('areas_never')}(?:$|[\s_-])|(?:^|\s)comment(?!s?ary)\w*")
_SOFT = re.compile(
    rf"(?:^|[\s_-]){either('areas_beside')}(?:$|[\s_-])|(?:^|[\s_-]){either('areas_beside_last')}(?:$|\s)"
)
_ANSWER = re.compile(
    r"(?:回复|答复|办理|受理)(?:单位|部门|机构|内容|结果|情况|时间)|(?:网友|市民|同志|来信人|女士|先生)[^。]{0,12}(?:您好|你好)|现(?:答复|回复)如下"
)
_FILE = re.compile(r"附件|\.(?:docx?|xlsx?|pdf|zip|rar|wps|ofd)\b", re.I)
_JUNK_TAGS = frozenset({"nav", "footer", "aside", "figcaption"})
_CELLS = frozenset({"td", "th"})
_PARAGRAPHS = frozenset({"p", "span", "font", "b", "strong", "h1", "h2", "h3", "h4", "a", "i", "em"})
_KEEP_INSIDE = frozenset({"html", "body", "article", "main"})


@dataclass(frozen=True, slots=True)
class Ground:
    """What was measured of a page's lines before its text is looked for: the worth of each as prose, the
    blocks of replies and of other articles' cards."""

    worth: list[float]
    blocks: list[range]


def survey(tree: Tree) -> Ground:
    """The page's ground, measured once."""
    worth = [_worth(line) for line in tree.lines]
    return Ground(worth, [*replies(tree, _sums(worth)), *cards(tree)])


def find_body(tree: Tree, heading: Element | None, ground: Ground) -> Element | None:
    """The element that holds the article: a known container where there is one, else the densest part."""
    if not tree.lines:
        return None
    known = [e for e in tree.elements if e.names and e.last_line > e.line and _known_name(e.names)]
    junk = junk_lines(tree, ground, known)
    worth = _sums(
        [-0.3 * min(tree.lines[i].size, 100) if junk[i] else value for i, value in enumerate(ground.worth)]
    )
    start = heading.line if heading is not None else 0
    densest = _densest(tree, worth, start)
    body = _known(tree, worth, known, densest)
    if body is None and (body := densest or _wordy(tree, junk, start)) is not None:
        body = _grown(tree, body, heading)
    return body


def _grown(tree: Tree, e: Element, heading: Element | None) -> Element:
    """A lone line with the lines beside it, as far up as the headline stays outside."""
    while e.last_line - e.line <= 2 and e.parent >= 0:
        above = tree.elements[e.parent]
        lines = tree.lines[above.line : above.last_line]
        headed = heading is not None and above.line <= heading.line < above.last_line
        linked = sum(x.linked for x in lines if not _FILE.search(x.text))
        if headed or above.tag in _KEEP_INSIDE or linked > 0.3 * sum(x.size for x in lines):
            return e
        e = above
    return e


def _wordy(tree: Tree, junk: list[bool], start: int) -> Element | None:
    """Where no line reads like a sentence (verse, tables): the part below the headline with most words."""
    plain = [
        -float(x.linked) if x.linked else 0.0 if junk[i] or i <= start or x.size < 4 else float(x.size)
        for i, x in enumerate(tree.lines)
    ]
    return _densest(tree, _sums(plain), start)


def _sums(values: list[float]) -> list[float]:
    return list(accumulate(values, initial=0.0))


def junk_lines(tree: Tree, ground: Ground, known: list[Element]) -> list[bool]:
    """For each line, whether it stands in an area that is not the article's (comments, links, hidden parts).

    An area that holds one of the `known` containers is none; nor one named for its place only that holds
    most text.
    """
    junk = [False] * len(tree.lines)
    worth = _sums(ground.worth)
    elements = tree.elements
    holders = {a.index for e in known for a in tree.ancestors(e.parent)}
    i = 0
    while i < len(elements):
        e = elements[i]
        if is_junk(e) and e.index not in holders and not _main_part(e, worth) and not _answers(tree, e):
            junk[e.line : e.last_line] = [True] * (e.last_line - e.line)
            i = e.stop
        else:
            i += 1
    for block in ground.blocks:
        junk[block.start : block.stop] = [True] * len(block)
    return junk


def _main_part(e: Element, worth: list[float]) -> bool:
    if e.hidden or _hard_name(e.names):
        return False
    return worth[e.last_line] - worth[e.line] > 0.5 * max(worth[-1], 1.0)


def _answers(tree: Tree, e: Element) -> bool:
    """An office's one answer to a citizen's letter is text of the page, though its area is called a reply."""
    return "repl" in e.names and e.last_line - e.line < 60 and bool(_ANSWER.search(tree.text(e)[:1500]))


def is_junk(e: Element) -> bool:
    """Whether an element's tag, id or class says that it is not the article."""
    if not (e.names or e.hidden or e.tag in _JUNK_TAGS) or e.tag in _KEEP_INSIDE or _known_name(e.names):
        return False
    return e.hidden or e.tag in _JUNK_TAGS or _hard_name(e.names) or _soft_name(e.names)


def is_known(e: Element) -> bool:
    """Whether an element is by its id or class the article's container of a known system."""
    return _known_name(e.names)


@lru_cache(4096)
def _known_name(names: str) -> bool:
    return bool(names) and (not _STRONG.isdisjoint(names.split()) or bool(_STEMS.search(names)))


@lru_cache(4096)
def _weak_name(names: str) -> bool:
    return not _WEAK.isdisjoint(names.split())


@lru_cache(4096)
def _hard_name(names: str) -> bool:
    return bool(names and _HARD.search(names))


@lru_cache(4096)
def _soft_name(names: str) -> bool:
    return bool(names and _SOFT.search(names))


def _worth(line: Line) -> float:
    if _LEGAL.search(line.text[:200]):
        return 0.0
    if line.linked > 0.5 * line.size:
        return 0.0 if _FILE.search(line.text) else -1.0 * line.linked
    marks = len(_SENTENCE.findall(line.text[:400]))
    if marks and (line.size >= 20 or _END.search(line.text)):
        return float(line.size - line.linked)
    return 0.0


def _densest(tree: Tree, worth: list[float], start: int) -> Element | None:
    best, best_sum = None, 0.0
    for e in tree.elements:
        total = worth[e.last_line] - worth[e.line]
        if e.last_line <= start:
            total *= 0.3
        if total > best_sum:
            best, best_sum = e, total
    if best is None:
        return None
    return _deepest(tree, best, worth, best_sum)


def _deepest(tree: Tree, e: Element, worth: list[float], total: float) -> Element:
    """The innermost element that still holds nearly everything of worth."""
    while True:
        child = next(
            (c for c in tree.children(e) if worth[c.last_line] - worth[c.line] >= 0.93 * total), None
        )
        if child is None or child.tag in _PARAGRAPHS:
            return e
        e = child


def _known(tree: Tree, worth: list[float], known: list[Element], densest: Element | None) -> Element | None:
    reference = worth[densest.last_line] - worth[densest.line] if densest is not None else 0.0
    best: tuple[float, Element] | None = None
    strongest = {e.index for e in known}
    for e in tree.elements:
        if not e.names or e.last_line <= e.line:
            continue
        strong = e.index in strongest
        if not strong and not _weak_name(e.names):
            continue
        total = worth[e.last_line] - worth[e.line]
        if total < (0.25 if strong else 0.9) * reference:
            continue
        score = total * (1.25 if strong else 1.0)
        if best is None or score > best[0] * 1.02:
            best = (score, e)
    return _whole(tree, best[1], worth) if best else None


def _whole(tree: Tree, e: Element, worth: list[float]) -> Element:
    """The container itself; of a thread's posts the first; of siblings that share a text, their parent."""
    if _is_post(e):
        return next((x for x in tree.elements if _is_post(x) and x.last_line > x.line), e)
    family = tree.children(tree.elements[e.parent]) if e.parent >= 0 else ()
    siblings = [x for x in family if x.names == e.names and x.tag == e.tag and x.last_line > x.line]
    total = sum(worth[x.last_line] - worth[x.line] for x in siblings)
    if len(siblings) > 1 and e.parent >= 0 and total > 1.3 * (worth[e.last_line] - worth[e.line]):
        return tree.elements[e.parent]
    return e


def _is_post(e: Element) -> bool:
    return bool(e.names) and (not _POSTS.isdisjoint(e.names.split()) or bool(_POST_ID.search(e.names)))


def body_lines(
    tree: Tree, element: Element, heading: Element | None = None, ground: Ground | None = None
) -> list[str]:
    """The element's lines without the areas inside it that are not the article's, from below the headline."""
    cut = _cut_ranges(tree, element)
    if ground is not None:
        cut |= _blocks_inside(element, ground)
    if heading is not None and element.line <= heading.line < element.line + 0.3 * (
        element.last_line - element.line
    ):
        cut.update(range(element.line, heading.last_line))
    cut |= _link_runs(tree, [i for i in range(element.line, element.last_line) if i not in cut])
    lines: list[str] = []
    last_row = -1
    for i in range(element.line, element.last_line):
        if i in cut:
            continue
        line = tree.lines[i]
        row = _row(tree, line)
        if row >= 0 and row == last_row and lines:
            lines[-1] += " " + line.text
        else:
            lines.append(line.text)
        last_row = row
    return lines


def _blocks_inside(element: Element, ground: Ground) -> set[int]:
    """Lines of replies and cards, unless nearly all the text stands in such blocks."""
    inside = range(element.line, element.last_line)
    lines = {
        i
        for block in ground.blocks
        if block.start > inside.start or block.stop < inside.stop
        for i in block
        if i in inside
    }
    whole = sum(ground.worth[i] for i in inside if ground.worth[i] > 0)
    return lines if sum(ground.worth[i] for i in lines if ground.worth[i] > 0) < 0.8 * whole else set()


def _link_runs(tree: Tree, kept: list[int]) -> set[int]:
    """Lines that are nothing but links: three or more on end, or the last ones, belong to other articles."""
    out: set[int] = set()
    run: list[int] = []
    for i in (*kept, -1):
        line = tree.lines[i]
        if i >= 0 and line.linked >= 0.8 * line.size and not _FILE.search(line.text):
            run.append(i)
            continue
        if (len(run) >= 3 or i < 0) and len(run) < 0.5 * len(kept):
            out.update(run)
        run = []
    return out


def _row(tree: Tree, line: Line) -> int:
    """The table row a cell's line belongs to, where the cell is a table's and not a layout's."""
    if line.size > 60:
        return -1
    cell = next(
        (e for e, _ in zip(tree.ancestors(line.owner), range(4), strict=False) if e.tag in _CELLS), None
    )
    if cell is None or cell.last_line - cell.line > 1:
        return -1
    return cell.parent


def _cut_ranges(tree: Tree, element: Element) -> set[int]:
    cut: set[int] = set()
    i = element.index + 1
    whole = sum(line.size for line in tree.lines[element.line : element.last_line])
    while i < element.stop:
        e = tree.elements[i]
        if is_junk(e) and (e.hidden or _size(tree, e) < 0.5 * whole) and not _answers(tree, e):
            cut.update(range(e.line, e.last_line))
            i = e.stop
        else:
            i += 1
    return cut


def _size(tree: Tree, e: Element) -> int:
    return sum(line.size for line in tree.lines[e.line : e.last_line])
