"""A list page to the links of its main list: the group of like items that carries the most headline text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import urljoin, urlsplit

from spiders.page import Link
from spiders.tree import Element, Tree, tidy

_DIGITS = re.compile(r"\d+|\b(?:odd|even|first|last|active|current|on|cur|hover|top|new|hot)\b")
_NO_LINK = re.compile(r"^(?:javascript:|mailto:|tel:|#|data:|about:)", re.I)
_DATA_LINK = re.compile(r'\bdata-(?P<name>link|href|url)="(?:https?://|/)[^"]{4,}"')
_DATE_EDGE = re.compile(
    r"^[\[(（【]?\s*(?:20\d\d[-/.年])?\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*[\])）】]?\s+"
    r"|\s*[\[(（【]?\s*(?:20\d\d[-/.年])\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*[\])）】]?$"
    r"|\s+[\[(（【]?\d{1,2}[-/]\d{1,2}(?:\s+\d{1,2}:\d{2})?[\])）】]?$"
)
_ANY_DATE = re.compile(
    r"(?:20\d\d|(?<!\d))[-/.年]?(?:1[0-2]|0?[1-9])[-/.月](?:3[01]|[12]\d|0?[1-9])(?!\d)|\d(?:分钟|小时|天)前|[今昨前]天|刚刚|(?<!\d)\d{1,2}:\d{2}(?!\d)"
)
_BULLET = re.compile(r"^[·•●○◆■▪►▸>»\-—*\s]+(?=\S)")
_FURNITURE = re.compile(
    r"^(?:更多|more|查看(?:更多|全部|详情)|详细|详情|全文|阅读全文|\[?详[细情]\]?|首页|尾页|末页|上一页|下一页|[上下]页|\d{1,4}|分享|评论|收藏|返回|登录|注册|点击|打开)[>》…\s]*$",
    re.I,
)
_PAGER = re.compile(r"^(?:下一?页|后页|下页|next|›|»|>|下一页\s*[>»›]*)$", re.I)
_TURN = re.compile(r"下页|下一页|后页|next|Next|NEXT|›|»|>")
_CHROME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|footer|foot|header|breadcrumbs?|crumbs?|copyright|links?|friend\w*|side|sidebar|aside|right|rank\w*|hot\w*|recommend\w*|tuijian|pager|pagination|page|tags?|login|toolbar|tab|lanmu|subnav|leftnav|search|dropdown|topbar)(?:$|[\s_-])"
)
_ASIDE = re.compile(r"排行|热榜|热[点门文]|推荐|猜你|友情链接|相关|关注")
_ROWS = frozenset({"li", "tr", "dl", "dd", "article"})
MIN_ITEMS = 3
MOST_LINKS = 5000


@dataclass(slots=True)
class _Entry:
    item: Element
    anchor: Element
    title: str
    url: str
    dated: bool
    shape: tuple[str, ...]


@dataclass(slots=True)
class Listing:
    """The main list of a page: its links in order, the characters of their headlines, the share of rows
    with a date, and the lines each row covers."""

    links: tuple[Link, ...]
    size: int
    dated: float
    next_page: str | None = None
    rows: tuple[range, ...] = ()


def find_list(tree: Tree, base: str | None = None, selector: str | None = None) -> Listing:
    """Links of the page's main list, absolute by `base`; `selector` (of links or of their rows) overrides."""
    if selector:
        return _selected(tree, base, selector)
    rows = _rows(tree)
    groups = _groups(tree, rows, base)
    best = max(groups, key=lambda entries: _score(tree, entries), default=[])
    if not best or _score(tree, best) <= 0:
        return Listing((), 0, 0.0, next_page(tree, base))
    return _listing(tree, _alike(_completed(tree, best, rows, base)), base)


def next_page(tree: Tree, base: str | None) -> str | None:
    """Where 下一页 leads."""
    turning = {i for i, line in enumerate(tree.lines) if _TURN.search(line.text)}
    for e in tree.elements if turning else ():
        if (
            e.tag == "a"
            and e.line in turning
            and e.last_line - e.line <= 1
            and (href := e.attribute("href"))
            and not _NO_LINK.match(href)
        ):
            text = tree.words(e)
            if len(text) <= 8 and (_PAGER.match(text) or "下一页" in text):
                return absolute(base or tree.base, href)
    return None


def absolute(base: str | None, href: str) -> str | None:
    """An address against its page; None where it leads to no page."""
    href = href.strip()
    if not href or _NO_LINK.match(href):
        return None
    try:
        return urljoin(base, href) if base else href
    except ValueError:
        return None


def _selected(tree: Tree, base: str | None, selector: str) -> Listing:
    found: list[Element] = []
    for e in tree.select(selector):
        found += [e] if e.tag == "a" else [c for c in tree.subtree(e) if c.tag == "a"][:1]
    entries = [x for e in found if (x := _entry(tree, e, e, base)) is not None]
    return _listing(tree, entries, base)


def _listing(tree: Tree, entries: Iterable[_Entry], base: str | None) -> Listing:
    links: dict[str, Link] = {}
    kept = list(entries)
    for entry in kept:
        links.setdefault(entry.url, Link(entry.title, entry.url))
    dated = sum(e.dated for e in kept) / len(kept) if kept else 0.0
    rows = tuple(range(e.item.line, e.item.last_line) for e in kept)
    size = sum(len(link.title) for link in links.values())
    return Listing(tuple(links.values()), size, dated, next_page(tree, base), rows)


# --- grouping ---


def _rows(tree: Tree) -> dict[int, list[Element]]:
    """The links of each row, by the row's index."""
    rows: dict[int, list[Element]] = defaultdict(list)
    repeated = _repeated(tree)
    for a in islice((e for e in tree.elements if _is_link(e)), MOST_LINKS):
        if not a.hidden and _address(a):
            item = _item(tree, a, repeated)
            if item is not None:
                rows[item.index].append(a)
    return rows


def _groups(tree: Tree, rows: dict[int, list[Element]], base: str | None) -> list[list[_Entry]]:
    """Rows of like place: same way from the root, same tag of the row."""
    grouped: dict[tuple[str, ...], list[_Entry]] = defaultdict(list)
    for index, anchors in rows.items():
        item = tree.elements[index]
        entry = _main_link(tree, item, anchors, base)
        if entry is not None:
            grouped[_place(tree, item)].append(entry)
    return [entries for entries in grouped.values() if len(entries) >= MIN_ITEMS]


def _completed(
    tree: Tree, best: list[_Entry], rows: dict[int, list[Element]], base: str | None
) -> list[_Entry]:
    """The list with what its rows' build has hidden: short titles, pinned rows, rows of another look."""
    shape = Counter(e.shape for e in best).most_common(1)[0][0]
    found = {
        e.anchor.index: e
        for e in best
        if e.shape == shape or not _of_shape(tree, e.item, rows[e.item.index], shape, base)
    }
    taken = {e.item.index for e in found.values()}
    for index, anchors in rows.items():
        item = tree.elements[index]
        if index in taken:
            continue
        if shape[-1] or item.parent == best[0].item.parent:
            found.update((e.anchor.index, e) for e in _of_shape(tree, item, anchors, shape, base))
    taken = {e.item.index for e in found.values()}
    for item in tree.children(tree.elements[best[0].item.parent]):
        if item.index not in taken and item.tag == best[0].item.tag:
            links = [e for e in tree.subtree(item) if e.tag == "a"][:20]
            entry = _main_link(tree, item, links, base)
            if entry is not None and _headed(tree, entry):
                found[entry.anchor.index] = entry
    return [found[i] for i in sorted(found)]


def _of_shape(
    tree: Tree, item: Element, anchors: list[Element], shape: tuple[str, ...], base: str | None
) -> list[_Entry]:
    """The row's first link that is built like the list's others; a title of one character will do."""
    for a in anchors:
        entry = _entry(tree, item, a, base, 1)
        if entry is not None and entry.shape == shape:
            return [entry]
    return []


def _repeated(tree: Tree) -> Counter[tuple[int, str]]:
    """How many like children hold links, by parent: like by tag for rows, by tag and class for the rest."""
    holds: set[int] = set()
    for a in tree.elements:
        if _is_link(a):
            index = a.index
            while index >= 0 and index not in holds:
                holds.add(index)
                index = tree.elements[index].parent
    return Counter((tree.elements[i].parent, _likeness(tree.elements[i])) for i in holds)


def _likeness(e: Element) -> str:
    return e.tag if e.tag in _ROWS else f"{e.tag}.{_kind(e.names)}"


@lru_cache(8192)
def _kind(names: str) -> str:
    """Ids and classes without what tells one row from the next."""
    return _DIGITS.sub("", names)


def _item(tree: Tree, a: Element, repeated: Counter[tuple[int, str]]) -> Element | None:
    """The row a link stands in: the nearest ancestor of a row's tag with like siblings."""
    chain = [e for e, _ in zip(tree.ancestors(a.index), range(8), strict=False)]
    row = next((e for e in chain if e.tag in _ROWS and repeated[e.parent, e.tag] >= 2), None)
    if row is not None:
        return row
    count, depth = max(
        (repeated[e.parent, _likeness(e)], e.depth) for e in chain if e.tag not in {"td", "span"}
    )
    return next(e for e in chain if e.depth == depth) if count >= MIN_ITEMS else None


def _place(tree: Tree, item: Element) -> tuple[str, ...]:
    way = [item.tag]
    for e in tree.ancestors(item.parent):
        way.append(f"{e.tag}.{_kind(e.names)}")
    return tuple(way)


def _main_link(tree: Tree, item: Element, anchors: list[Element], base: str | None) -> _Entry | None:
    entries = [x for a in anchors if (x := _entry(tree, item, a, base)) is not None]
    if not entries:
        return None
    return max(entries, key=lambda x: (_headed(tree, x), min(len(x.title), 60)))


def _headed(tree: Tree, entry: _Entry) -> bool:
    for e in tree.ancestors(entry.anchor.index):
        if e.index == entry.item.index:
            break
        if e.tag in {"h1", "h2", "h3", "h4"} or "title" in e.names or "tit" in e.names.split():
            return len(entry.title) >= 4
    return False


def _entry(tree: Tree, item: Element, a: Element, base: str | None, shortest: int = 4) -> _Entry | None:
    url = absolute(base or tree.base, _address(a))
    title = _title(tree, a) or _title_beside(tree, item, a)
    if url is None or len(title) < shortest or _FURNITURE.match(title):
        return None
    shape = tuple(e.tag for e in tree.ancestors(a.index) if e.index >= item.index)
    return _Entry(item, a, title, url, _dated(tree, item), (*shape, _kind(a.names)))


def _is_link(e: Element) -> bool:
    """An anchor, or an element whose address a script reads (WeChat's albums)."""
    return e.tag == "a" or ("data-" in e.markup and bool(_DATA_LINK.search(e.markup)))


def _address(e: Element) -> str:
    href = e.attribute("href") if e.tag == "a" else ""
    if href and not _NO_LINK.match(href):
        return href
    m = _DATA_LINK.search(e.markup)
    return e.attribute(f"data-{m['name']}") if m else href


def _title_beside(tree: Tree, item: Element, a: Element) -> str:
    """The headline of a link that is a picture: what the picture is called, else the row's first line."""
    for e in tree.subtree(a):
        if e.tag == "img" and (called := tidy(e.attribute("alt"))):
            return called
    lines = tree.lines[item.line : item.last_line]
    return lines[0].text if len(lines) <= 4 and lines and not lines[0].linked else ""


def _title(tree: Tree, a: Element) -> str:
    text = tree.words(a) if a.tag == "a" or a.last_line - a.line < 2 else tree.lines[a.line].text
    if text and (not text[0].isalnum() or not text[-1].isalpha()):
        text = _DATE_EDGE.sub("", _BULLET.sub("", text)).strip()
    full = tidy(a.attribute("title") or a.attribute("data-title"))
    if not full:
        return text
    stem = re.sub(r"(?:\.{2,}|…+)$", "", text)
    if full and (not text or (len(full) > len(text) and full.startswith(stem[:12]))):
        return full
    return text


def _dated(tree: Tree, item: Element) -> bool:
    """Whether a short line of the row shows a time."""
    lines = tree.lines[item.line : max(item.last_line, item.line + 1)][:12]
    return any(line.size < 120 and _ANY_DATE.search(line.text) for line in lines)


# --- judging ---


def _score(tree: Tree, entries: list[_Entry]) -> float:
    lengths = [min(len(e.title), 40) for e in entries]
    distinct = len({e.url for e in entries})
    mean = sum(lengths) / len(lengths)
    dated = sum(e.dated for e in entries) / len(entries)
    chrome = sum(1 for e in tree.ancestors(entries[0].item.index) if e.names and _CHROME.search(e.names))
    score = distinct * max(0.0, mean - 5) * (1 + 1.5 * dated)
    return score * (0.35 if chrome or _aside(tree, entries[0].item) else 1.0)


def _aside(tree: Tree, first: Element) -> bool:
    """Whether the lines above a list's first row name it a ranking or the like."""
    above = tree.lines[max(0, first.line - 2) : first.line]
    return any(line.size <= 12 and _ASIDE.search(line.text) for line in above)


def _alike(entries: list[_Entry]) -> list[_Entry]:
    """The rows without those whose link is of another kind (advertisements between posts)."""
    if len(entries) < 6:
        return entries
    sites = Counter(_site(e.url) for e in entries)
    shapes = Counter(e.shape for e in entries)
    site, count = sites.most_common(1)[0]
    if count < 0.7 * len(entries):
        return entries
    usual = sorted(len(e.url) for e in entries)[len(entries) // 2]
    return [
        e for e in entries
        if shapes[e.shape] > 0.2 * len(entries) or (_site(e.url) == site and len(e.url) < 3 * usual + 100)
    ]  # fmt: skip


def _site(url: str) -> str:
    """The host without its first labels: news.163.com and ent.163.com are one site."""
    labels = urlsplit(url).netloc.lower().split(":")[0].split(".")
    short = (
        3
        if labels[-2:-1] and labels[-2] in {"com", "gov", "org", "net", "edu"} and len(labels[-1]) == 2
        else 2
    )
    return ".".join(labels[-short:])
