"""Title, time, media and author of a page, each from the surest place that shows it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import takewhile

from spiders.dates import Moment, find_times, parse_stamp, parse_time
from spiders.marks import names
from spiders.tree import Element, Line, Tree, tidy

_SPLIT = re.compile(
    r"\s+[-–—|_·]+\s+|[_|｜丨]+|\s*-{2,}\s*|\s*——\s*|[-－–—](?=[^-－–—]{2,18}$)|\s*»\s*|\s*>\s*"
)
_TITLE_METAS = ("articletitle", "og:title", "twitter:title", "title", "article:title", "hdtitle")
_HEADING = re.compile(
    r"(?:^|[\s_-])(?:title|headline|biaoti|bt|tit|arti[-_]?title|main[-_]?title|news[-_]?title|art[-_]?title|activity-name|font01|thread_subject"
    r"|h-title|core_title_txt|xl[-_]?title|content[-_]?title|article[-_]?title|detail[-_]?title|titlebox|title\d|ftitle)(?:$|[\s_-])"
)
_HEADS = frozenset({"h1", "h2", "h3"})
_TIME_METAS = names("time_metas")
_TIME_NAMES = re.compile(r"time|date|pub|sj|riqi|source|info|laiyuan|meta|byline|msg|author", re.I)
_LABEL = re.compile(
    r"(?:发布|发表|发稿|刊发|成文|更新|上传|录入|提交|创建|添加|公开)?(?:时间|日期|于)\s*[:：]?\s*$"
)
_WRONG_LABEL = re.compile(
    r"(?:截止|截至|注册|最后登录|有效期|开标|报名|修改|更新|最后回复|印发)\S{0,4}\s*[:：]?\s*$"
)
_YEAR = re.compile(r"^20\d\d年?$")
_DAY_OR_HOUR = re.compile(r"^\d{1,2}\s*[-/.月:]\s*\d{1,2}日?(?::\d{2})?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?$")
_URL_DAY = re.compile(
    r"/(?P<year>20\d\d|\d\d)[/_-]?(?P<month>0[1-9]|1[0-2])[/_-]?(?P<day>0[1-9]|[12]\d|3[01])(?=[/_.-]|/?$)|[/_]t?(?P<c>20\d{6})(?=[_/.-])"
)


def key(text: str) -> str:
    """What is compared: letters, digits and Chinese characters only."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


# --- title ---


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
    """The headline above the text where `<title>` names the site only; else `spoken`."""
    said = key(spoken)
    top = max(0, start - 25)
    above = tree.lines[top : start + 3]
    if len(said) >= 6 and any(said in key(line.text) for line in above if not line.linked):
        return spoken, None
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
    if best is not None:
        return tree.text(best), best
    return (spoken or _boldest(above[:-3])), None


def _boldest(lines: list[Line]) -> str:
    """Without any heading: the last line above the text that could be one."""
    fit = (
        x.text for x in reversed(lines) if 8 <= x.size <= 60 and x.linked == 0 and parse_time(x.text) is None
    )
    return next(fit, "")


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
    for claim in (*hints, *_claimed(tree)):
        claim = tidy(claim)
        if len(key(claim)) >= 4 and (not head or key(claim) in key(head) or not key(head)):
            return claim if claim != head else bare_title(head)
    return bare_title(head) if head else next(iter(_claimed(tree)), "")


def bare_title(head: str) -> str:
    """`<title>` without what stands behind _ - | and the like: its longest part, rather the first."""
    parts = [p.strip() for p in _SPLIT.split(head) if p and p.strip()]
    if not parts:
        return head
    first = parts[0]
    longest = max(parts, key=len)
    return first if len(first) >= 0.6 * len(longest) and len(first) > 5 else longest


# --- time ---


def find_time(
    tree: Tree,
    heading: Element | None,
    body: tuple[int, int],
    structured: Iterable[str],
    url: str | None,
    now: datetime | None,
) -> Moment | None:
    """When it was published: what the page shows near its headline, else what its markup says."""
    said = _said(tree, structured, now)
    shown = _shown(tree, heading, body, now)
    if shown is None:
        return said or _from_url(url or tree.canonical or tree.metas.get("og:url"))
    if shown.has_minute or said is None:
        return shown
    return said if said.has_minute and said.at.date() == shown.at.date() else shown


def _said(tree: Tree, structured: Iterable[str], now: datetime | None) -> Moment | None:
    values = [*structured, *(tree.metas[name] for name in _TIME_METAS if name in tree.metas)]
    first = next((e for e in tree.elements if e.tag == "time"), None)
    values += [first.attribute("datetime")] if first is not None else []
    moments = [m for m in (parse_stamp(v, now) for v in values if v) if m is not None and _sane(m, now)]
    return next((m for m in moments if m.has_minute), moments[0] if moments else None)


def _sane(m: Moment, now: datetime | None) -> bool:
    return now is None or (m.at - now).total_seconds() < 86_400


def _shown(tree: Tree, heading: Element | None, body: tuple[int, int], now: datetime | None) -> Moment | None:
    start, stop = body
    top = heading.line if heading is not None and heading.line <= start else max(0, start - 40)
    end = len(tree.lines)
    zones = (
        range(top, start),
        range(start, min(start + 8, stop)),
        range(stop, min(stop + 8, end)),
        range(max(0, top - 8), top),
        range(max(start, stop - 3), stop),
    )
    best: Moment | None = None
    best_score = 0.0
    for rank, zone in enumerate(zones):
        for i in zone:
            if rank == 1 and tree.lines[i].size > 100:
                break
            for moment, score in _times_in_line(tree, i, now):
                score -= 0.9 * rank
                if score > best_score:
                    best, best_score = moment, score
    return best


def _times_in_line(tree: Tree, i: int, now: datetime | None) -> Iterator[tuple[Moment, float]]:
    line = tree.lines[i]
    if line.size > 300:
        return
    text = _joined(tree, i)
    for moment in find_times(text, now):
        if not _sane(moment, now):
            continue
        before = text[: moment.start]
        if _WRONG_LABEL.search(before):
            continue
        named = any(_TIME_NAMES.search(e.names) for e in _near(tree, line.owner))
        rest = len(text) - (moment.end - moment.start)
        score = 1.5 + 1.0 * moment.has_minute + 0.8 * named + 1.0 * bool(_LABEL.search(before))
        score += 0.5 if rest < 40 else -0.02 * min(rest, 60)
        yield moment, score


def _joined(tree: Tree, i: int) -> str:
    """A line; where it is the year alone, with the day and the hour that stand below it."""
    text = tree.lines[i].text
    if not _YEAR.match(text):
        return text
    below = [line.text for line in tree.lines[i + 1 : i + 3] if _DAY_OR_HOUR.match(line.text)]
    return "/".join([text.rstrip("年"), *below[:1]]) + " " + " ".join(below[1:])


def _near(tree: Tree, owner: int) -> list[Element]:
    return [e for e, _ in zip(tree.ancestors(owner), range(2), strict=False)]


def _from_url(url: str | None) -> Moment | None:
    m = _URL_DAY.search(url or "")
    if m is None:
        return None
    if m["c"]:
        return parse_time(f"{m['c'][:4]}-{m['c'][4:6]}-{m['c'][6:]}")
    year = m["year"] if len(m["year"]) == 4 else f"20{m['year']}"
    return parse_time(f"{year}-{m['month']}-{m['day']}")
