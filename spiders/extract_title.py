"""The headline of a page, and the element that shows it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import takewhile

from spiders.authors import is_institution
from spiders.dates import CHINA, parse_time
from spiders.tree import Element, Line, Tree, tidy

_SPLIT = re.compile(
    r"\s+[-–—|_·]+\s+|[_|｜丨]+|\s*-{2,}\s*|\s*——\s*|[-－–—](?=[^-－–—]{2,18}$)|\s*»\s*|\s*>\s*"
)
_TITLE_METAS = ("articletitle", "og:title", "twitter:title", "title", "article:title", "hdtitle")
_HEADING = re.compile(
    r"(?:^|[\s_-])(?:title|headline|biaoti|bt|tit|arti[-_]?title|main[-_]?title|news[-_]?title|art[-_]?title|activity-name|font01|thread_subject"
    r"|h-title|core_title_txt|xl[-_]?title|content[-_]?title|article[-_]?title|detail[-_]?title|titlebox|title\d|ftitle)(?:$|[\s_-])"
)
_CREDITS = re.compile(
    r"(?:来源|作者|编辑|记者|责编|字号|字体|浏览|点击|阅读|分享|发布|打印)\S{0,3}\s*[:：\[【]|当前位置|上一篇|下一篇|首页\s*[>»]"
)
_EDITION = re.compile(r"第?\s*[A-Za-z]?\d{1,3}\s*版")
_COLUMN = re.compile(
    r"(?:通知公告|公[示告]公[示告]|要闻|动态|信息公开|政务公开|新闻中心|新闻网|资讯|详细?页?|内容页|首页|门户网站|官方网站|官网|数字报刊?|电子[版报])$"
)
_EMPHATIC = {"h1": 40.0, "h2": 30.0, "h3": 20.0, "b": 2.0, "strong": 2.0}
_LARGE = re.compile(
    r'font-size:\s*(?P<px>1[89]|[2-5]\d)(?:\.\d+)?(?:px|pt)|\bsize="\+?(?P<step>[2-7])"', re.I
)
_BYLINE = re.compile(
    r"^[\s（(□■◎●]*(?:本报|本刊|本社|实习|见习|特约|全媒体)*(?:记者|通讯员|评论员|作者|文/|图/|文图)|^——|^第?\s*[A-Z]?\d{1,3}\s*版"
)
_CHINESE = re.compile("[\u4e00-\u9fff]{4}")
_OPEN_END = re.compile("[。，、：:；]$")
_TITLE_LABEL = re.compile(
    r"(?:信件|来信|留言|诉求|咨询|问题|提问|公文|文件|信息|投诉)?(?:标\s*题|主\s*题|题\s*目|名\s*称)\s*(?:[:：]\s*|$)"
)
_SOME_DAY = datetime(2020, 1, 1, tzinfo=CHINA)
"""Where only matters whether a line tells a time (昨天 08:30), any day will do."""
_HEADS = frozenset({"h1", "h2", "h3"})


def key(text: str) -> str:
    """What is compared: letters, digits and Chinese characters only."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def find_title(tree: Tree, hints: Iterable[str] = ()) -> tuple[str, Element | None]:
    """The headline and the element that shows it, where `<title>` or the markup confirm one."""
    whole = key(tree.head_title)
    claims = [key(c) for c in (*hints, *_claimed(tree)) if c]
    best, best_score = None, 0.0
    for element in _headings(tree):
        text = tree.text(element)
        score = _heading_score(element, key(text), whole, claims, len(text))
        if score > best_score:
            best, best_score = element, score
    if best is not None and best_score >= 2:
        return _unfolded(_trimmed(tree, tree.text(best), whole, claims), hints), best
    return _spoken_title(tree, hints), None


def _alike(text: str, whole: str) -> bool:
    """Whether a heading and `<title>` say the same, one of them cut short or with more around it."""
    common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, whole, strict=False)))
    if common >= 8 and common >= 0.5 * len(text):
        return True
    shared = set(text)
    if len(whole) < 6 or len(shared & set(whole)) < 0.6 * len(shared):
        return False
    return SequenceMatcher(None, text, whole, autojunk=False).ratio() > 0.6


def _trimmed(tree: Tree, text: str, whole: str, claims: list[str]) -> str:
    """A heading without the label that stands in the same element (原创, 置顶)."""
    if key(text) in whole or key(text) in claims:
        return text
    spoken = bare_title(tree.head_title)
    said = key(spoken)
    return spoken if len(said) >= 6 and said in key(text) and len(key(text)) - len(said) <= 5 else text


def title_near(tree: Tree, start: int, spoken: str) -> tuple[str, Element | None]:
    """The headline above the text where no heading was confirmed: as a line says it, a label, a heading near;
    else `spoken`."""
    top = max(0, start - 25)
    above = range(top, min(start + 3, len(tree.lines)))
    shown = _shown_title(tree, above, spoken) or _labelled(tree, range(top, min(start + 12, len(tree.lines))))
    if shown is not None:
        return tree.lines[shown[0]].text[shown[1] :], _owner(tree, shown[0])
    said = key(spoken)
    if not _names_site(spoken) and any(
        said in key(tree.lines[i].text) for i in above if not tree.lines[i].linked
    ):
        return spoken, None
    best = _nearest_heading(tree, top, start)
    if best is not None:
        return tree.text(best), best
    bold = _boldest(tree, above, start) if _names_site(spoken) else None
    return (tree.lines[bold].text, _owner(tree, bold)) if bold is not None else (spoken, None)


def _institution(text: str) -> bool:
    """A site's or an office's own name; a headline may end like one, but is longer."""
    return len(text) <= 14 and is_institution(text)


def _names_site(text: str) -> bool:
    """Whether it names a site or a column of it rather than an article."""
    told = _COLUMN.search(text) or _EDITION.match(text)
    return len(key(text)) < 6 or _institution(text) or told is not None


def _shown_title(tree: Tree, above: range, spoken: str) -> tuple[int, int] | None:
    """The longest line above the text that `<title>` begins or ends with, or that is what it says."""
    head = tree.head_title
    fit = [i for i in above if not tree.lines[i].linked and _says(tree.lines[i].text, head, spoken)]
    return (max(fit, key=lambda i: tree.lines[i].size), 0) if fit else None


def _says(line: str, head: str, spoken: str) -> bool:
    if not 6 <= len(line) <= 120 or _names_site(line):
        return False
    return (
        (not _names_site(spoken) and line.startswith(spoken)) or head.startswith(line) or head.endswith(line)
    )


def _labelled(tree: Tree, lines: range) -> tuple[int, int] | None:
    """标题：…, in one line or in two cells of a table: the line, and where in it the headline begins."""
    for i in lines:
        text = tree.lines[i].text
        if m := _TITLE_LABEL.match(text):
            if len(text) - m.end() >= 4:
                return i, m.end()
            if i + 1 < len(tree.lines) and 4 <= tree.lines[i + 1].size <= 120:
                return i + 1, 0
    return None


def _owner(tree: Tree, line: int) -> Element | None:
    """The block a line stands in, where it holds little else."""
    owner = tree.elements[tree.lines[line].owner]
    return owner if owner.last_line - owner.line <= 2 else None


def _nearest_heading(tree: Tree, top: int, start: int) -> Element | None:
    best, best_score = None, 0.0
    for e in _headings(tree):
        if not top <= e.line <= start + 2 or e.last_line - e.line > 2:
            continue
        text = tree.text(e)
        if not 6 <= len(key(text)) <= 80 or _linked(tree, e) or parse_time(text) is not None:
            continue
        score = {"h1": 3.0, "h2": 1.5}.get(e.tag, 1.0) + (e.line - top) / 25
        if score > best_score:
            best, best_score = e, score
    return best


def _boldest(tree: Tree, above: range, start: int) -> int | None:
    """Without a heading: the line set largest, else the last above the stamp of time, else above the text."""
    large = {i: weight for i, weight in _emphasis(tree, above) if _could_head(tree.lines[i])}
    if large:
        return max(large, key=lambda i: (large[i], i))
    last: int | None = None
    for i in above:
        line = tree.lines[i]
        if parse_time(line.text, _SOME_DAY) is not None:
            if last is not None and line.linked < 0.5 * line.size:
                return last
        elif _could_head(line) and (i < start or last is None):
            last = i
    return last


def _emphasis(tree: Tree, above: range) -> Iterator[tuple[int, float]]:
    """Lines that stand alone in something large or bold, and how large."""
    for e in tree.elements:
        if e.line not in above or e.last_line - e.line != 1:
            continue
        if len(tree.words(e)) < 0.8 * tree.lines[e.line].size:
            continue
        if e.tag in _EMPHATIC or (e.markup and _LARGE.search(e.markup)):
            m = _LARGE.search(e.markup)
            size = float(m["px"] or m["step"] or 0) if m else 0.0
            yield e.line, _EMPHATIC.get(e.tag, 1.0) + min(size, 60.0)


def _could_head(line: Line) -> bool:
    text = line.text
    if not 6 <= line.size <= 60 or line.linked or _CREDITS.search(text) or _BYLINE.search(text):
        return False
    if _institution(text) or parse_time(text, _SOME_DAY) is not None:
        return False
    return _CHINESE.search(text) is not None and _OPEN_END.search(text) is None


def _linked(tree: Tree, e: Element) -> bool:
    return any(line.linked > 0.5 * line.size for line in tree.lines[e.line : e.last_line])


def _claimed(tree: Tree) -> Iterator[str]:
    for name in _TITLE_METAS:
        if name in tree.metas:
            yield tidy(tree.metas[name])


def _headings(tree: Tree) -> list[Element]:
    return [
        e for e in tree.elements
        if (e.tag in _HEADS or (e.names and _named_heading(e.names))) and not e.hidden
    ]  # fmt: skip


@lru_cache(4096)
def _named_heading(names: str) -> bool:
    return bool(_HEADING.search(names))


def _heading_score(e: Element, text: str, whole: str, claims: list[str], length: int) -> float:
    if len(text) < 4 or length > 160 or not (whole or claims):
        return 0.0
    score = {"h1": 1.2, "h2": 0.8, "h3": 0.4}.get(e.tag, 0.5) - (e.last_line - e.line > 2)
    if text in claims:
        score += 3
    elif not whole and any(len(claim) >= 6 and text.startswith(claim) for claim in claims):
        score += 2
    if whole and text in whole:
        score += 3 * len(text) / len(whole) + (1.0 if whole.startswith(text) else 0.0)
        if whole.endswith(text) and len(text) < 0.4 * len(whole):
            score -= 0.8
    elif _alike(text, whole):
        score += 2
    return score


def _unfolded(text: str, hints: Iterable[str]) -> str:
    """A headline the site cut short with dots, in full where the page has it elsewhere."""
    stem = re.sub(r"(?:\.{3,}|…+)$", "", text)
    if stem == text:
        return text
    return next((h for h in hints if h.startswith(stem) and len(h) > len(text)), text)


def _spoken_title(tree: Tree, hints: Iterable[str]) -> str:
    """The title as <title> and meta say it, without section and site."""
    head = tree.head_title
    bare = bare_title(head)
    site_only = _names_site(bare)
    for claim in (*hints, *_claimed(tree)):
        claim = tidy(claim)
        if len(key(claim)) >= 4 and (site_only or key(claim) in key(head)):
            return claim if claim != head else bare
    return bare if head else next(iter(_claimed(tree)), "")


def bare_title(head: str) -> str:
    """`<title>` without what stands behind _ - | and the like: its longest part, rather the first."""
    parts = [p.strip() for p in _SPLIT.split(head) if p and p.strip()]
    if not parts:
        return head
    if len(parts) > 1 and _institution(parts[-1]):
        parts.pop()
    first = parts[0]
    longest = max(parts, key=len)
    return first if len(first) >= 0.6 * len(longest) and len(first) > 5 else longest
